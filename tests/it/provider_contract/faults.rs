//! What a connector makes of every way in which a line or a server can fail, and what stands on the provider's side afterwards.

use super::proxy::{Fault, Proxy, answer};
use super::{LIMIT, Web, class, order};
use loket::domain::Trouble;
use loket::ports::ProviderError;
use std::time::Duration;

/// Short enough not to be waited for, and what a late answer is later than.
const SHORT: Duration = Duration::from_millis(700);

/// A call fails in that way: so it is called, and so many tickets there are then.
struct Case {
    what: &'static str,
    fault: Fault,
    class: &'static str,
    tickets: usize,
}

fn cases() -> Vec<Case> {
    let case = |what, fault, class, tickets| Case { what, fault, class, tickets };
    let soon = "Date: Fri, 27 Nov 2026 01:40:30 GMT\r\nRetry-After: Fri, 27 Nov 2026 01:42:00 GMT\r\n";
    let large = format!("[{}1]", "1,".repeat(6 * 1024 * 1024));
    vec![
        case("the reply is lost", Fault::LoseReply, "unknown", 1),
        case("the connection is dropped before", Fault::DropBefore, "unknown", 0),
        case("the connection is cut in the request", Fault::CutInRequest, "unknown", 0),
        case("503 with Retry-After", answer("503 Service Unavailable", "Retry-After: 90\r\n", ""), "retry", 0),
        case("503 without", answer("503 Service Unavailable", "", "<html>"), "retry", 0),
        case("429 until a date", answer("429 Too Many Requests", soon, ""), "retry", 0),
        case("500", answer("500 Internal Server Error", "", "{\"message\":\"oops\"}"), "unknown", 0),
        case("502", answer("502 Bad Gateway", "", ""), "unknown", 0),
        case("504", answer("504 Gateway Time-out", "", ""), "unknown", 0),
        case("401", answer("401 Unauthorized", "", ""), "person", 0),
        case("403", answer("403 Forbidden", "", ""), "person", 0),
        case("400", answer("400 Bad Request", "", "{\"message\":\"bad\"}"), "rejected", 0),
        case("404", answer("404 Not Found", "", ""), "rejected", 0),
        case("409", answer("409 Conflict", "", ""), "rejected", 0),
        case("422", answer("422 Unprocessable Entity", "", ""), "rejected", 0),
        case("a redirect", answer("307 Temporary Redirect", "Location: http://127.0.0.1:1/\r\n", ""), "person", 0),
        case("a page instead of an answer", answer("200 OK", "", "<html>log in</html>"), "unknown", 0),
        case("an answer without end", answer("200 OK", "", &large), "unknown", 0),
    ]
}

/// However the call fails, there is one ticket in the end.
pub async fn handing_over(side: &dyn Web) {
    let proxy = Proxy::to(side.address()).await;
    let connector = side.through(proxy.port, LIMIT);
    for Case { what, fault, class: expected, tickets } in cases() {
        let order = order();
        let carried = fault == Fault::LoseReply;
        proxy.next([fault]);
        let outcome = connector.submit(&order).await;
        if carried {
            proxy.carried().await;
        }
        assert_eq!(class(&outcome), expected, "{what}: {outcome:?}");
        assert_eq!(side.kept(&order.reference).await.len(), tickets, "{what}");
        let found = connector.find(&order).await.unwrap();
        assert_eq!(found.len(), tickets, "{what}: what is there is found");
        if found.is_empty() {
            connector.submit(&order).await.unwrap();
        }
        let kept = side.kept(&order.reference).await;
        assert_eq!(kept.len(), 1, "{what}: one ticket in the end");
        assert_eq!(connector.find(&order).await.unwrap()[0].number, kept[0].number, "{what}");
    }
}

/// A server that is slow, gone or fails while the ticket is read back.
pub async fn late_and_gone(side: &dyn Web) {
    let proxy = Proxy::to(side.address()).await;
    let (hasty, patient) = (side.through(proxy.port, SHORT), side.through(proxy.port, LIMIT));

    let late = order();
    proxy.next([Fault::KeepReply]);
    let outcome = hasty.submit(&late).await;
    proxy.carried().await;
    assert!(matches!(&outcome, Err(ProviderError::Unknown { why: Trouble::WebSilence { .. } })), "{outcome:?}");
    assert_eq!(side.kept(&late.reference).await.len(), 1, "the reply came too late");
    assert_eq!(patient.find(&late).await.unwrap().len(), 1);

    let unread = order();
    for fault in [Fault::DropBefore, answer("503 Service Unavailable", "", "")] {
        let order = super::order();
        proxy.next([Fault::Through, fault]);
        let outcome = patient.submit(&order).await;
        assert_eq!(class(&outcome), "unknown", "what was made is never made again by itself: {outcome:?}");
        assert_eq!(side.kept(&order.reference).await.len(), 1);
        assert_eq!(patient.find(&order).await.unwrap().len(), 1);
    }

    let port = closed_port();
    let gone = side.through(port, LIMIT);
    let outcome = gone.submit(&unread).await;
    assert!(matches!(&outcome, Err(ProviderError::Retry { why: Trouble::WebUnreachable { .. }, .. })), "{outcome:?}");
    assert_eq!(class(&gone.find(&unread).await), "retry");
    assert_eq!(class(&gone.health().await), "retry", "a server that is gone has no health");
    assert_eq!(side.kept(&unread.reference).await.len(), 0);
}

/// How long the server wants to be left alone is passed on.
pub async fn patience(side: &dyn Web) {
    let proxy = Proxy::to(side.address()).await;
    let connector = side.through(proxy.port, LIMIT);
    let asked = |outcome| match outcome {
        Err(ProviderError::Retry { after, .. }) => after,
        other => panic!("{other:?}"),
    };
    let mut told = Vec::new();
    for case in cases().into_iter().filter(|case| case.class == "retry") {
        proxy.next([case.fault]);
        told.push(asked(connector.submit(&order()).await));
    }
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    assert_eq!(told, [seconds(90), None, seconds(90)]);
}

/// Looking changes nothing, so that every failure of it may be tried again.
pub async fn looking(side: &dyn Web) {
    let proxy = Proxy::to(side.address()).await;
    let (connector, hasty) = (side.through(proxy.port, LIMIT), side.through(proxy.port, SHORT));
    let order = order();
    for fault in [
        Fault::DropBefore,
        Fault::LoseReply,
        answer("503 Service Unavailable", "", ""),
        answer("500 Internal Server Error", "", ""),
        answer("200 OK", "", "<html>"),
        answer("200 OK", "", "{\"count\":0}"),
    ] {
        proxy.next([fault.clone()]);
        assert_eq!(class(&connector.find(&order).await), "retry", "{fault:?}");
    }
    proxy.next([Fault::KeepReply]);
    assert_eq!(class(&hasty.find(&order).await), "retry");
    proxy.next([answer("401 Unauthorized", "", "")]);
    assert_eq!(class(&connector.find(&order).await), "person");
}

/// Credentials that are wrong are noticed before an order is lost on them.
pub async fn credentials(side: &dyn Web) {
    let (stranger, order) = (side.stranger(), order());
    let health = stranger.health().await.unwrap();
    assert!(matches!(health.faults.as_slice(), [Trouble::WebLogIn { .. }]), "{health:?}");
    let outcome = stranger.submit(&order).await;
    assert!(matches!(&outcome, Err(ProviderError::NeedsPerson { why: Trouble::WebLogIn { .. } })), "{outcome:?}");
    assert_eq!(class(&stranger.find(&order).await), "person");
    assert_eq!(class(&stranger.news(Some("1"), &[]).await), "person");
    assert!(side.kept(&order.reference).await.is_empty());

    let health = side.connector().health().await.unwrap();
    assert!(health.identity.is_some() && health.faults.is_empty(), "{health:?}");
}

/// What a redirect asks for is not done: it would carry the credentials on.
pub async fn redirects(side: &dyn Web) {
    let (proxy, elsewhere) = (Proxy::to(side.address()).await, Proxy::to(side.address()).await);
    let connector = side.through(proxy.port, LIMIT);
    elsewhere.next([answer("200 OK", "", "{}")]);
    for status in ["301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let to = format!("Location: http://127.0.0.1:{}/\r\n", elsewhere.port);
        proxy.next([answer(status, &to, "")]);
        assert_eq!(class(&connector.find(&order()).await), "person", "{status}");
    }
    assert!(elsewhere.heard().is_empty(), "nobody was called there");
    assert!(proxy.heard()[0].to_lowercase().contains("authorization:"), "where the credentials belong they are sent");
}

fn closed_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
