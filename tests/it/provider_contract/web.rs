//! The way to a web server: what it refuses to call, whom it trusts, and what it never tells.

use super::super::mail::certificates;
use super::class;
use loket::adapters::provider::http::{Call, Http, LIMIT};
use loket::domain::Trouble;
use loket::domain::register::HttpServer;
use loket::ports::ProviderError;
use reqwest::Method;
use secrecy::SecretString;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

fn server(url: &str, allow: &[&str], authority: Option<&str>) -> HttpServer {
    let allow = allow.iter().map(|host| (*host).to_owned()).collect();
    HttpServer { url: url.to_owned(), authority: authority.map(str::to_owned), allow }
}

fn http(server: &HttpServer) -> Result<Http, Trouble> {
    Http::new(server, Some(SecretString::from("token hunter2-hunter2")), LIMIT)
}

/// A server with a certificate of its own authority, which answers every call with a refusal that quotes what it was sent.
async fn secure() -> (u16, tempfile::NamedTempFile) {
    let (acceptor, authority) = certificates();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let mut stream = acceptor.accept(stream).await.ok()?;
                let mut request = [0; 4096];
                let read = stream.read(&mut request).await.ok()?;
                let said = String::from_utf8_lossy(&request[..read]).into_owned();
                let answer = format!("HTTP/1.1 400 Bad Request\r\nContent-Length: {}\r\n\r\n{said}", said.len());
                stream.write_all(answer.as_bytes()).await.ok()?;
                stream.shutdown().await.ok()
            });
        }
    });
    (port, authority)
}

#[tokio::test]
async fn a_server_is_trusted_by_its_own_authority_and_never_makes_us_tell_the_secret() {
    let (port, authority) = secure().await;
    let url = format!("https://localhost:{port}");
    let path = authority.path().to_str().unwrap();
    let known = http(&server(&url, &["localhost"], Some(path))).unwrap();
    let failure = known.send(Call::new(Method::GET, ["a b", "c/d"]).query("e", "f&g")).await.unwrap_err();
    let said = failure.error.to_string();
    assert_eq!((failure.status, class::<()>(&Err(failure.error))), (Some(400), "rejected"));
    assert!(said.contains("GET /a%20b/c%2Fd?e=f%26g"), "{said}");
    assert!(!said.contains("hunter2") && said.contains('…'), "{said}");

    let unknown = http(&server(&url, &["localhost"], None)).unwrap();
    let failure = unknown.send(Call::new(Method::POST, ["x"])).await.unwrap_err();
    assert!(
        matches!(&failure.error, ProviderError::Retry { why: Trouble::WebUnreachable { .. }, .. }),
        "a stranger is told nothing: {failure:?}"
    );
}

#[tokio::test]
async fn a_name_that_leads_inside_is_not_called_unless_it_is_expected() {
    let (port, authority) = secure().await;
    let path = authority.path().to_str().unwrap();
    let strict = http(&server(&format!("https://localhost:{port}"), &["example.org"], Some(path))).unwrap();
    let failure = strict.send(Call::new(Method::GET, ["x"])).await.unwrap_err();
    let inside = Trouble::WebInside { host: "localhost".into() };
    assert_eq!(failure.error, ProviderError::NeedsPerson { why: inside });
}

#[test]
fn a_number_that_leads_inside_is_refused_at_once_and_so_is_an_open_line() {
    for url in ["https://169.254.169.254", "https://[fd00:ec2::254]", "https://[::ffff:10.0.0.1]", "https://2130706433"]
    {
        assert!(matches!(http(&server(url, &[], None)), Err(Trouble::WebInside { .. })), "{url}");
    }
    let open = http(&server("http://rt.example.org", &[], None));
    assert!(matches!(open, Err(Trouble::WebUnprotected { host }) if host == "rt.example.org"));
    assert!(http(&server("http://rt.example.org", &["RT.example.org"], None)).is_ok());
    assert!(matches!(http(&server("https://", &[], None)), Err(Trouble::WebAddress { .. })));
    let nowhere = http(&server("https://rt.example.org", &[], Some("/nowhere.pem")));
    assert!(matches!(nowhere, Err(Trouble::Authority { path, .. }) if path == "/nowhere.pem"));
}
