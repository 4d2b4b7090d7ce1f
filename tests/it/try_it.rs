//! `loket try` as somebody meets it: the real binary, over real HTTP, by plain forms and links alone, as a browser without a script
//! would do. The answers of the page are read as one reads them: by the words on buttons and links.

use crate::binary::{Process, until};
use reqwest::StatusCode;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

/// A running `loket try`.
struct Tried {
    process: Arc<Process>,
    client: reqwest::Client,
    /// The address that it printed.
    address: String,
    folder: Arc<tempfile::TempDir>,
}

/// A page as it stands in the browser.
#[derive(Clone)]
struct Sheet {
    client: reqwest::Client,
    address: String,
    url: String,
    html: String,
}

fn loket(arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loket"));
    command.arg("try").args(arguments).current_dir(folder).env_clear();
    command.env("TMPDIR", folder).env("LANG", "nl_NL.UTF-8");
    command
}

impl Tried {
    async fn starts(arguments: &[&str]) -> Self {
        Self::starts_in(Arc::new(tempfile::tempdir().unwrap()), arguments).await
    }

    async fn starts_in(folder: Arc<tempfile::TempDir>, arguments: &[&str]) -> Self {
        let log = folder.path().join(format!("log-{}", arguments.len()));
        let _ = std::fs::remove_file(&log);
        let process = Process::start(&mut loket(arguments, folder.path()), &log);
        let found = || {
            assert!(process.status().is_none(), "it ended: {}", process.log());
            let log = process.log();
            let from = log.find("http://127.0.0.1:")?;
            let address = log[from..].split_whitespace().next().unwrap().to_owned();
            log[from..].contains('\n').then_some(address)
        };
        let address = until("the address of the page", found).await;
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { process, client, address, folder }
    }

    /// The page as its address opens it.
    async fn opens(&self) -> Sheet {
        Sheet::get(&self.client, &self.address, &self.address).await
    }

    /// Ctrl-C, or what a service manager sends.
    async fn stops(self) -> Arc<tempfile::TempDir> {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        assert!(self.process.ends().await.success());
        Arc::clone(&self.folder)
    }
}

impl Sheet {
    async fn get(client: &reqwest::Client, address: &str, url: &str) -> Self {
        let answer = client.get(url).send().await.unwrap();
        Self::of(client, address, answer).await
    }

    async fn of(client: &reqwest::Client, address: &str, answer: reqwest::Response) -> Self {
        assert_eq!(answer.status(), StatusCode::OK, "{}", answer.url());
        let url = answer.url().to_string();
        let html = answer.text().await.unwrap();
        Self { client: client.clone(), address: address.to_owned(), url, html }
    }

    /// The words on the page, without markup.
    fn text(&self) -> String {
        text_of(&self.html)
    }

    #[track_caller]
    fn says(&self, words: &str) {
        assert!(self.text().contains(words), "no {words:?} on the page:\n{}", self.text());
    }

    #[track_caller]
    fn is_silent_about(&self, words: &str) {
        assert!(!self.text().contains(words), "{words:?} on the page:\n{}", self.text());
    }

    /// What stands in the messages, and nothing of what stands around them.
    fn talk(&self) -> String {
        let from = self.html.find("id=\"talk\"").expect("messages");
        let upto = self.html[from..].find("id=\"compose\"").map_or(self.html.len(), |at| from + at);
        text_of(&self.html[from..upto])
    }

    /// Goes where the last link with those words leads.
    async fn follows(&self, words: &str) -> Self {
        let link = elements(&self.html, "a").into_iter().rfind(|link| text_of(&link.inside).contains(words));
        let link = link.unwrap_or_else(|| panic!("no link {words:?} on the page:\n{}", self.text()));
        let url = reqwest::Url::parse(&self.url).unwrap().join(&attribute(&link.tag, "href").unwrap()).unwrap();
        Self::get(&self.client, &self.address, url.as_str()).await
    }

    /// Into the newest thread under a message.
    async fn enters_thread(&self) -> Self {
        let from = self.html.rfind("<p class=\"thread\">").expect("a thread under a message");
        let link = elements(&self.html[from..], "a").remove(0);
        let url = reqwest::Url::parse(&self.url).unwrap().join(&attribute(&link.tag, "href").unwrap()).unwrap();
        Self::get(&self.client, &self.address, url.as_str()).await
    }

    /// Presses the last button with those words; fields of its form are filled in first.
    async fn presses_with(&self, words: &str, fields: &[(&str, &str)]) -> Self {
        for form in elements(&self.html, "form").into_iter().rev() {
            let named = |button: &Element| {
                text_of(&button.inside).contains(words)
                    || attribute(&button.tag, "aria-label").is_some_and(|label| label.contains(words))
            };
            if let Some(button) = elements(&form.inside, "button").into_iter().find(named) {
                return self.sends(&form, Some(&button), fields).await;
            }
        }
        panic!("no button {words:?} on the page:\n{}", self.text());
    }

    async fn presses(&self, words: &str) -> Self {
        self.presses_with(words, &[]).await
    }

    /// Writes in the field for messages and sends it.
    async fn writes(&self, text: &str) -> Self {
        self.writes_with(&[("text", text)]).await
    }

    async fn writes_with(&self, fields: &[(&str, &str)]) -> Self {
        let form = elements(&self.html, "form").into_iter().find(|form| form.tag.contains("id=\"say\"")).unwrap();
        self.sends(&form, None, fields).await
    }

    /// Writes with a file, as a browser sends it.
    async fn sends_file(&self, fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> Self {
        let form = elements(&self.html, "form").into_iter().find(|form| form.tag.contains("id=\"say\"")).unwrap();
        assert!(form.tag.contains("multipart/form-data"), "{}", form.tag);
        let mut parts = reqwest::multipart::Form::new();
        for input in elements(&form.inside, "input").into_iter().filter(|one| one.tag.contains("type=\"hidden\"")) {
            parts = parts.text(attribute(&input.tag, "name").unwrap(), attribute(&input.tag, "value").unwrap());
        }
        for (name, value) in fields {
            parts = parts.text((*name).to_owned(), (*value).to_owned());
        }
        let file = reqwest::multipart::Part::bytes(bytes.to_vec()).file_name(name.to_owned());
        let to = reqwest::Url::parse(&self.url).unwrap().join(&attribute(&form.tag, "action").unwrap()).unwrap();
        let sent = self.client.post(to).multipart(parts.part("photo", file));
        Self::of(&self.client, &self.address, sent.send().await.unwrap()).await
    }

    /// What is in the picture that is described so.
    async fn picture(&self, alt: &str) -> Vec<u8> {
        let alt = format!("alt=\"{alt}\"");
        let image = self.html.split("<img ").find(|rest| rest.split('>').next().unwrap().contains(&alt)).expect(&alt);
        let source = attribute(&format!("<img {}", image.split('>').next().unwrap()), "src").unwrap();
        let url = reqwest::Url::parse(&self.url).unwrap().join(&source).unwrap();
        self.client.get(url).send().await.unwrap().bytes().await.unwrap().to_vec()
    }

    /// Sends a form as a browser does.
    async fn sends(&self, form: &Element, button: Option<&Element>, fields: &[(&str, &str)]) -> Self {
        let hidden = elements(&form.inside, "input").into_iter().filter(|one| one.tag.contains("type=\"hidden\""));
        let pair = |element: &Element| Some((attribute(&element.tag, "name")?, attribute(&element.tag, "value")?));
        let mut pairs: Vec<(String, String)> = hidden.filter_map(|input| pair(&input)).collect();
        pairs.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        pairs.extend(button.and_then(pair));
        let to = reqwest::Url::parse(&self.url).unwrap().join(&attribute(&form.tag, "action").unwrap()).unwrap();
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish();
        let sent = self.client.post(to).header("content-type", "application/x-www-form-urlencoded").body(body);
        Self::of(&self.client, &self.address, sent.send().await.unwrap()).await
    }

    /// The same page as somebody else, by their name among the people.
    async fn becomes(&self, name: &str) -> Self {
        let from = self.html.find("id=\"people\"").unwrap();
        let upto = from + self.html[from..].find("</nav>").unwrap();
        let link = elements(&self.html[from..upto], "a").into_iter().find(|link| text_of(&link.inside).contains(name));
        let href = attribute(&link.unwrap_or_else(|| panic!("nobody is called {name}")).tag, "href").unwrap();
        let url = reqwest::Url::parse(&self.url).unwrap().join(&href).unwrap();
        Self::get(&self.client, &self.address, url.as_str()).await
    }
}

/// An element: its opening tag, and what stands inside.
struct Element {
    tag: String,
    inside: String,
}

/// The elements of that name, in their order; none stands in another of its name.
fn elements(html: &str, name: &str) -> Vec<Element> {
    let mut found = Vec::new();
    let mut rest = html;
    let begins = format!("<{name}");
    while let Some(at) = rest.find(&begins) {
        rest = &rest[at + begins.len()..];
        if !rest.starts_with([' ', '>']) {
            continue;
        }
        let (tag, after) = rest.split_once('>').unwrap();
        let inside = after.split(&format!("</{name}>")).next().unwrap_or_default();
        found.push(Element { tag: tag.to_owned(), inside: inside.to_owned() });
        rest = after;
    }
    found
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(unescaped(rest.split('"').next()?))
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

fn text_of(html: &str) -> String {
    let mut html = html.to_owned();
    for name in ["style", "script"] {
        while let (Some(from), Some(upto)) = (html.find(&format!("<{name}>")), html.find(&format!("</{name}>"))) {
            html.replace_range(from..upto + name.len() + 3, " ");
        }
    }
    let inside = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    let text = unescaped(&inside.collect::<Vec<_>>().join(" "));
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace(" .", ".").replace(" ,", ",")
}

#[tokio::test]
async fn a_leaking_tap_reaches_the_provider_and_the_answer_stands_in_the_thread() {
    let tried = Tried::starts(&[]).await;
    let page = tried.opens().await;
    page.says("Alice Vermeer");
    page.says("dinsdag 3 maart");
    let page = page.writes("de kraan in de pantry boven lekt, er staat een plas op de vloer").await;
    let thread = page.enters_thread().await;
    thread.says("Melding: Loodgieter en sanitair");
    let thread = thread.presses("Klopt").await;
    thread.says("Doorgestuurd naar Brink Facilitair");

    let mail = thread.becomes("Brink Facilitair").await;
    mail.says("[#LINDE-2026-0001-");
    mail.says("de kraan in de pantry boven lekt");
    let mail = mail.presses_with("Gepland", &[("when", "vrijdag 10 uur"), ("text", "")]).await;
    mail.says("vrijdag 6 maart om 10:00");

    let thread = Sheet::get(&tried.client, &tried.address, &thread.url).await;
    assert!(thread.talk().contains("vrijdag 6 maart om 10:00"), "{}", thread.talk());
    let mail = mail.presses_with("Stuur bericht", &[("text", "Om welke kraan gaat het precies?")]).await;
    mail.says("Om welke kraan gaat het precies?");
    let thread = Sheet::get(&tried.client, &tried.address, &thread.url).await;
    assert!(thread.talk().contains("Om welke kraan gaat het precies?"), "{}", thread.talk());
    mail.presses("Klaar").await;
    let thread = Sheet::get(&tried.client, &tried.address, &thread.url).await;
    let thread = thread.presses("Opgelost").await;
    thread.says("Afgerond");
}

#[tokio::test]
async fn forty_chairs_wait_for_an_approver_who_is_not_the_requester() {
    let tried = Tried::starts(&["--language", "nl"]).await;
    let page = tried.opens().await;
    let page = page.writes("kunnen we vrijdag om 13 uur 40 extra stoelen in zaal Eik krijgen?").await;
    page.enters_thread().await.presses("Klopt").await;
    let card = page.follows("#goedkeuringen").await;
    assert!(card.talk().contains("40") && card.talk().contains("€ 500,00"), "{}", card.talk());

    // What is one's own, one does not approve.
    let own = card.presses("✅ 1 van Loket").await;
    own.is_silent_about("Akkoord van Alice");
    let mail = own.becomes("Brink Facilitair").await;
    mail.says("Nog niets ontvangen");

    let bob = own.becomes("Bob de Wit").await;
    let bob = bob.presses("✅ 2 van").await;
    bob.says("Akkoord van Bob de Wit");
    let bob = bob.presses("Niet wachten").await;
    bob.says("Doorgestuurd naar Brink Facilitair");
    let mail = bob.becomes("Brink Facilitair").await;
    mail.says("akkoord tot € 500,00 excl. btw, door Bob de Wit");
}

#[tokio::test]
async fn on_monday_the_digest_stands_there_and_the_clock_never_goes_back() {
    let tried = Tried::starts(&[]).await;
    let page = tried.opens().await;
    // Nothing happens before that: of the nightly look at what may be erased nobody sees anything.
    page.says("ga door op maandag 9 maart om 08:00");
    page.writes("de kraan in de pantry boven lekt").await.enters_thread().await.presses("Klopt").await;
    let page = page.presses("maandag 9 uur").await;
    page.says("maandag 9 maart");
    let digest = page.follows("#weekoverzicht").await;
    assert!(digest.talk().contains("Week 10"), "{}", digest.talk());
    let page = digest.presses_with("Ga", &[("when", "2026-03-04 10:00"), ("to", "text")]).await;
    page.says("De klok gaat alleen vooruit");
    let page = page.presses_with("Ga", &[("when", "blauw"), ("to", "text")]).await;
    page.says("Dat moment begrijp ik niet");
    let page = page.presses_with("Ga", &[("when", "donderdag 14:00"), ("to", "text")]).await;
    page.says("donderdag 12 maart");
}

#[tokio::test]
async fn commands_complete_and_their_answers_are_seen_by_one_person() {
    let tried = Tried::starts(&[]).await;
    let page = tried.opens().await;
    page.writes("de kraan in de pantry boven lekt").await.enters_thread().await.presses("Klopt").await;
    let sanne = page.becomes("Sanne Bakker").await;
    let completes = async |text: &str| {
        let mut url = reqwest::Url::parse(&sanne.url).unwrap().join("complete").unwrap();
        let here: Vec<_> = reqwest::Url::parse(&sanne.url).unwrap().query_pairs().into_owned().collect();
        url.query_pairs_mut().extend_pairs(here).append_pair("text", text);
        let json = tried.client.get(url).send().await.unwrap().text().await.unwrap();
        let found: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
        found.iter().map(|one| one["text"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(completes("/to").await, ["/toon ", "/vandaag ", "/toezegging "]);
    assert_eq!(completes("/toon ").await, ["/toon id:"]);
    assert_eq!(completes("/toon id:20").await, ["/toon id:2026-0001 "]);
    assert_eq!(completes("/open fase:wacht").await, ["/open fase:Wacht op akkoord "]);
    assert_eq!(completes("zomaar").await, [""; 0]);

    let told = sanne.writes("/toon 2026-0001").await;
    assert!(told.talk().contains("alleen jij ziet dit") && told.talk().contains("2026-0001"), "{}", told.talk());
    let other = told.becomes("Alice Vermeer").await;
    assert!(!other.talk().contains("alleen jij ziet dit"), "{}", other.talk());
    let again = other.becomes("Sanne Bakker").await;
    assert!(again.talk().contains("alleen jij ziet dit"), "{}", again.talk());
    assert!(!again.presses("Verberg").await.talk().contains("alleen jij ziet dit"));

    // What lacks something becomes a form, and without typing there is one for each command.
    let form = sanne.writes("/toon").await;
    let told = form.presses_with("Verstuur", &[("opt-id", "2026-0001")]).await;
    told.says("alleen jij ziet dit");
    sanne.writes("/dansen").await.says("Die opdracht is er niet");
    sanne.follows("Opdrachten").await.follows("/wie-mag").await.says("(verplicht)");
}

#[tokio::test]
async fn the_spoc_s_personal_link_leads_to_the_board_and_from_there_to_every_page() {
    let tried = Tried::starts(&[]).await;
    let page = tried.opens().await;
    page.writes("de kraan in de pantry boven lekt").await.enters_thread().await.presses("Klopt").await;
    let sanne = page.becomes("Sanne Bakker").await.follows("#spoc").await;
    let given = sanne.writes("/bord").await;
    let links: Vec<String> =
        elements(&given.html, "a").iter().filter_map(|link| attribute(&link.tag, "href")).collect();
    let link = links.iter().rfind(|link| link.contains("/b/")).unwrap();
    let board = Sheet::get(&tried.client, &tried.address, link).await;
    board.says("Loodgieter en sanitair");
    board.follows("2026-0001").await.says("de kraan in de pantry boven lekt");
    for (place, words) in
        [("Agenda Brink", "Agenda Brink Facilitair"), ("Week", "Week "), ("Kwartaal", "kwartaal 2026")]
    {
        board.follows(place).await.says(words);
    }
    // Nobody else has it.
    let wrong = tried.client.get(link.replace("/b/", "/b/A")).send().await.unwrap();
    assert_eq!(wrong.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn one_may_answer_change_and_remove_ones_own_words_and_open_a_form_behind_a_button() {
    let tried = Tried::starts(&[]).await;
    let page = tried.opens().await;
    let page = page.writes("goedemorgen allemaal").await;
    let page = page.follows("Wijzig").await.writes("goedemiddag allemaal").await;
    assert!(page.talk().contains("goedemiddag") && page.talk().contains("(gewijzigd)"), "{}", page.talk());
    let bob = page.becomes("Bob de Wit").await;
    assert!(!bob.talk().contains("Verwijder"), "another's words are not one's own");
    let bob = bob.follows("Antwoord").await.writes("ook goedemiddag").await;
    assert!(bob.talk().contains("Antwoord aan Alice Vermeer"), "{}", bob.talk());
    let page = bob.becomes("Alice Vermeer").await.presses("Verwijder").await;
    assert!(!page.talk().contains("goedemiddag allemaal"), "{}", page.talk());
    let page = page.writes("de kraan in de pantry boven lekt").await;
    let thread = page.enters_thread().await;
    let form = thread.presses("Aanpassen").await;
    form.says("Laat maar");
    let thread = form.presses_with("Verstuur", &[("text", "het is de kraan bij de receptie")]).await;
    assert!(thread.talk().contains("receptie"), "{}", thread.talk());
    // Somebody's mark makes a request of a message elsewhere.
    let elsewhere = thread.follows("#algemeen").await.writes("de printer op de gang is stuk").await;
    assert!(!elsewhere.html.contains("<p class=\"thread\">"));
    assert!(elsewhere.presses("Reageer met 🎫").await.html.contains("<p class=\"thread\">"));
}

#[tokio::test]
async fn a_photo_reaches_the_provider_and_one_comes_back() {
    const PHOTO: &[u8] = include_bytes!("../data/photos/turned.jpg");
    let holds = |bytes: &[u8]| bytes.windows(7).any(|window| window == b"KANARIE");
    let tried = Tried::starts(&[]).await;
    let page = tried.opens().await;
    let page = page.sends_file(&[("text", "de kraan in de pantry boven lekt")], "C:\\fakepath\\lek.jpg", PHOTO).await;
    let thread = page.enters_thread().await;
    assert!(thread.talk().contains("Bijlagen lek.jpg"), "{}", thread.talk());
    thread.presses("Klopt").await;
    let provider = page.becomes("Brink Facilitair").await;
    let desk = provider.follows("2026-0001").await;
    let arrived = desk.picture("2026-0001-1.jpg").await;
    assert!(arrived.starts_with(&[0xff, 0xd8]) && holds(PHOTO) && !holds(&arrived));
    let answered = desk.sends_file(&[("text", "deze kraan?"), ("do", "say")], "kraan.jpg", PHOTO).await;
    assert!(answered.talk().contains("deze kraan?"), "{}", answered.talk());
    let thread = answered.becomes("Alice Vermeer").await.enters_thread().await;
    assert!(thread.talk().contains("Brink Facilitair stuurde een bestand mee:"), "{}", thread.talk());
    assert!(!holds(&thread.picture("Bestand dat Brink Facilitair meestuurde").await));
}

#[tokio::test]
async fn nobody_else_is_let_in() {
    let tried = Tried::starts(&[]).await;
    let page = tried.opens().await;
    let say = format!("{}say", tried.address);
    let origin = tried.address.split('/').take(3).collect::<Vec<_>>().join("/");
    let body = "as=local%3Aalice&in=local%3Afacilitair&lang=nl&text=hallo";
    let post =
        |url: &str| tried.client.post(url).header("content-type", "application/x-www-form-urlencoded").body(body);
    let status = async |request: reqwest::RequestBuilder| request.send().await.unwrap().status();
    assert_eq!(status(tried.client.get(&origin)).await, StatusCode::FORBIDDEN);
    assert_eq!(status(tried.client.get(format!("{origin}/AAAAAAAAAAAAAAAA/"))).await, StatusCode::FORBIDDEN);
    assert_eq!(status(tried.client.get(&tried.address).header("host", "evil.example")).await, StatusCode::FORBIDDEN);
    assert_eq!(status(post(&say).header("host", "evil.example:80")).await, StatusCode::FORBIDDEN);
    assert_eq!(status(post(&say).header("origin", "http://evil.example")).await, StatusCode::FORBIDDEN);
    assert_eq!(status(post(&say).header("origin", "null")).await, StatusCode::FORBIDDEN);
    assert_eq!(status(post(&say).header("sec-fetch-site", "cross-site")).await, StatusCode::FORBIDDEN);
    assert_eq!(status(post(&format!("{origin}/say"))).await, StatusCode::FORBIDDEN);
    assert!(!tried.opens().await.talk().contains("hallo"));
    assert_eq!(status(post(&say).header("origin", &origin)).await, StatusCode::OK);
    assert!(tried.opens().await.talk().contains("hallo"));

    let answer = tried.client.get(&page.url).send().await.unwrap();
    let policy = answer.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"), "{policy}");
    // Who looks sees the places of their own organisation, whatever the address says.
    let url = format!("{}?as=local%3Aalice&in=local%3Amerel-huisvesting", tried.address);
    Sheet::get(&tried.client, &tried.address, &url).await.says("#facilitair");
}

#[tokio::test]
async fn whatever_somebody_writes_stays_text() {
    let tried = Tried::starts(&[]).await;
    let hostile = "<script>alert(1)</script> </textarea><img src=x onerror=alert(2)> de kraan \"lekt\" in zaal Eik";
    let page = tried.opens().await.writes(hostile).await;
    let thread = page.enters_thread().await;
    let thread = thread.presses("Klopt").await;
    let mail = thread.becomes("Brink Facilitair").await;
    let edited = page.follows("Wijzig").await;
    let pairs = [("draft", hostile), ("as", hostile), ("told", hostile), ("form", "confirm"), ("command", hostile)];
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let url = format!("{}?{query}", tried.address);
    let drafted = Sheet::get(&tried.client, &tried.address, &url).await;
    for sheet in [&page, &thread, &mail, &edited, &drafted] {
        assert!(!sheet.html.contains("<script>alert") && !sheet.html.contains("<img"), "{}", sheet.url);
        assert_eq!(sheet.html.matches("<script>").count(), 1, "{}", sheet.url);
    }
    assert!(page.talk().contains("<script>alert(1)</script>"));
}

#[tokio::test]
async fn what_is_kept_is_found_again_and_what_is_not_is_gone() {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let tried = Tried::starts_in(Arc::clone(&folder), &["--keep", "kept"]).await;
    let page = tried.opens().await.writes("de kraan in de pantry boven lekt").await;
    page.presses("over twee weken").await;
    let (status, told) = ends(&["--keep", "kept", "--language", "nl"], folder.path());
    assert_eq!((status, told.lines().count()), (Some(2), 1), "{told}");
    assert!(told.contains("in gebruik"), "{told}");
    tried.stops().await;

    let tried = Tried::starts_in(Arc::clone(&folder), &["--keep", "kept"]).await;
    let page = tried.opens().await;
    page.says("dinsdag 17 maart");
    assert!(page.talk().contains("de kraan in de pantry boven lekt"), "{}", page.talk());
    let thread = page.enters_thread().await;
    thread.says("Loodgieter en sanitair");
    tried.stops().await;
    let (status, told) = ends(&["--keep", "kept", "--template", "municipality"], folder.path());
    assert_eq!((status, told.lines().count()), (Some(2), 1), "{told}");

    let tried = Tried::starts(&["--template", "municipality", "--language", "en"]).await;
    tried.opens().await.says("Veste Gebouwbeheer");
    let folder = tried.stops().await;
    let left = std::fs::read_dir(folder.path()).unwrap().flatten().map(|entry| entry.file_name());
    let left: Vec<String> = left.map(|name| name.to_string_lossy().into_owned()).collect();
    assert!(left.iter().all(|name| name.starts_with("log")), "{left:?}");
}

/// Runs it to its end; gives the exit code and what it said.
fn ends(arguments: &[&str], folder: &Path) -> (Option<i32>, String) {
    let output = loket(arguments, folder).output().unwrap();
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[tokio::test]
async fn wrong_arguments_get_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    std::fs::write(folder.path().join("file"), "no folder").unwrap();
    for (arguments, told) in [
        (["--port", port.as_str()], "is al in gebruik"),
        (["--language", "de"], "De taal"),
        (["--template", "factory"], "office, municipality"),
        (["--keep", "file"], "kan niet worden bewaard"),
    ] {
        let (status, said) = ends(&arguments, folder.path());
        assert_eq!((status, said.lines().count()), (Some(2), 1), "{arguments:?}: {said}");
        assert!(said.contains(told), "{said}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left half written");
}
