//! What the invite link asks for is what the adapter needs: with exactly that everything works, and without any one of it something
//! does not.

use crate::discord_adapter::{Desk, account, card, channel_id, connect, impatient, words};
use crate::loopback::Discord as Fake;
use loket::adapters::discord::needs::{INTENTS, PERMISSIONS, Permission};
use loket::domain::Instant;
use loket::ports::{ChatError, Mark, PostKey};
use loket::render::file::File;
use loket::render::message::Message;
use std::sync::Arc;

/// A server in which the bot may do nothing but what its own role says.
fn server(discord: &Fake, allowed: u64) -> u64 {
    let server = discord.server("Linde", "nl");
    discord.change(|world| {
        for role in &mut world.servers.get_mut(&server).unwrap().roles {
            role.permissions = if role.name == "Loket" { allowed } else { 0 };
        }
    });
    server
}

/// Everything that the chat port can do in a server, with what it came to.
async fn a_working_day(allowed: u64) -> Vec<(&'static str, Result<(), ChatError>)> {
    let discord = Fake::start().await;
    let server = server(&discord, allowed);
    let channel = discord.channel(server, "facilitair");
    let anneke = discord.person(server, "Anneke");
    let chat = connect(&discord, &Arc::new(Desk::default()), impatient()).chat;
    let here = channel_id(channel);
    let key = |key: &str| PostKey(key.into());
    let mut done: Vec<(&'static str, Result<(), ChatError>)> = Vec::new();
    let said = discord.says(anneke, channel, "de kraan lekt");
    let under = crate::discord_adapter::at(channel, said);

    let thread = chat.open_thread(&under, "Melding").await;
    let in_thread = match &thread {
        Ok(thread) => chat.post(thread, &words("Klopt dit?"), None, &key("a")).await.map(drop),
        Err(error) => Err(error.clone()),
    };
    done.push(("a thread", thread.map(drop)));
    done.push(("a post in a thread", in_thread));
    let private = chat.open_private(&here, "Vertrouwelijk", &account(anneke)).await;
    done.push(("a private thread", private.map(drop)));
    done.push(("words", chat.post(&here, &words("Even wachten"), Some(&under), &key("b")).await.map(drop)));
    let posted = chat.post(&here, &card(), None, &key("c")).await;
    if let Ok(at) = &posted {
        done.push(("a sign", chat.mark(at, Mark::Yes).await));
        done.push(("an edit", chat.edit(at, &card()).await));
        let found = chat.find(&here, &card(), Instant::UNIX_EPOCH).await;
        done.push((
            "a look at what was said",
            match found {
                Ok(Some(_)) => Ok(()),
                Ok(None) => Err(ChatError::Missing { why: "Discord shows nothing of it".into() }),
                Err(error) => Err(error),
            },
        ));
    }
    done.push(("a card", posted.map(drop)));
    let picture = File::new("week-19.png", File::PNG, b"png".as_slice(), "Nieuw: 3");
    let week = Message { files: vec![picture], ..words("Week 19") };
    done.push(("a picture", chat.post(&here, &week, None, &key("d")).await.map(drop)));
    discord.assert_clean();
    done
}

#[tokio::test]
async fn with_exactly_what_the_link_asks_for_everything_works() {
    for (what, result) in a_working_day(PERMISSIONS).await {
        assert_eq!(result, Ok(()), "{what}");
    }
}

#[tokio::test]
async fn every_permission_that_the_link_asks_for_is_needed() {
    for permission in Permission::ALL {
        let day = a_working_day(PERMISSIONS & !permission.bit()).await;
        assert!(day.iter().any(|(_, result)| result.is_err()), "{permission:?} is asked for and never used");
    }
}

#[tokio::test]
async fn a_session_asks_for_these_intents_and_one_of_them_is_privileged() {
    let discord = Fake::start().await;
    server(&discord, PERMISSIONS);
    let adapter = connect(&discord, &Arc::new(Desk::default()), impatient());
    let running = tokio::spawn(adapter.run);
    discord.online().await;
    let asked = discord.read(|world| world.gateway.sessions.values().next().unwrap().intents);
    running.abort();
    assert_eq!(asked, INTENTS);
    assert_eq!(INTENTS & crate::loopback::intent::PRIVILEGED, crate::loopback::intent::MESSAGE_CONTENT);
}
