//! What is heard of the provider's people: everything public, once, and nothing else.

use super::{Deed, Desk, WITH_PHOTO, about, order, photo};
use loket::domain::LocalMoment;
use loket::domain::file::Media;
use loket::domain::provider::News;
use loket::ports::{HandedFile, Handover, Provider, Purpose, Ticket};
use std::collections::BTreeMap;

/// Somebody who asks again and again and keeps what is new by its key, as the desk does.
struct Listener<'s> {
    connector: std::sync::Arc<dyn Provider>,
    mark: Option<String>,
    open: Vec<Ticket>,
    heard: BTreeMap<String, News>,
    order: Vec<String>,
    side: &'s dyn Desk,
}

impl<'s> Listener<'s> {
    async fn to(side: &'s dyn Desk) -> Self {
        let connector = side.connector();
        assert!(connector.tells());
        let first = connector.news(None, &[]).await.unwrap();
        assert_eq!(first.news, [], "an old system does not come in as news");
        Self { connector, mark: first.mark, open: vec![], heard: BTreeMap::new(), order: vec![], side }
    }

    async fn hands_over(&mut self) -> (Handover, String) {
        let order = order();
        let number = self.connector.submit(&order).await.unwrap().number.unwrap();
        self.open.push(Ticket { reference: order.reference.clone(), number: number.clone() });
        (order, number)
    }

    /// What is new, by keys that were not heard before. The same mark again must say at least the same again.
    async fn hears(&mut self) -> Vec<News> {
        let bulletin = self.connector.news(self.mark.as_deref(), &self.open).await.unwrap();
        let again = self.connector.news(self.mark.as_deref(), &self.open).await.unwrap();
        for one in &bulletin.news {
            let same = again.news.iter().find(|other| other.key == one.key);
            // What no transaction tells bears the moment at which it was seen.
            let same = same.map(|same| News { at: one.at, ..same.clone() });
            assert_eq!(same.as_ref(), Some(one), "the same mark says the same");
        }
        self.mark = bulletin.mark;
        let fresh: Vec<News> =
            bulletin.news.into_iter().filter(|one| self.heard.insert(one.key.clone(), one.clone()).is_none()).collect();
        self.order.extend(fresh.iter().map(|one| one.key.clone()));
        fresh
    }

    fn texts(&self) -> Vec<String> {
        self.order.iter().filter_map(|key| self.heard[key].text.clone()).collect()
    }

    fn statuses(&self) -> Vec<String> {
        self.order.iter().filter_map(|key| self.heard[key].status.clone()).collect()
    }
}

/// Words and changes come once, in their order, with whose order they are about.
pub async fn hearing(side: &dyn Desk) {
    let mut listener = Listener::to(side).await;
    let (order, number) = listener.hands_over().await;
    let (stranger, foreign) = (super::order(), side.connector());
    let foreign = foreign.submit(&stranger).await.unwrap().number.unwrap();
    assert_eq!(listener.hears().await, []);

    side.deed(&number, Deed::Status("open")).await;
    side.deed(&number, Deed::Reply("We komen <b>morgen</b> langs; é 🙂".into())).await;
    side.deed(&number, Deed::Comment("GEHEIM: lastige klant".into())).await;
    side.deed(&foreign, Deed::Reply("voor een ander".into())).await;
    side.deed(&number, Deed::Due("2027-01-14")).await;
    let heard = listener.hears().await;
    assert!(heard.iter().all(|one| one.reference.as_ref() == Some(&order.reference)), "{heard:?}");
    assert!(heard.iter().all(|one| one.number.as_ref() == Some(&number) && one.at.timestamp() > 0), "{heard:?}");
    assert_eq!(listener.statuses(), ["open"]);
    assert_eq!(listener.texts(), ["We komen <b>morgen</b> langs; é 🙂"]);
    let said = heard.iter().find(|one| one.text.is_some()).unwrap();
    assert_eq!(said.who.as_deref(), Some("Agent Desk"));
    let noon: LocalMoment = LocalMoment::At("2027-01-14T13:00:00".parse().unwrap());
    assert_eq!(heard.iter().filter_map(|one| one.planned).collect::<Vec<_>>(), [noon], "in the zone of the people");

    let answer = about(&order, &number, Purpose::Answer, "a1");
    listener.connector.submit(&answer).await.unwrap();
    side.deed(&number, Deed::Status("resolved")).await;
    listener.hears().await;
    assert_eq!(listener.hears().await, []);
    assert_eq!(listener.texts().len(), 1, "our own words are no news");
    assert_eq!(listener.statuses(), ["open", "resolved"]);
    let all = format!("{:?}", listener.heard);
    assert!(!all.contains("GEHEIM") && !all.contains("voor een ander"), "{all}");
}

/// What the provider's people send along comes once and whole, what is no photo or document by its name alone; what we sent ourselves,
/// and what they keep among themselves, does not come.
pub async fn enclosing(side: &dyn Desk) {
    let mut listener = Listener::to(side).await;
    let (order, number) = listener.hands_over().await;
    assert_eq!(listener.hears().await, []);
    let own: Vec<&str> = order.reference.split('-').skip(1).take(2).collect();
    let own =
        HandedFile { name: format!("{}-1.jpg", own.join("-")), media: Media::Jpeg, bytes: photo("van ons").into() };
    let ours = Handover { files: vec![own], ..about(&order, &number, Purpose::Files, "f1") };
    listener.connector.submit(&ours).await.unwrap();
    side.deed(&number, Deed::Photo("kraan.jpg")).await;
    side.deed(&number, Deed::HiddenPhoto("GEHEIM.jpg")).await;
    side.deed(&number, Deed::Photo("handleiding.docx")).await;
    listener.hears().await;
    assert_eq!(listener.hears().await, []);
    side.deed(&number, Deed::Status("open")).await;
    listener.hears().await;
    let came: Vec<(&str, &[u8])> = listener
        .order
        .iter()
        .flat_map(|key| &listener.heard[key].files)
        .map(|file| (file.name.as_str(), file.content.as_slice()))
        .collect();
    assert_eq!(came, [("kraan.jpg", photo("kraan.jpg").as_slice()), ("handleiding.docx", &[])]);
    assert_eq!(listener.texts(), [WITH_PHOTO, WITH_PHOTO]);
    assert!(!format!("{:?}", listener.heard).contains("GEHEIM"));
}

/// Nothing is missed and nothing comes twice, however much happened meanwhile.
pub async fn much(side: &dyn Desk) {
    let mut listener = Listener::to(side).await;
    let (_, one) = listener.hands_over().await;
    let (_, other) = listener.hands_over().await;
    side.deed(&one, Deed::Reply("eerste".into())).await;
    side.deed(&other, Deed::Fumble(130)).await;
    for _ in 0..3 {
        side.deed(&other, Deed::Comment("GEHEIM".into())).await;
    }
    side.deed(&other, Deed::Reply("tweede".into())).await;
    side.deed(&one, Deed::Reply("derde".into())).await;
    listener.hears().await;
    assert_eq!(listener.texts(), ["eerste", "tweede", "derde"]);
    // Only what nobody outside may see is the newest now.
    side.deed(&one, Deed::Comment("GEHEIM".into())).await;
    assert_eq!(listener.hears().await, []);
    side.deed(&one, Deed::Reply("vierde".into())).await;
    listener.hears().await;
    assert_eq!(listener.texts(), ["eerste", "tweede", "derde", "vierde"]);
}

/// Tickets that are merged, thrown away or moved out of sight are noticed, while it happens and afterwards.
pub async fn losing_sight(side: &dyn Desk) {
    let mut listener = Listener::to(side).await;
    let (merged, old) = listener.hands_over().await;
    let (_, into) = listener.hands_over().await;
    let (deleted, gone) = listener.hands_over().await;
    let (hidden, away) = listener.hands_over().await;
    listener.hears().await;
    side.deed(&old, Deed::MergeInto(into.clone())).await;
    side.deed(&gone, Deed::Status("deleted")).await;
    side.deed(&away, Deed::Hide).await;
    let heard = listener.hears().await;
    let news_of = |heard: &[News], order: &Handover| -> Vec<(Option<String>, Option<String>)> {
        let ours = heard.iter().filter(|one| one.reference.as_ref() == Some(&order.reference));
        ours.map(|one| (one.number.clone(), one.status.clone())).collect()
    };
    assert!(news_of(&heard, &merged).contains(&(Some(into.clone()), None)), "{heard:?}");
    assert!(news_of(&heard, &deleted).contains(&(Some(gone.clone()), Some("deleted".into()))), "{heard:?}");

    // Somebody who did not hear of it while it happened finds out by looking.
    let mut later = Listener::to(side).await;
    later.open.clone_from(&listener.open);
    let heard = later.hears().await;
    assert!(news_of(&heard, &merged).contains(&(Some(into.clone()), None)), "{heard:?}");
    assert!(news_of(&heard, &deleted).contains(&(Some(gone.clone()), Some("deleted".into()))), "{heard:?}");
    assert!(news_of(&heard, &hidden).contains(&(Some(away.clone()), Some("forbidden".into()))), "{heard:?}");
    assert_eq!(later.hears().await, [], "and once a day is enough");

    // None of them is handed over again, and what is said on the other ticket reaches both orders.
    let number = |order: Handover| {
        let connector = later.connector.clone();
        async move { connector.find(&order).await.unwrap().into_iter().map(|one| one.number.unwrap()).collect::<Vec<_>>() }
    };
    assert_eq!(number(merged.clone()).await, std::slice::from_ref(&into));
    assert_eq!(number(deleted).await, [gone]);
    let telling = about(&merged, &old, Purpose::Answer, "a1");
    assert_eq!(later.connector.submit(&telling).await.unwrap().number.as_ref(), Some(&into));
    later.open.retain(|ticket| ticket.number == into || ticket.number == old);
    for ticket in &mut later.open {
        ticket.number.clone_from(&into);
    }
    later.side.deed(&into, Deed::Reply("voor beide".into())).await;
    later.hears().await;
    assert_eq!(later.texts(), ["voor beide", "voor beide"]);
}
