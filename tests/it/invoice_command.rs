//! `loket invoice FILE`: an administrator lays a bill beside the orders on the command line, and nothing is recorded.

use crate::world::{LINDE, World};
use chrono::Duration;
use loket::domain::OrganisationId;
use loket::ports::Mark;
use loket::render::message::Action;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// An order of twelve chairs at € 150.00 that Bob agreed to; gives its number.
async fn ordered(world: &World) -> String {
    let text = "kunnen we 12 extra stoelen in zaal Eik krijgen, vrijdag om 13 uur?";
    let asked = world.says("alice", "facilitair", text).await;
    let request = world.request().await;
    world.presses("alice", &world.thread(&asked)[0].at.clone(), Action::Confirm(request.id)).await;
    world.reacts("bob", &world.approval_card().at, Mark::Yes).await;
    world.advance(Duration::minutes(2)).await;
    world.number().await.to_string()
}

/// The folder of the office, as an administrator gets it.
fn configured(world: &World) -> PathBuf {
    let folder = world.folder.path().join("config");
    if !folder.exists() {
        let mut init = Command::new(env!("CARGO_BIN_EXE_loket"));
        assert!(init.args(["init", "--template", "office"]).arg(&folder).output().unwrap().status.success());
    }
    folder
}

fn invoice(world: &World, file: &Path, more: &[&str]) -> Output {
    let database = format!("sqlite:{}", world.folder.path().join("world.db").display());
    Command::new(env!("CARGO_BIN_EXE_loket"))
        .arg("invoice")
        .arg(file)
        .args(more)
        .env_clear()
        .env("LANG", "nl_NL.UTF-8")
        .env("LOKET_CONFIG", configured(world))
        .env("LOKET_DATABASE", database)
        .output()
        .unwrap()
}

fn write(world: &World, name: &str, bill: &str) -> PathBuf {
    let path = world.folder.path().join(name);
    std::fs::write(&path, bill).unwrap();
    path
}

async fn rows(world: &World) -> u64 {
    world.store.verify(&OrganisationId::new(LINDE)).await.unwrap()
}

const WHOSE: [&str; 4] = ["--provider", "facilitair", "--organisation", "linde"];

#[tokio::test]
async fn a_bill_is_laid_beside_the_orders_and_nothing_is_recorded() {
    let world = World::open().await;
    let number = ordered(&world).await;
    let before = rows(&world).await;
    let bill = format!(
        "factuurnummer;factuurdatum;opdracht;omschrijving;bedrag excl. btw\n\
         F-1;09-03-2026;{number};Stoelen zaal Eik;150,00\n\
         F-1;09-03-2026;;Schoonmaak kelder;80,00\n"
    );
    let output = invoice(&world, &write(&world, "rekening.csv", &bill), &WHOSE);
    let told = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{told} {}", String::from_utf8_lossy(&output.stderr));
    assert!(told.contains(&number) && told.contains("150,00"), "{told}");
    let (right, unknown) =
        (told.find("klopt").or(told.find("Klopt")), told.to_lowercase().find("geen opdracht bekend"));
    assert!(right < unknown, "{told}");
    assert!(told[unknown.unwrap()..].contains("Schoonmaak kelder"), "{told}");
    assert_eq!(rows(&world).await, before, "nothing was recorded");
    world.ends().await;
}

#[tokio::test]
async fn what_cannot_be_read_or_is_not_clear_is_one_sentence() {
    let world = World::open().await;
    let said = |output: Output| {
        assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stdout));
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(told.trim_end().lines().count(), 1, "{told}");
        told
    };
    let bill = write(&world, "rekening.csv", "factuurnummer;omschrijving;bedrag excl. btw\nF-1;Kraan;80,00\n");
    let told = said(invoice(&world, &bill, &[]));
    assert!(told.contains("--provider") && told.contains("facilitair, ict"), "{told}");
    let told = said(invoice(&world, &bill, &WHOSE[..2]));
    assert!(told.contains("--organisation") && told.contains("linde, merel"), "{told}");
    let told = said(invoice(&world, &bill, &["--provider", "fasilitair"]));
    assert!(told.contains("\"fasilitair\" is niet bekend") && told.contains("facilitair"), "{told}");
    said(invoice(&world, &write(&world, "leeg.csv", ""), &WHOSE));
    said(invoice(&world, &write(&world, "half.xml", "<Invoice><a>"), &WHOSE));
    said(invoice(&world, Path::new("/nergens/rekening.csv"), &WHOSE));
    world.ends().await;
}
