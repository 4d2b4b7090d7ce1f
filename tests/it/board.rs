//! The pages, over real HTTP on loopback: who sees what, by which link, for how long, and that looking changes nothing.

use crate::world::{LINDE, World};
use chrono::Duration;
use loket::adapters::web::{Limits, bind, serve};
use loket::domain::register::Role;
use loket::domain::{Number, OrganisationId};
use loket::ports::{Hooks, OpenFilter, Pages};
use loket::render::Words;
use reqwest::{Method, StatusCode};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A world whose pages are served.
struct Office {
    world: World,
    address: String,
    client: reqwest::Client,
    server: tokio::task::JoinHandle<()>,
}

impl Drop for Office {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// What came back.
struct Answer {
    status: StatusCode,
    headers: reqwest::header::HeaderMap,
    body: String,
}

impl Answer {
    /// The words of the page, without its markup and its style.
    fn words(&self) -> String {
        let (head, rest) = self.body.split_once("<style>").expect("a page");
        let body = rest.split_once("</style>").expect("a page").1;
        let mut words = String::new();
        for part in format!("{head}{body}").split('<') {
            words.push_str(part.split_once('>').map_or(part, |(_, text)| text));
        }
        words.replace("&quot;", "\"").replace("&amp;", "&")
    }
}

impl Office {
    async fn open() -> Self {
        Self::serving(World::open().await, Limits::default()).await
    }

    async fn serving(world: World, limits: Limits) -> Self {
        let listener = bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        world.has_pages(&address);
        let pages = Arc::clone(&world.desk) as Arc<dyn Pages>;
        let hooks = Arc::clone(&world.desk) as Arc<dyn Hooks>;
        let server = tokio::spawn(serve(listener, pages, hooks, Arc::new(Words::new()), limits));
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { world, address, client, server }
    }

    /// Somebody asks for the board in a channel; gives what was answered.
    async fn asks(&self, who: &str, channel: &str) -> String {
        let shown = self.world.commands_in(channel, who, "board", &[]).await;
        shown.iter().map(loket::adapters::local::plain).collect()
    }

    /// The link that the SPOC of De Linde gets.
    async fn link(&self) -> String {
        link_in(&self.asks("sanne", "spoc").await).expect("a link")
    }

    async fn sends(&self, method: Method, url: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.client.request(method, url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        Answer { status, headers, body: response.text().await.unwrap() }
    }

    async fn get(&self, url: &str) -> Answer {
        self.sends(Method::GET, url, &[]).await
    }

    /// So many colleagues of De Linde report a broken lamp, and it is on its way.
    async fn lamps(&self, count: u32) {
        for room in 1..=count {
            self.world.says("alice", "facilitair", &format!("de lamp in kamer {room} is kapot")).await;
        }
        self.world.advance(Duration::minutes(2)).await;
    }

    /// The numbers of everything open, as the store has them.
    async fn numbers(&self, organisation: &str) -> BTreeSet<Number> {
        let (organisation, all) = (OrganisationId::new(organisation), OpenFilter::default());
        let rows = self.world.store.list(&organisation, &all, None, 1000).await.unwrap();
        rows.into_iter().filter_map(|row| row.summary.number).collect()
    }

    /// Every row of every table.
    fn everything(&self) -> Vec<String> {
        let connection = rusqlite::Connection::open(self.world.folder.path().join("world.db")).unwrap();
        let mut tables = connection.prepare("select name from sqlite_master where type = 'table'").unwrap();
        let tables: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let mut all = Vec::new();
        for table in tables {
            let mut rows = connection.prepare(&format!("select * from \"{table}\"")).unwrap();
            let width = rows.column_count();
            let mut rows = rows.query([]).unwrap();
            while let Some(row) = rows.next().unwrap() {
                let cells: Vec<rusqlite::types::Value> = (0..width).map(|cell| row.get(cell).unwrap()).collect();
                all.push(format!("{table} {cells:?}"));
            }
        }
        all
    }
}

fn link_in(text: &str) -> Option<String> {
    Some(text[text.find("http://")?..].split_whitespace().next()?.to_owned())
}

/// The numbers of the list on a page, in its order.
fn listed(body: &str) -> Vec<Number> {
    let rows = body.split("scope=\"row\"").skip(1).filter_map(|row| row.split("</th>").next());
    rows.filter_map(|cell| cell.split("\">").last()?.trim_end_matches("</a>").parse().ok()).collect()
}

/// The addresses that a page leads to, from the page at that address.
fn leads(url: &str, body: &str) -> Vec<String> {
    let base = reqwest::Url::parse(url).unwrap();
    let hrefs = body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    hrefs.map(|href| base.join(&href.replace("&amp;", "&")).unwrap().to_string()).collect()
}

fn next_of(url: &str, body: &str) -> Option<String> {
    let tag = body.split("<a ").find(|tag| tag.contains("rel=\"next\""))?;
    leads(url, tag).into_iter().next()
}

#[tokio::test]
async fn a_spoc_follows_the_link_turns_the_pages_and_opens_a_request() {
    let office = Office::open().await;
    office.lamps(60).await;
    office.world.says("nora", "merel-huisvesting", "de kraan in de spreekkamer lekt").await;
    office.world.advance(Duration::minutes(2)).await;
    let answer = office.asks("sanne", "spoc").await;
    assert!(answer.contains("werkt tot 21:16") && answer.contains("Alleen voor jou"), "{answer}");
    let mut url = link_in(&answer).unwrap();
    let (mut shown, mut pages) = (Vec::new(), 0);
    loop {
        let page = office.get(&url).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.words().contains("60 open"), "{}", page.words());
        shown.extend(listed(&page.body));
        pages += 1;
        let Some(next) = next_of(&url, &page.body) else { break };
        url = next;
    }
    assert_eq!(pages, 3, "25, 25 and 10");
    let expected: Vec<Number> = office.numbers(LINDE).await.into_iter().rev().collect();
    assert_eq!(shown, expected, "each request of De Linde once, newest first, and none of Merel");
    let board = office.link().await;
    let page = office.get(&board).await;
    let opened = leads(&board, &page.body).into_iter().find(|url| url.ends_with("/2026-0060")).unwrap();
    let page = office.get(&opened).await;
    assert_eq!(page.status, StatusCode::OK);
    for words in ["kapot", "Alice Vermeer", "Verloop", "doorgestuurd naar Brink Facilitair", "LINDE-2026-0060-"] {
        assert!(page.words().contains(words), "{words} is missing in {}", page.words());
    }
    let back = leads(&opened, &page.body).into_iter().find(|url| !url.contains('#') && !url.contains('?')).unwrap();
    assert_eq!(back, board, "there is a way back to the list");
    office.world.desk.drain().await.unwrap();
}

#[tokio::test]
async fn filters_narrow_the_board_as_they_narrow_the_list_in_the_chat() {
    let office = Office::open().await;
    office.lamps(2).await;
    office.world.says("dirk", "facilitair", "de kraan in de pantry boven lekt").await;
    // What began in the same moment is numbered in no particular order.
    office.world.clock.advance(Duration::seconds(1));
    office.world.says("sanne", "facilitair", "kunnen we vrijdag om 13 uur 12 extra stoelen in zaal Eik krijgen?").await;
    office.world.advance(Duration::minutes(2)).await;
    let board = office.link().await;
    let shows = async |query: &str| {
        let page = office.get(&format!("{board}?{query}")).await;
        assert_eq!(page.status, StatusCode::OK);
        listed(&page.body).into_iter().map(|number| number.sequence).collect::<Vec<_>>()
    };
    assert_eq!(shows("").await, [4, 3, 2, 1]);
    for (query, found) in [
        ("waits=provider", vec![3, 2, 1]),
        ("waits=approvers", vec![4]),
        ("stage=handed-over", vec![3, 2, 1]),
        ("stage=awaiting-approval", vec![4]),
        ("stage=closed", vec![4, 3, 2, 1]),
        ("provider=facilitair", vec![4, 3, 2, 1]),
        ("provider=ict", vec![]),
        ("item=fac.plumbing", vec![3]),
        ("mine=true", vec![4]),
        ("overdue=true", vec![]),
        ("text=kamer", vec![2, 1]),
        ("text=PANTRY", vec![3]),
        ("text=%23", vec![]),
        ("text=%232026-0003", vec![3]),
        ("text=vermeer&waits=provider", vec![2, 1]),
        ("text=koffie", vec![]),
        ("waits=&stage=&provider=&item=&text=", vec![4, 3, 2, 1]),
        ("after=kapot&text=kamer", vec![2, 1]),
    ] {
        assert_eq!(shows(query).await, found, "{query}");
    }
    office.world.clock.advance(Duration::days(4));
    // The old link has expired; a new one shows what is late by now.
    let board = office.link().await;
    let page = office.get(&format!("{board}?overdue=true")).await;
    assert_eq!(listed(&page.body).len(), 1);
    assert!(page.body.contains("<strong class=\"badge\">te laat</strong>"), "{}", page.body);
}

#[tokio::test]
async fn nothing_is_found_by_what_is_held_back_or_confidential() {
    let secret = |register: &mut loket::domain::register::Register| {
        let items = register.catalogue.items().cloned().map(|mut item| {
            item.confidential |= item.id.as_str() == "fac.plumbing";
            item
        });
        register.catalogue = loket::domain::catalogue::Catalogue::new(items.collect::<Vec<_>>()).unwrap();
    };
    let office = Office::serving(World::with(secret).await, Limits::default()).await;
    let asked = "kunnen we vrijdag om 13 uur 12 extra stoelen in zaal Eik krijgen? ik heb rugklachten";
    office.world.says("alice", "facilitair", asked).await;
    office.world.says("dirk", "facilitair", "de kraan in de pantry boven lekt").await;
    office.world.advance(Duration::minutes(2)).await;
    let numbered = |item: &str, requests: &[loket::domain::request::Request]| {
        let about = |request: &&loket::domain::request::Request| {
            request
                .content()
                .and_then(|content| content.item.as_ref())
                .is_some_and(|found| found.value.as_str() == item)
        };
        requests.iter().find(about).and_then(|request| request.number()).expect("a settled request")
    };
    let requests = office.world.requests().await;
    let (chairs, tap) = (numbered("fac.room-setup", &requests), numbered("fac.plumbing", &requests));
    let board = office.link().await;
    let shows = async |text: &str| listed(&office.get(&format!("{board}?text={text}")).await.body);
    assert_eq!(shows("stoelen").await, [chairs]);
    assert_eq!(shows("rugklachten").await, [], "what the page holds back is not found either");
    for text in ["kraan", "pantry", "dirk"] {
        assert_eq!(shows(text).await, [], "{text}");
    }
    assert_eq!(shows(&tap.to_string()).await, [tap]);
    let page = office.get(&board).await.words();
    assert!(page.contains("vertrouwelijk") && !page.contains("kraan"), "{page}");
    let page = office.get(&format!("{board}/{tap}")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.words().contains("kraan"), "{}", page.words());
}

#[tokio::test]
async fn a_colleague_gets_no_link_and_without_pages_nobody_does() {
    let office = Office::open().await;
    for who in ["alice", "bob", "stranger", "nora"] {
        let answer = office.asks(who, "spoc").await;
        assert!(answer.contains("Sanne") && link_in(&answer).is_none(), "{who}: {answer}");
    }
    let world = World::open().await;
    let answer = world.commands("sanne", "board", &[]).await;
    assert!(answer.contains("listen = \"127.0.0.1:8080\"") && !answer.contains("http"), "{answer}");
    assert_eq!(answer.lines().count(), 1, "{answer}");
}

#[tokio::test]
async fn a_link_that_is_wrong_foreign_or_of_somebody_without_the_role_opens_nothing_and_says_the_same() {
    let mut office = Office::open().await;
    office.lamps(1).await;
    let board = office.link().await;
    let wrong = office.get(&format!("{}/b/{}", office.address, "A".repeat(70))).await;
    assert_eq!(wrong.status, StatusCode::NOT_FOUND);
    assert!(wrong.body.contains("/bord"), "{}", wrong.body);
    let mut altered = board.clone();
    let last = altered.pop().unwrap();
    altered.push(if last == 'A' { 'B' } else { 'A' });
    let spoc = |register: &mut loket::domain::register::Register, role| {
        let sanne = register.organisations.get_mut(&LINDE.into()).unwrap().people.get_mut(&"sanne".into()).unwrap();
        if role {
            sanne.roles.insert(Role::Spoc)
        } else {
            sanne.roles.remove(&Role::Spoc)
        };
    };
    for url in [altered.clone(), format!("{altered}/2026-0001"), format!("{}/b/x/2026-0001?lang=nl", office.address)] {
        let page = office.get(&url).await;
        assert_eq!((page.status, &page.body), (StatusCode::NOT_FOUND, &wrong.body), "{url}");
    }
    office.world.reconfigures(|register| spoc(register, false));
    for url in [board.clone(), format!("{board}/2026-0001")] {
        let page = office.get(&url).await;
        assert_eq!((page.status, &page.body), (StatusCode::NOT_FOUND, &wrong.body), "who is no SPOC any more");
    }
    office.world.reconfigures(|register| spoc(register, true));
    assert_eq!(office.get(&board).await.status, StatusCode::OK);
    office.world.reconfigures(|register| {
        let sanne = register.organisations.get_mut(&LINDE.into()).unwrap().people.get_mut(&"sanne".into()).unwrap();
        sanne.until = Some("2026-03-03".parse().unwrap());
    });
    assert_eq!(office.get(&board).await.body, wrong.body, "who left today");
    office.world.reconfigures(|register| drop(register.organisations.remove(&LINDE.into())));
    assert_eq!(office.get(&board).await.body, wrong.body, "an organisation that is gone");
}

#[tokio::test]
async fn a_link_works_for_twelve_hours_and_then_says_that_it_has_expired() {
    let office = Office::open().await;
    office.lamps(1).await;
    let board = office.link().await;
    office.world.clock.advance(Duration::hours(12) - Duration::minutes(1));
    assert_eq!(office.get(&board).await.status, StatusCode::OK);
    office.world.clock.advance(Duration::minutes(1));
    for url in [board.clone(), format!("{board}/2026-0001")] {
        let page = office.get(&url).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        assert!(page.body.contains("Deze link is verlopen") && !page.body.contains("Linde"), "{}", page.body);
    }
    assert_eq!(office.get(&office.link().await).await.status, StatusCode::OK);
}

#[tokio::test]
async fn two_organisations_never_see_each_other() {
    let office = Office::open().await;
    office.lamps(3).await;
    for text in ["de kraan in de spreekkamer lekt merelwoord", "de lamp in de spreekkamer is kapot merelwoord"] {
        office.world.says("nora", "merel-huisvesting", text).await;
    }
    office.world.advance(Duration::minutes(2)).await;
    let (linde, merel) = (office.numbers(LINDE).await, office.numbers("merel").await);
    assert_eq!((linde.len(), merel.len()), (3, 2));
    let boards = [office.link().await, link_in(&office.asks("nora", "merel-kantoor").await).unwrap()];
    let all: BTreeSet<Number> = linde.union(&merel).copied().collect();
    for (board, own, foreign) in [
        (&boards[0], &linde, ["Merel", "merelwoord", "Nora", "MEREL-"]),
        (&boards[1], &merel, ["De Linde", "kamer 1", "Alice", "LINDE-"]),
    ] {
        let mut urls: Vec<String> = all.iter().map(|number| format!("{board}/{number}")).collect();
        urls.extend(
            ["", "?text=2026", "?text=e", "?mine=true", "?provider=ict", "?after=9999999999999.0"]
                .map(|query| format!("{board}{query}")),
        );
        // And every page that these lead to.
        for url in urls.clone() {
            urls.extend(leads(&url, &office.get(&url).await.body));
        }
        for url in urls {
            let page = office.get(&url).await;
            for word in foreign {
                assert!(!page.body.contains(word), "{word} at {url}: {}", page.body);
            }
            assert!(listed(&page.body).iter().all(|number| own.contains(number)), "{url}");
            let number = url.split('?').next().unwrap().rsplit('/').next().unwrap().parse::<Number>();
            if let Ok(number) = number {
                let expected = if own.contains(&number) { StatusCode::OK } else { StatusCode::NOT_FOUND };
                assert_eq!(page.status, expected, "{url}");
            }
        }
    }
}

#[tokio::test]
async fn looking_changes_nothing_and_nothing_but_looking_is_possible() {
    let office = Office::open().await;
    office.lamps(2).await;
    let nobody = office.everything();
    // Before anybody asked for a link there is no key, and looking makes none.
    assert_eq!(office.get(&format!("{}/b/{}", office.address, "A".repeat(70))).await.status, StatusCode::NOT_FOUND);
    assert_eq!(office.everything(), nobody);
    let board = office.link().await;
    let before = office.everything();
    let anchor = office.world.store.anchor(&LINDE.into()).await.unwrap();
    let paths = [
        "",
        "/2026-0001",
        "/2026-0009",
        "/kapot",
        "?text=lamp&lang=en",
        "?after=1.2",
        "/2026-0001/x",
        "/%FF",
        "?text=%00%25",
    ];
    let urls = paths.iter().map(|path| format!("{board}{path}"));
    let urls: Vec<String> = urls
        .chain(
            ["/", "/healthz", "/readyz", "/metrics", "/b", "/b/%FF", "/../b"]
                .map(|path| format!("{}{path}", office.address)),
        )
        .collect();
    for url in &urls {
        for method in [Method::GET, Method::HEAD] {
            let answer = office.sends(method.clone(), url, &[]).await;
            assert!(
                answer.status == StatusCode::OK || answer.status == StatusCode::NOT_FOUND,
                "{method} {url}: {}",
                answer.status
            );
            assert_eq!(answer.body.is_empty(), method == Method::HEAD, "{method} {url}");
        }
        for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS, Method::TRACE] {
            let answer = office.sends(method.clone(), url, &[]).await;
            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {url}");
            assert_eq!(answer.headers["allow"], "GET, HEAD");
        }
        let answer = office.client.get(url).body("waarom niet").send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE, "{url}");
    }
    assert_eq!(office.everything(), before, "not a row changed");
    assert_eq!(office.world.store.anchor(&LINDE.into()).await.unwrap(), anchor);
    // The second link is sealed with the same key.
    assert_eq!(office.get(&office.link().await).await.status, StatusCode::OK);
    assert_eq!(office.get(&board).await.status, StatusCode::OK);
}

#[tokio::test]
async fn every_answer_keeps_itself_to_the_reader() {
    let office = Office::open().await;
    let board = office.link().await;
    for url in [
        board.clone(),
        format!("{board}/nothing"),
        format!("{}/healthz", office.address),
        format!("{}/x", office.address),
    ] {
        let headers = office.get(&url).await.headers;
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"), "{policy}");
        for part in ["base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"] {
            assert!(policy.contains(part), "{policy}");
        }
        for (name, value) in [
            ("cache-control", "no-store"),
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
            ("x-robots-tag", "noindex, nofollow"),
        ] {
            assert_eq!(headers[name], value, "{name} at {url}");
        }
        assert!(!headers.contains_key("set-cookie"));
    }
    assert_eq!(office.get(&board).await.headers["content-type"], "text/html; charset=utf-8");
    let numbers = office.get(&format!("{}/metrics", office.address)).await;
    assert_eq!(numbers.headers["content-type"], "text/plain; version=0.0.4; charset=utf-8");
    assert!(numbers.body.contains("\nloket_gateway_up 0\n"), "{}", numbers.body);
}

#[tokio::test]
async fn the_address_goes_before_the_browser_and_the_browser_before_the_organisation() {
    let office = Office::open().await;
    let board = office.link().await;
    let title = async |query: &str, accept: Option<&str>| {
        let headers: Vec<_> = accept.map(|accept| ("accept-language", accept)).into_iter().collect();
        let page = office.sends(Method::GET, &format!("{board}{query}"), &headers).await.body;
        page.contains("<html lang=\"en\">")
    };
    assert!(!title("", None).await, "De Linde speaks Dutch");
    assert!(title("", Some("en-GB,nl;q=0.5")).await);
    assert!(!title("?lang=nl", Some("en-GB")).await);
    assert!(title("?lang=en", Some("nl")).await);
    assert!(!title("?lang=de", Some("de")).await);
}

#[tokio::test]
async fn who_says_nothing_is_not_listened_to_for_ever_and_holds_up_nobody_for_long() {
    let short = std::time::Duration::from_millis(300);
    let limits = Limits { connections: 1, head: short, ..Limits::default() };
    let office = Office::serving(World::open().await, limits).await;
    let host = office.address.trim_start_matches("http://").to_owned();
    let mut silent = TcpStream::connect(&host).await.unwrap();
    silent.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ").await.unwrap();
    // The only place is taken; it is free again once the silent one is cut off.
    let answer = office.get(&format!("{}/healthz", office.address)).await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, "ok\n"));
    let mut heard = Vec::new();
    let _ = silent.read_to_end(&mut heard).await;
    assert!(!String::from_utf8_lossy(&heard).contains("200"), "{heard:?}");
    // A head without an end is not kept.
    let mut endless = TcpStream::connect(&host).await.unwrap();
    endless.write_all(b"GET / HTTP/1.1\r\n").await.unwrap();
    while endless.write_all(&[b'x'; 4096]).await.is_ok() {}
    assert_eq!(office.get(&format!("{}/readyz", office.address)).await.body, "ready\n");
}

/// Keeps what is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_log_holds_a_link_or_the_key() {
    let log = Log::default();
    let kept = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(move || kept.clone())
        .finish();
    // Everything of this test runs on this thread.
    let _guard = tracing::subscriber::set_default(subscriber);
    let office = Office::open().await;
    let board = office.link().await;
    office.get(&board).await;
    office.sends(Method::POST, &board, &[]).await;
    let mut half = TcpStream::connect(office.address.trim_start_matches("http://")).await.unwrap();
    half.write_all(format!("GET {board} HTTP/1.1\r\nbad header\r\n\r\n").as_bytes()).await.unwrap();
    let _ = half.read_to_end(&mut Vec::new()).await;
    let pass = board.rsplit('/').next().unwrap();
    let key = office.world.store.mark("web-key").await.unwrap().expect("the key stands in the store");
    let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let ours: Vec<&str> =
        logged.lines().filter(|line| !line.contains("hyper_util::client") && !line.contains("reqwest")).collect();
    assert!(!ours.is_empty(), "something is logged");
    for line in ours {
        assert!(!line.contains(pass) && !line.contains(&key), "{line}");
    }
}

/// A copy of the office pack that listens there.
fn listening_office(folder: &std::path::Path, listen: &str) {
    let config = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("config");
    for (from, to) in [
        ("examples/office", ""),
        ("examples/office/organisations", "organisations"),
        ("examples/office/providers", "providers"),
        ("catalogue", "catalogue"),
    ] {
        let to = folder.join(to);
        std::fs::create_dir_all(&to).unwrap();
        for entry in std::fs::read_dir(config.join(from)).unwrap().flatten() {
            if entry.file_type().unwrap().is_file() {
                std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
            }
        }
    }
    std::fs::write(folder.join("loket.toml"), format!("listen = \"{listen}\"\n")).unwrap();
}

#[tokio::test]
async fn a_port_that_is_taken_ends_the_start_with_one_sentence() {
    let taken = bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let address = taken.local_addr().unwrap();
    let folder = tempfile::tempdir().unwrap();
    listening_office(folder.path(), &address.to_string());
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_loket"))
        .args(["run", "--config"])
        .arg(folder.path())
        .envs([("DISCORD_TOKEN", "x"), ("LC_ALL", "nl_NL.UTF-8"), ("LOKET_DATABASE", "sqlite::memory:")])
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert_eq!(
        told.trim(),
        format!(
            "Loket kan niet luisteren op {address} (listen in loket.toml): daar luistert al een ander programma, of een andere Loket; stop dat, of kies een andere poort."
        )
    );
}

/// Pages with something of everything on them, for eyes and browsers: `LOKET_PAGES=FOLDER cargo test --test it -- board::pages`.
#[tokio::test]
#[allow(clippy::disallowed_methods, reason = "only the environment knows whether somebody wants to look")]
async fn pages_to_look_at() {
    let Some(folder) = std::env::var_os("LOKET_PAGES").map(std::path::PathBuf::from) else { return };
    let office = Office::open().await;
    let world = &office.world;
    office.lamps(22).await;
    world.says("dirk", "facilitair", "de kraan in de pantry boven lekt, er staat een plas op de vloer").await;
    world.says("dirk", "ict", "Piet Paaltjens gaat uit dienst, graag zijn account opheffen per vrijdag").await;
    world.advance(Duration::minutes(2)).await;
    let asked = "kunnen we donderdag om 13 uur 12 extra stoelen in zaal Eik krijgen voor het klantevent? Graag de grijze, \
                 en liefst een kwartier eerder neergezet. Hoogstens 200 euro.";
    let heard = world.says("alice", "facilitair", asked).await;
    for request in world.requests().await.into_iter().filter(|request| request.number().is_none()) {
        let who = request.origin.requester.account.clone().unwrap();
        let card = request.posts.at.values().next().unwrap().clone();
        let who = who.as_str().trim_start_matches("local:").to_owned();
        world.presses(&who, &card, loket::render::message::Action::Confirm(request.id)).await;
    }
    world.reacts("bob", &world.approval_card().at, loket::ports::Mark::Yes).await;
    world.advance(Duration::minutes(2)).await;
    let chairs = office.numbers(LINDE).await.into_iter().next_back().unwrap().to_string();
    let told = [("id", chairs.as_str()), ("state", "planned"), ("date", "donderdag 13 uur"), ("number", "BF-7781")];
    world.commands("sanne", "status", &told).await;
    world.answers("alice", &heard, "kan het ook in zaal Linde?").await;
    world.says("alice", "facilitair", "kunnen we volgende week maandag 6 tafels in de kantine krijgen?").await;
    world.advance(Duration::hours(72)).await;
    let board = office.link().await;
    std::fs::create_dir_all(&folder).unwrap();
    let second = next_of(&board, &office.get(&board).await.body).unwrap();
    for (name, url) in [
        ("board", board.clone()),
        ("board-en", format!("{board}?lang=en")),
        ("board-late", format!("{board}?overdue=true&waits=provider")),
        ("board-none", format!("{board}?text=koffie")),
        ("board-second", second),
        ("request", format!("{board}/{chairs}")),
        ("request-en", format!("{board}/{chairs}?lang=en")),
        ("sorry", format!("{}/b/x", office.address)),
    ] {
        let page = office.get(&url).await;
        std::fs::write(folder.join(format!("{name}.html")), page.body).unwrap();
        let policy = page.headers["content-security-policy"].to_str().unwrap().to_owned();
        std::fs::write(folder.join("policy.txt"), policy).unwrap();
    }
}
