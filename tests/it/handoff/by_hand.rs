//! A provider that has only a web form: the SPOC carries the order there and says so.

use super::{TAP, asked, last, texts};
use crate::world::{World, stage};
use chrono::Duration;
use loket::domain::provider::NumberForm;
use loket::domain::register::{Connector, Register};
use loket::domain::request::Stage;
use loket::render::message::Action;

fn by_hand(register: &mut Register) {
    let link = Some("https://brink.example/melden".to_owned());
    let number = Some(NumberForm("F####".into()));
    let provider = register.providers.get_mut(&"facilitair".into()).unwrap();
    provider.connector = Connector::Manual { link, number };
}

#[tokio::test]
async fn the_spoc_gets_everything_to_copy_and_records_the_number() {
    let world = World::with(by_hand).await;
    let heard = asked(&world, "alice", TAP).await;
    let request = world.request().await;
    assert!(world.provider.orders().is_empty(), "no program can do it");
    let form = world.posts("spoc").pop().unwrap();
    let reference = request.order().unwrap().reference(&linde(&world));
    for words in ["https://brink.example/melden", "de kraan in de pantry", &reference, "pantry", "Gevraagd door"] {
        assert!(form.text.contains(words), "{words} is not in {}", form.text);
    }
    assert!(world.thread(&heard)[0].text.contains("geeft het door aan Brink Facilitair"));
    assert!(world.commands("sanne", "open", &[]).await.contains("wacht op de SPOC"));

    let refused = world.submits("alice", &form.at, Action::Carried(request.id), "F1234").await;
    assert_eq!(refused.len(), 1, "only a SPOC may say so");
    let refused = world.submits("sanne", &form.at, Action::Carried(request.id), "12-34").await;
    assert!(loket::adapters::local::plain(&refused[0].message).contains("F####"));
    assert_eq!(stage(&world.request().await), "approved");

    assert!(world.submits("sanne", &form.at, Action::Carried(request.id), " f1234 ").await.is_empty());
    let Stage::HandedOver(handed) = world.request().await.stage else { panic!("handed over") };
    assert_eq!(handed.sent.number.as_deref(), Some("f1234"));
    assert!(world.thread_text(&heard).contains("Doorgestuurd naar Brink Facilitair"));
    let form = world.posts("spoc").into_iter().find(|post| post.at == form.at).unwrap();
    assert!(form.text.contains("Doorgegeven aan Brink Facilitair"), "the form shows that it is done: {}", form.text);
    let story = world.commands("sanne", "show", &[("id", &world.number().await.to_string())]).await;
    assert!(story.contains("Sanne") && story.contains("heeft het doorgegeven"), "{story}");
    world.ends().await;
}

#[tokio::test]
async fn a_form_without_a_word_is_brought_up_again_each_day() {
    let world = World::with(by_hand).await;
    asked(&world, "alice", TAP).await;
    let reminders =
        |world: &World| texts(world, "spoc").iter().filter(|text| text.contains("nog niets over genoteerd")).count();
    world.advance(Duration::hours(20)).await;
    assert_eq!(reminders(&world), 0);
    world.advance(Duration::hours(5)).await;
    assert_eq!(reminders(&world), 1);
    world.advance(Duration::days(1)).await;
    assert_eq!(reminders(&world), 2);
    let request = world.request().await;
    let at = world.posts("spoc").pop().unwrap().at;
    world.submits("sanne", &at, Action::Carried(request.id), "").await;
    world.advance(Duration::days(5)).await;
    assert_eq!(reminders(&world), 2, "the number may come later");
    assert_eq!(world.request().await.sent().unwrap().number, None);
    world.ends().await;
}

#[tokio::test]
async fn what_must_be_told_later_is_given_to_the_spoc_in_full() {
    let world = World::with(by_hand).await;
    asked(&world, "alice", TAP).await;
    let request = world.request().await;
    let at = world.posts("spoc").pop().unwrap().at;
    world.submits("sanne", &at, Action::Carried(request.id), "F1234").await;
    let number = world.number().await.to_string();
    world.commands("alice", "cancel", &[("id", &number), ("reason", "al gemaakt")]).await;
    let told = last(&world, "spoc");
    assert!(told.contains("al gemaakt") && told.contains("annuleren"), "{told}");
    let at = world.posts("spoc").pop().unwrap().at;
    world.presses("sanne", &at, Action::Arrived(request.id)).await;
    assert!(world.request().await.untold.is_empty());
    world.ends().await;
}

fn linde(world: &World) -> loket::domain::register::Organisation {
    world.desk.house().register.organisations.get(&crate::world::LINDE.into()).unwrap().clone()
}
