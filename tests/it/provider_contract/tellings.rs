//! What is told about an order later: it stands on the ticket, is found again, and a success that is none is noticed.

use super::proxy::{Fault, Proxy};
use super::{Deed, Desk, LIMIT, about, class, order};
use loket::domain::Trouble;
use loket::domain::file::Media;
use loket::ports::{HandedFile, Handover, ProviderError, Purpose};

/// Cancelling, reopening and answering are said on the ticket, each once.
pub async fn telling(side: &dyn Desk) {
    let (connector, order) = (side.connector(), order());
    let number = connector.submit(&order).await.unwrap().number.unwrap();
    for (purpose, suffix) in [(Purpose::Answer, "a1"), (Purpose::Cancel, "c1"), (Purpose::Reopen, "r1")] {
        let telling = about(&order, &number, purpose, suffix);
        assert_eq!(connector.find(&telling).await, Ok(vec![]), "{purpose:?}");
        let receipt = connector.submit(&telling).await.unwrap();
        assert_eq!(receipt.number.as_deref(), Some(number.as_str()));
        assert_eq!(side.public(&number, &telling.reference).await, std::slice::from_ref(&telling.body), "{purpose:?}");
        assert_eq!(connector.find(&telling).await.unwrap().len(), 1, "{purpose:?}");
    }
    let other = about(&order, &number, Purpose::Answer, "a12");
    assert_eq!(connector.find(&other).await, Ok(vec![]), "a1 is no a12");
    side.deed(&number, Deed::Reply(format!("Op uw bericht:\n> {}", other.body))).await;
    assert_eq!(connector.find(&other).await, Ok(vec![]), "who quotes us says nothing for us");
    assert_eq!(side.kept(&order.reference).await.len(), 1, "no second ticket");
}

/// A lost answer is looked up, and what was not carried out is said once.
pub async fn losing(side: &dyn Desk) {
    let proxy = Proxy::to(side.address()).await;
    let (connector, order) = (side.through(proxy.port, LIMIT), order());
    let number = connector.submit(&order).await.unwrap().number.unwrap();
    for (fault, suffix, said) in
        [(Fault::LoseReply, "a1", 1), (Fault::DropBefore, "a2", 0), (Fault::CutInRequest, "a3", 0)]
    {
        let telling = about(&order, &number, Purpose::Answer, suffix);
        let carried = fault == Fault::LoseReply;
        proxy.next([fault.clone()]);
        assert_eq!(class(&connector.submit(&telling).await), "unknown", "{fault:?}");
        if carried {
            proxy.carried().await;
        }
        assert_eq!(side.public(&number, &telling.reference).await.len(), said, "{fault:?}");
        assert_eq!(connector.find(&telling).await.unwrap().len(), said, "{fault:?}");
    }
    let unread = about(&order, &number, Purpose::Answer, "a4");
    proxy.next([Fault::Through, Fault::DropBefore]);
    assert_eq!(class(&connector.submit(&unread).await), "unknown", "said, and not read back");
    assert_eq!(side.public(&number, &unread.reference).await.len(), 1);
}

/// Without a ticket nobody can be told.
pub async fn nowhere(side: &dyn Desk) {
    let (connector, order) = (side.connector(), order());
    for number in [None, Some("1/comment"), Some(side.no_number())] {
        let telling = Handover { number: number.map(str::to_owned), ..about(&order, "", Purpose::Cancel, "c1") };
        let outcome = connector.submit(&telling).await;
        assert!(
            matches!(&outcome, Err(ProviderError::NeedsPerson { why: Trouble::NumberNeeded { .. } })),
            "{outcome:?}"
        );
    }
    let telling = about(&order, "999999999", Purpose::Cancel, "c1");
    assert!(matches!(class(&connector.submit(&telling).await), "rejected" | "person"));
    assert_eq!(connector.find(&telling).await, Ok(vec![]));
}

/// Photos go along with an order or follow it, each whole; a telling that is repeated after a lost answer is found and not doubled.
pub async fn enclosing(side: &dyn Desk) {
    let proxy = Proxy::to(side.address()).await;
    let connector = side.through(proxy.port, LIMIT);
    let bytes =
        |nth: u8| -> Vec<u8> { (0..=255).cycle().take(40_000).chain([nth, b'\r', b'\n', b'-', b'-']).collect() };
    let photo =
        |nth: u8| HandedFile { name: format!("2026-0041-{nth}.jpg"), media: Media::Jpeg, bytes: bytes(nth).into() };
    let order = Handover { files: vec![photo(1)], ..order() };
    let number = connector.submit(&order).await.unwrap().number.unwrap();
    let along: &[u8] = if side.takes_files_later() { &[] } else { &[1] };
    let expected =
        |nths: &[u8]| -> Vec<(String, Vec<u8>)> { nths.iter().map(|nth| (photo(*nth).name, bytes(*nth))).collect() };
    assert_eq!(side.files(&number).await, expected(along), "with the order");
    let later = Handover { files: vec![photo(2), photo(3)], ..about(&order, &number, Purpose::Files, "f1") };
    connector.submit(&later).await.unwrap();
    let mut all = along.to_vec();
    all.extend([2, 3]);
    assert_eq!(side.files(&number).await, expected(&all), "behind it");
    assert_eq!(side.public(&number, &later.reference).await.len(), 1);
    assert_eq!(connector.find(&later).await.unwrap().len(), 1);
    let broken = Handover { files: vec![photo(4)], ..about(&order, &number, Purpose::Files, "f2") };
    proxy.next([Fault::DropBefore]);
    assert_ne!(class(&connector.submit(&broken).await), "done");
    assert_eq!(connector.find(&broken).await, Ok(vec![]), "nothing was said");
    connector.submit(&broken).await.unwrap();
    all.push(4);
    assert_eq!(side.files(&number).await, expected(&all), "once, after a call that came to nothing");
}
