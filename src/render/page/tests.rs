//! The pages, read as a strict browser would read them.

use super::board::{Board, Filters, board};
use super::layout::STYLE;
use super::request::{Whole, request, shows};
use super::{Links, Sorry, sorry};
use crate::domain::request::command::{Report, Via};
use crate::domain::request::{Command, Progress, StageName, Summary, Tally, WaitsFor};
use crate::domain::{Bilingual, Instant, Kind, Lang, Number, Private, Urgency};
use crate::render::View;
use crate::render::message::{Piece, Rich};
use crate::render::samples::{CHAIRS, Story, chairs, noon, register};
use crate::render::words::{Words, clean};
use std::collections::{BTreeMap, BTreeSet};

const PASS: &str = "AbC-_9";
const TAGS: [&str; 40] = [
    "html", "head", "meta", "title", "style", "body", "a", "header", "footer", "main", "nav", "ul", "ol", "li", "p",
    "strong", "span", "h1", "h2", "form", "div", "label", "select", "option", "input", "button", "table", "thead",
    "tbody", "tr", "th", "td", "time", "section", "dl", "dt", "dd", "bdi", "br", "!doctype",
];
const ATTRIBUTES: [&str; 27] = [
    "lang",
    "charset",
    "name",
    "content",
    "class",
    "href",
    "hreflang",
    "rel",
    "id",
    "tabindex",
    "aria-label",
    "aria-current",
    "aria-labelledby",
    "aria-hidden",
    "role",
    "method",
    "for",
    "value",
    "selected",
    "checked",
    "type",
    "maxlength",
    "scope",
    "data-head",
    "colspan",
    "datetime",
    "html",
];

/// A tag as a browser sees it: its name in lower case, and its attributes.
struct Tag {
    name: String,
    attributes: BTreeMap<String, String>,
}

impl Tag {
    fn get(&self, name: &str) -> &str {
        self.attributes.get(name).map(String::as_str).unwrap_or_default()
    }
}

/// The tags of a page and its texts. Everything that begins a tag must be one that the templates write.
fn read(page: &str) -> (Vec<Tag>, String) {
    let (head, rest) = page.split_once("<style>").expect("the style stands in the page");
    let (style, rest) = rest.split_once("</style>").expect("the style ends");
    assert_eq!(style, STYLE, "the style is the one of which the hash is known");
    let (mut tags, mut texts) = (Vec::new(), String::new());
    for part in [head, rest] {
        let mut left = part;
        while let Some((text, tail)) = left.split_once('<') {
            texts.push_str(text);
            let (tag, tail) = one(tail);
            tags.extend(tag);
            left = tail;
        }
        texts.push_str(left);
    }
    assert!(!texts.contains('>'), "a sharp bracket outside a tag: {texts}");
    (tags, unescaped(&texts))
}

/// A tag up to its end, and what follows. A closing tag gives none.
fn one(tail: &str) -> (Option<Tag>, &str) {
    let end = tail.find(|c: char| c.is_whitespace() || c == '>').expect("a tag ends");
    let (name, mut left) = tail.split_at(end);
    let closes = name.starts_with('/');
    let name = name.trim_start_matches('/').to_lowercase();
    assert!(TAGS.contains(&name.as_str()), "a tag that no template writes: {name}");
    let mut attributes = BTreeMap::new();
    loop {
        left = left.trim_start();
        if let Some(rest) = left.strip_prefix('>') {
            return ((!closes).then_some(Tag { name, attributes }), rest);
        }
        let end = left.find(|c: char| c.is_whitespace() || c == '>' || c == '=').expect("an attribute ends");
        let (key, rest) = left.split_at(end);
        assert!(ATTRIBUTES.contains(&key.to_lowercase().as_str()), "an attribute that no template writes: {key}");
        match rest.strip_prefix("=\"") {
            Some(quoted) => {
                let (value, rest) = quoted.split_once('"').expect("a quoted value ends");
                attributes.insert(key.to_lowercase(), unescaped(value));
                left = rest;
            }
            None => {
                attributes.insert(key.to_lowercase(), String::new());
                left = rest;
            }
        }
    }
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// Every link leads to a page of our own.
fn own_links(tags: &[Tag]) {
    for tag in tags.iter().filter(|tag| tag.attributes.contains_key("href")) {
        let path = tag.get("href").split('?').next().unwrap();
        let path = path.trim_start_matches("../");
        let number = path.strip_prefix(PASS).and_then(|rest| rest.strip_prefix('/'));
        let report = |page: &str| ["agenda/", "week", "quarter"].iter().any(|one| page.starts_with(one));
        let ours = number.is_some_and(|page| page.parse::<Number>().is_ok() || report(page));
        let known = path.is_empty() || path == "#main" || path == PASS || ours;
        assert!(known && tag.name == "a", "{} leads to {}", tag.name, tag.get("href"));
    }
}

fn links(up: &'static str) -> Links<'static> {
    Links { pass: PASS, lang: None, up }
}

fn row(sequence: u32) -> Summary {
    Summary {
        number: Some(Number { year: 2026, sequence }),
        stage: StageName::HandedOver,
        waits_for: WaitsFor::Provider,
        kind: Some(Kind::Incident),
        item: Some("fac.plumbing".into()),
        provider: Some("facilitair".into()),
        token: None,
        ticket: None,
        urgency: Urgency::Normal,
        requester: Some("local:alice".into()),
        conversation: None,
        due_at: Some("2026-05-21T22:00:00Z".parse().unwrap()),
        opened_at: noon(),
        changed_at: noon(),
        closed_at: None,
    }
}

fn until() -> Instant {
    "2026-05-15T00:30:00Z".parse().unwrap()
}

fn board_of(view: &View<'_>, filters: &Filters, rows: &[(Summary, bool)], next: Option<&str>) -> String {
    let tally = [
        Tally { waits_for: WaitsFor::Provider, open: 4, late: 1 },
        Tally { waits_for: WaitsFor::Loket, open: 2, late: 0 },
    ];
    let shown = Board { links: links(""), filters, rows, tally: &tally, next, goes_on: next.is_some(), until: until() };
    board(view, &shown)
}

fn request_of(story: &Story) -> String {
    let whole =
        Whole { links: links("../"), request: story.request(), events: &story.events, waiting: &[], until: until() };
    request(&story.view(), &whole)
}

fn filters(pairs: &[(&str, &str)]) -> Filters {
    let pairs: Vec<(String, String)> = pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    Filters::read(&pairs)
}

/// Pages of a life in which every name and every word is this one.
fn pages_with(words: &str) -> Vec<String> {
    let mut register = register();
    register.providers.values_mut().for_each(|provider| provider.name = words.to_owned());
    let organisation = register.organisations.values_mut().next().unwrap();
    organisation.people.values_mut().for_each(|person| person.name = words.to_owned());
    organisation.name = words.to_owned();
    register.policy.iter_mut().for_each(|rule| rule.name = words.to_owned());
    let items = register.catalogue.items().cloned().map(|mut item| {
        item.name = Bilingual { nl: words.to_owned(), en: words.to_owned() };
        item.clause = Some(words.to_owned());
        item
    });
    register.catalogue = crate::domain::catalogue::Catalogue::new(items.collect::<Vec<_>>()).unwrap();
    let why = Some(Private::new(words));
    let progress =
        Command::Report { report: Report::Progress(Progress::Working), number: Some(words.into()), note: why.clone() };
    let mut content = chairs();
    content.held_back.clear();
    let sent = Story::with(register.clone(), words, content.clone(), true, "alice").sent().does("provider", progress);
    let settled = Story::with(register, words, content, true, "alice").wait(1).does("alice", Command::Confirm);
    let declined = settled.does("bob", Command::Decline { revision: 1, via: Via::Button, why });
    let narrowed = filters(&[("text", words), ("item", words), ("provider", words), ("after", words), (words, words)]);
    let rows = [(row(1), true), (Summary { item: Some(words.into()), provider: Some(words.into()), ..row(2) }, false)];
    vec![
        request_of(&sent),
        request_of(&declined),
        board_of(&sent.view(), &narrowed, &rows, Some(words)),
        board_of(&sent.view(), &narrowed, &[], None),
    ]
}

#[test]
fn no_markup_of_anybody_survives_and_every_word_does() {
    for attack in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)' x='",
        "</style></title></select><iframe src=//kwaad.example>",
        "<!--<b>&lt;&amp;--><![CDATA[x]]>",
        "javascript:alert(1) [klik](https://kwaad.example)",
        "<a href=\"https://kwaad.example\">Inloggen</a>",
    ] {
        for page in pages_with(attack) {
            let (tags, texts) = read(&page);
            own_links(&tags);
            let said = |tag: &Tag| tag.attributes.values().any(|value| value.contains(&clean(attack)));
            assert!(texts.contains(&clean(attack)) || tags.iter().any(said), "{attack} is shown nowhere");
        }
    }
}

#[test]
fn what_people_wrote_is_isolated_and_only_addresses_of_the_web_are_links() {
    let rich = |piece: Piece| super::html::rich(&Rich(vec![piece])).into_string();
    assert_eq!(rich(Piece::Said("a <b>\nc".into())), "<bdi>a &lt;b&gt;<br>c</bdi>");
    assert_eq!(rich(Piece::Strong("7".into())), "<strong>7</strong>");
    assert_eq!(rich(Piece::Person("discord:42".into())), "<bdi>@42</bdi>");
    let url = |address: &str| Piece::Url { text: "Bord".into(), address: address.into() };
    assert_eq!(rich(url("https://loket.example/b/x")), "<a href=\"https://loket.example/b/x\">Bord</a>");
    for wrong in ["javascript:alert(1)", "data:text/html,x", "//kwaad.example", " https://kwaad.example"] {
        assert_eq!(rich(url(wrong)), "Bord", "{wrong}");
    }
}

#[test]
fn a_page_needs_no_script_and_nothing_from_elsewhere() {
    let story = Story::chairs().sent();
    let words = Words::new();
    let rows = [(row(1), false)];
    let mut pages = vec![request_of(&story), board_of(&story.view(), &Filters::default(), &rows, Some("1.2"))];
    pages.extend(
        [Sorry::NoPass, Sorry::Expired, Sorry::Nothing, Sorry::ReadOnly, Sorry::NotNow]
            .map(|why| sorry(&words, Lang::En, why)),
    );
    for page in pages {
        let (tags, _) = read(&page);
        for tag in &tags {
            assert!(!["script", "link", "img", "iframe", "object"].contains(&tag.name.as_str()));
            assert!(tag.attributes.keys().all(|name| !name.starts_with("on") && name != "style" && name != "src"));
        }
    }
    assert!(!STYLE.contains("url(") && !STYLE.contains("@import") && !STYLE.contains('<'), "the style fetches nothing");
}

#[test]
fn a_page_is_in_one_language_with_its_landmarks_and_a_way_past_its_head() {
    let story = Story::chairs().sent();
    for (lang, code) in [(Lang::Nl, "nl"), (Lang::En, "en")] {
        let view = View { lang, ..story.view() };
        let page = board_of(&view, &Filters::default(), &[(row(1), false), (row(2), true)], Some("1.2"));
        let (tags, texts) = read(&page);
        let of = |name: &str| tags.iter().filter(|tag| tag.name == name).collect::<Vec<_>>();
        assert_eq!(of("html")[0].get("lang"), code);
        for once in ["main", "h1", "title", "header", "footer"] {
            assert_eq!(of(once).len(), 1, "{once}");
        }
        // Who walks with the tab key first meets the way past the head.
        let stops: Vec<&Tag> =
            tags.iter().filter(|tag| ["a", "select", "input", "button"].contains(&tag.name.as_str())).collect();
        assert_eq!(stops[0].get("href"), "#main");
        assert!(tags.iter().all(|tag| ["", "-1"].contains(&tag.get("tabindex"))), "the order is that of the page");
        // Each control has its label, each list of links its name.
        let labelled: BTreeSet<&str> = of("label").iter().map(|label| label.get("for")).collect();
        for control in of("select").into_iter().chain(of("input")) {
            assert!(labelled.contains(control.get("id")), "{} has no label", control.get("name"));
        }
        assert!(of("nav").iter().all(|nav| !nav.get("aria-label").is_empty()));
        // Every cell says its column, since a narrow screen shows no heads.
        assert_eq!(of("th").iter().filter(|head| head.get("scope") == "col").count(), 7);
        assert_eq!(of("td").len(), 12);
        assert!(of("td").iter().all(|cell| !cell.get("data-head").is_empty()));
        let other = if lang == Lang::Nl { "English" } else { "Nederlands" };
        assert!(texts.contains(other), "{texts}");
        assert!(!texts.contains("page-"), "a key without words: {texts}");
    }
}

#[test]
fn the_board_says_who_must_act_since_when_and_what_is_late() {
    let story = Story::chairs().sent();
    let late = Summary {
        due_at: Some(noon() - chrono::Duration::hours(1)),
        provider: None,
        waits_for: WaitsFor::Approvers,
        ..row(2)
    };
    let draft = Summary {
        number: None,
        item: None,
        kind: None,
        provider: None,
        due_at: None,
        waits_for: WaitsFor::Requester,
        ..row(3)
    };
    let page = board_of(&story.view(), &Filters::default(), &[(row(1), false), (late, true), (draft, false)], None);
    let (tags, texts) = read(&page);
    for words in [
        "2026-0001",
        "Sanitair en lekkage",
        "Melding",
        "Brink Facilitair",
        "de goedkeurders",
        "donderdag 14 mei",
        // Of a whole day the day itself is shown, not the midnight at its end.
        "donderdag 21 mei",
        "donderdag 14 mei om 13:30",
        "te laat",
        "nog niet alles geplaatst",
        "concept",
        "6 open",
        "4 bij de uitvoerder",
        "1 te laat",
        "werkt tot vrijdag 15 mei om 02:30",
    ] {
        assert!(texts.contains(words), "{words} is missing in {texts}");
    }
    let addresses: Vec<&str> = tags.iter().map(|tag| tag.get("href")).filter(|href| !href.is_empty()).collect();
    assert!(addresses.contains(&"AbC-_9/2026-0001"), "{addresses:?}");
    assert!(addresses.contains(&"AbC-_9?waits=provider"), "{addresses:?}");
    own_links(&tags);
}

#[test]
fn of_a_confidential_request_the_board_shows_number_and_service_alone() {
    let mut story = Story::chairs().sent();
    let items = story.register.catalogue.items().cloned().map(|mut item| {
        item.confidential = true;
        item
    });
    story.register.catalogue = crate::domain::catalogue::Catalogue::new(items.collect::<Vec<_>>()).unwrap();
    let late = Summary { due_at: Some(noon() - chrono::Duration::days(40)), ..row(1) };
    let page = board_of(&story.view(), &Filters::default(), &[(late, false)], None);
    let body = page.split("<tbody").nth(1).and_then(|rest| rest.split("</tbody>").next()).unwrap();
    for shown in ["2026-0001", "Sanitair en lekkage", "vertrouwelijk"] {
        assert!(body.contains(shown), "{shown}");
    }
    for hidden in ["Melding", "Brink", "mei", "april", "te laat", "class=\"late\""] {
        assert!(!body.contains(hidden), "{hidden} in {body}");
    }
}

#[test]
fn a_filter_stays_while_one_turns_pages_and_changes_the_language() {
    let story = Story::chairs();
    let narrowed = filters(&[
        ("waits", "provider"),
        ("text", "café & \"thee\" #2"),
        ("stage", ""),
        ("overdue", "false"),
        ("mine", "true"),
    ]);
    assert_eq!(narrowed.get("stage"), None);
    assert_eq!(narrowed.get("overdue"), None, "only yes is yes");
    let kept = Board { links: Links { lang: Some(Lang::En), ..links("") }, ..shown(&narrowed) };
    let (tags, _) = read(&board(&story.view(), &kept));
    let hrefs: Vec<&str> = tags.iter().map(|tag| tag.get("href")).collect();
    let words = "mine=true&text=caf%C3%A9+%26+%22thee%22+%232&waits=provider";
    assert!(hrefs.contains(&format!("AbC-_9?{words}&after=5.6&lang=en").as_str()), "{hrefs:?}");
    assert!(hrefs.contains(&format!("?{words}&lang=en").as_str()), "the story is in Dutch: {hrefs:?}");
    let input = |name: &str| tags.iter().find(|tag| tag.get("name") == name).unwrap();
    assert_eq!(input("text").get("value"), "café & \"thee\" #2");
    assert!(input("mine").attributes.contains_key("checked") && !input("overdue").attributes.contains_key("checked"));
    assert_eq!(input("lang").get("value"), "en");
    let chosen: Vec<&str> =
        tags.iter().filter(|tag| tag.attributes.contains_key("selected")).map(|tag| tag.get("value")).collect();
    assert_eq!(chosen, ["provider"]);
}

fn shown(filters: &Filters) -> Board<'_> {
    Board { links: links(""), filters, rows: &[], tally: &[], next: Some("5.6"), goes_on: false, until: until() }
}

#[test]
fn unknown_and_endless_values_of_filters_are_dropped_or_cut() {
    let long = "x".repeat(5_000);
    let read = filters(&[
        ("stage", "closed"),
        ("waits", "loket"),
        ("text", &long),
        ("nothing", "1"),
        ("item", " \u{202e}\0 "),
    ]);
    assert_eq!(read.get("text").map(str::len), Some(100));
    assert_eq!((read.get("stage"), read.get("waits"), read.get("item"), read.get("nothing")), (None, None, None, None));
}

#[test]
fn a_request_tells_its_whole_story_and_nothing_that_is_held_back() {
    let progress = Command::Report {
        report: Report::Progress(Progress::Working),
        number: None,
        note: Some(Private::new("morgen om tien uur")),
    };
    let story = Story::chairs().sent().does("provider", progress);
    let (tags, texts) = read(&request_of(&story));
    for words in [
        "2026-0041",
        "twaalf stoelen",
        "Vergaderruimte Eik",
        "Gevraagd door",
        "Beslissing",
        "akkoord van Bob",
        "regel “bestellingen”",
        "Overdracht",
        "BF-7781",
        "LINDE-2026-0041",
        "Verloop",
        "doorgestuurd naar Brink Facilitair",
        "morgen om tien uur",
    ] {
        assert!(texts.contains(words), "{words} is missing in {texts}");
    }
    assert!(!texts.contains("rugklachten"), "{texts}");
    own_links(&tags);
    assert!(tags.iter().any(|tag| tag.get("href") == "../AbC-_9"), "there is a way back to the board");
    let (view, events) = (story.view(), &story.events);
    for found in ["STOELEN", "brink", "morgen om", "bestellingen"] {
        assert!(shows(&view, story.request(), events, found), "{found}");
    }
    for hidden in ["rugklachten", "koffie"] {
        assert!(!shows(&view, story.request(), events, hidden), "{hidden}");
    }
}

#[test]
fn long_words_are_shown_whole() {
    let text = format!("{CHAIRS} {}", "en nog iets. ".repeat(200));
    let mut content = chairs();
    content.held_back.clear();
    content.about = crate::domain::Span::new(0, text.len());
    let story = Story::with(register(), &text, content, true, "alice");
    assert!(read(&request_of(&story)).1.contains(text.trim()), "a page has room that a chat message has not");
}

#[test]
fn a_page_that_is_not_there_names_nobody() {
    let words = Words::new();
    for lang in [Lang::Nl, Lang::En] {
        for why in [Sorry::NoPass, Sorry::Expired, Sorry::Nothing, Sorry::ReadOnly, Sorry::NotNow] {
            let (tags, texts) = read(&sorry(&words, lang, why));
            assert!(!texts.contains("Linde") && !texts.contains("sorry-"), "{texts}");
            assert_eq!(tags.iter().filter(|tag| tag.name == "h1").count(), 1);
        }
    }
}

/// The colours of a theme, by name.
fn colours(block: &str) -> BTreeMap<&str, [f64; 3]> {
    let declared = block.split(';').filter_map(|line| line.trim().strip_prefix("--")?.split_once(": #"));
    declared
        .map(|(name, hex)| {
            let channel = |at: usize| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
            (name, [channel(0), channel(2), channel(4)])
        })
        .collect()
}

/// The ratio of two colours as WCAG 2.2 defines it.
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let linear = |c: f64| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) };
    let light = |[r, g, b]: [f64; 3]| 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    let (one, other) = (light(one), light(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_text_stands_out_against_what_is_behind_it_in_every_theme() {
    let blocks: Vec<&str> = STYLE.split(":root {").skip(1).map(|rest| rest.split('}').next().unwrap()).collect();
    assert_eq!(blocks.len(), 3, "light, dark and paper");
    for block in blocks {
        let block =
            block.split("color-scheme: light;").last().unwrap().split("color-scheme: light dark;").last().unwrap();
        let theme = colours(block);
        for (text, behind, least) in [
            ("ink", "paper", 7.0),
            ("ink", "panel", 7.0),
            ("soft", "paper", 4.5),
            ("soft", "panel", 4.5),
            ("link", "paper", 4.5),
            ("link", "panel", 4.5),
            ("alarm", "paper", 4.5),
            ("alarm", "panel", 4.5),
            ("alarm", "alarm-paper", 4.5),
            ("attention", "paper", 4.5),
            ("on-focus", "focus", 4.5),
            // The edge of a control, and the ring around what has the focus.
            ("edge", "paper", 3.0),
            ("edge", "panel", 3.0),
            ("focus", "paper", 3.0),
            ("focus", "panel", 3.0),
            ("good", "paper", 3.0),
        ] {
            let ratio = contrast(theme[text], theme[behind]);
            assert!(ratio >= least, "{text} on {behind}: {ratio:.2}, wanted {least}");
        }
    }
}
