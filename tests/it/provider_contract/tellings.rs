//! What is told about an order later: it stands on the ticket, is found again, and a success that is none is noticed.

use super::proxy::{Fault, Proxy};
use super::{Deed, Desk, LIMIT, about, class, order};
use loket::domain::Trouble;
use loket::ports::{Handover, ProviderError, Purpose};

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
