//! Messages, threads, people and rules over REST.

use super::*;

#[tokio::test]
async fn mentions_ping_only_whom_the_bot_names() {
    let (discord, server, channel, anneke) = small().await;
    let piet = discord.person(server, "Piet");
    let text = format!("<@{anneke}> en <@{piet}>, graag kijken");
    let message = CreateMessage::new().content(text).allowed_mentions(quiet().users([UserId::new(piet)]));
    let sent = ChannelId::new(channel).send_message(http(&discord), message).await.unwrap();
    assert_eq!(discord.message(sent.id.get()).pings, [piet]);
    discord.assert_clean();
}

#[tokio::test]
async fn a_bot_that_is_thrown_out_loses_access_and_gets_it_back() {
    let (discord, server, channel, anneke) = small().await;
    let _bot = Bot::start(&discord).await;
    discord.online().await;
    let bot = discord.bot();
    discord.removes_member(server, bot);
    let http = http(&discord);
    assert_eq!(code(ChannelId::new(channel).send_message(&http, words("?")).await), (403, 50001));
    assert_eq!(code(http.get_guild(GuildId::new(server)).await), (403, 50001));
    assert_eq!(discord.read(|w| w.limits.invalid), 2);
    discord.invites_bot(server);
    discord.says(anneke, channel, "welkom terug");
    discord.hears(channel, "echo: welkom terug").await;
    discord.deletes_channel(channel);
    assert_eq!(code(ChannelId::new(channel).send_message(&http, words("?")).await), (404, 10003));
}

#[tokio::test]
async fn the_same_nonce_twice_is_one_message() {
    let (discord, _, channel, _) = small().await;
    let http = http(&discord);
    let send = |text: &'static str| {
        let message = words(text).nonce(Nonce::String("abc-1".into())).enforce_nonce(true);
        ChannelId::new(channel).send_message(&http, message)
    };
    let (first, second) = (send("een").await.unwrap(), send("een").await.unwrap());
    assert_eq!(first.id, second.id);
    assert_eq!(discord.messages(channel).len(), 1);
    // After "a few minutes" Discord has forgotten it.
    discord.advance(Duration::from_secs(600));
    assert_ne!(send("een").await.unwrap().id, first.id);
    assert_eq!(discord.messages(channel).len(), 2);
}

#[tokio::test]
async fn messages_threads_reactions_and_files_over_rest() {
    let (discord, server, channel, anneke) = small().await;
    let http = http(&discord);
    let place = ChannelId::new(channel);
    let said = discord.says(anneke, channel, "Graag tien stoelen");
    let upload = super::super::verbs::Upload { name: "foto.png", content_type: "image/png", bytes: b"png" };
    let photo = discord.says_with(anneke, channel, "", &[upload]);

    let found = place.message(&http, photo).await.unwrap();
    let bytes = reqwest::get(&found.attachments[0].url).await.unwrap().bytes().await.unwrap();
    assert_eq!(&bytes[..], b"png");

    let button = CreateButton::new("ok:1").label("Klopt").style(ButtonStyle::Success);
    let embed = CreateEmbed::new().title("Stoelen").field("Aantal", "10", true);
    let file = CreateAttachment::bytes(b"a;b".to_vec(), "lijst.csv").description("de lijst");
    let card = words("").embed(embed).components(vec![CreateActionRow::Buttons(vec![button])]).add_file(file);
    let card = place.send_message(&http, card.reference_message((place, MessageId::new(said)))).await.unwrap();
    assert_eq!(card.attachments[0].description.as_deref(), Some("de lijst"));
    let card_id = card.id.get();
    assert_eq!(discord.message(card_id).reply_to, Some(said));
    assert_eq!(discord.message(card_id).buttons(), ["Klopt"]);
    assert_eq!(discord.message(card_id).text(), "Stoelen\nAantal: 10");

    // A picture that a card shows is no attachment, until an edit forgets to name it: then it is shown twice.
    let picture = || CreateAttachment::bytes(b"png".to_vec(), "week.png").description("drie nieuwe");
    let shows = || CreateEmbed::new().title("Week 19").image("attachment://week.png");
    let week = place.send_message(&http, words("").embed(shows()).add_file(picture())).await.unwrap();
    let counts = |id: Id| (discord.message(id).pictures().count(), discord.message(id).loose().count());
    assert_eq!((week.attachments.len(), counts(week.id.get())), (0, (1, 0)));
    let address = &week.embeds[0].image.as_ref().unwrap().url;
    assert_eq!(&reqwest::get(address).await.unwrap().bytes().await.unwrap()[..], b"png");
    let bare = EditMessage::new().embed(CreateEmbed::new().title("Week 19"));
    place.edit_message(&http, week.id, bare).await.unwrap();
    assert_eq!(counts(week.id.get()), (0, 1));

    place.edit_message(&http, card_id, EditMessage::new().content("nu wel").allowed_mentions(quiet())).await.unwrap();
    assert_eq!(discord.message(card_id).content, "nu wel");
    assert!(discord.message(card_id).edited.is_some());

    let thread = place.create_thread_from_message(&http, said, CreateThread::new("2026-0001 stoelen")).await.unwrap();
    assert_eq!(discord.thread_of(said), Some(thread.id.get()));
    let again = place.create_thread_from_message(&http, said, CreateThread::new("nog eens")).await;
    assert_eq!(code(again), (400, 160_004));
    let hidden = CreateThread::new("vertrouwelijk").kind(serenity::all::ChannelType::PrivateThread);
    let hidden = place.create_thread(&http, hidden).await.unwrap();
    hidden.id.add_thread_member(&http, UserId::new(anneke)).await.unwrap();
    discord.says(anneke, hidden.id.get(), "tussen ons");
    let active = GuildId::new(server).get_active_threads(&http).await.unwrap();
    assert_eq!(active.threads.len(), 2);
    discord.archives(hidden.id.get());
    let archived = place.get_archived_private_threads(&http, None, None).await.unwrap();
    assert_eq!(archived.threads[0].name, "vertrouwelijk");

    let tick = ReactionType::Unicode("✅".into());
    http.create_reaction(place, card.id, &tick).await.unwrap();
    discord.reacts(anneke, card_id, "✅");
    let users = http.get_reaction_users(place, card.id, &tick, 100, None).await.unwrap();
    assert_eq!(users.len(), 2);
    let next = http.get_reaction_users(place, card.id, &tick, 1, Some(users[0].id.get())).await.unwrap();
    assert_eq!(next[0].id, users[1].id);
    http.delete_reaction_me(place, card.id, &tick).await.unwrap();
    assert_eq!(discord.reactors(card_id, "✅"), [anneke]);

    let direct = UserId::new(anneke).create_dm_channel(&http).await.unwrap();
    direct.send_message(&http, words("alleen voor jou")).await.unwrap();
    assert_eq!(discord.messages(discord.direct_of(anneke).unwrap())[0].content, "alleen voor jou");
    discord.closes_dm(anneke, true);
    assert_eq!(code(direct.send_message(&http, words("nog iets")).await), (403, 50007));

    let guild = http.get_guild(GuildId::new(server)).await.unwrap();
    assert_eq!(guild.preferred_locale, "nl");
    assert_eq!(http.get_channels(guild.id).await.unwrap().len(), 1);
    assert_eq!(http.get_guild_roles(guild.id).await.unwrap().len(), 2);
    assert_eq!(http.get_member(guild.id, UserId::new(anneke)).await.unwrap().user.id.get(), anneke);
    assert_eq!(http.get_current_application_info().await.unwrap().name, "Loket");
    assert!(http.get_bot_gateway().await.unwrap().session_start_limit.remaining > 0);
    discord.removes_member(server, anneke);
    assert_eq!(code(http.get_member(guild.id, UserId::new(anneke)).await), (404, 10007));

    place.delete_message(&http, card_id).await.unwrap();
    assert_eq!(code(place.message(&http, card_id).await), (404, 10008));
    discord.revokes_permission(channel, permission::SEND_MESSAGES);
    assert_eq!(code(place.send_message(&http, words("mag niet")).await), (403, 50013));
    discord.revokes_permission(channel, permission::VIEW_CHANNEL);
    assert_eq!(code(place.message(&http, said).await), (403, 50001));
    discord.assert_clean();
}

#[tokio::test]
async fn a_thread_falls_asleep_and_only_a_message_wakes_it() {
    let (discord, _, channel, anneke) = small().await;
    let http = http(&discord);
    let said = discord.says(anneke, channel, "Graag tien stoelen");
    let open = CreateThread::new("stoelen").auto_archive_duration(serenity::all::AutoArchiveDuration::OneHour);
    let thread = ChannelId::new(channel).create_thread_from_message(&http, said, open).await.unwrap().id;
    let card = thread.send_message(&http, words("kaart")).await.unwrap();
    discord.advance(Duration::from_secs(3600));
    assert!(discord.threads(channel)[0].archived);
    let edit = || EditMessage::new().content("kaart 2").allowed_mentions(quiet());
    assert_eq!(code(thread.edit_message(&http, card.id, edit()).await), (400, 50083));
    let tick = ReactionType::Unicode("✅".into());
    assert_eq!(code(http.create_reaction(thread, card.id, &tick).await), (400, 50083));
    thread.send_message(&http, words("er is nieuws")).await.unwrap();
    thread.edit_message(&http, card.id, edit()).await.unwrap();
    assert_eq!(discord.message(card.id.get()).content, "kaart 2");
}

#[tokio::test]
async fn routes_this_world_does_not_have_are_recorded() {
    let (discord, server, ..) = small().await;
    assert_eq!(code(http(&discord).get_guild_vanity_url(GuildId::new(server)).await).0, 404);
    let unknown = reqwest::Client::builder().build().unwrap().get(format!("{}/api/v10/nowhere", discord.base()));
    let unknown = unknown.header("authorization", format!("Bot {}", discord.token()));
    assert!(unknown.send().await.unwrap().status().is_client_error());
    assert_eq!(discord.violations().len(), 2, "{:?}", discord.violations());
}

#[tokio::test]
async fn back_fill_pages_through_the_history() {
    let (discord, _, channel, anneke) = small().await;
    discord.limits(false);
    let http = http(&discord);
    let ids: Vec<Id> = (0..250).map(|n| discord.says(anneke, channel, &n.to_string())).collect();
    let (mut after, mut found) = (ids[9], Vec::new());
    loop {
        let page = ChannelId::new(channel).messages(&http, GetMessages::new().after(after).limit(100)).await.unwrap();
        let Some(newest) = page.first() else { break };
        after = newest.id.get();
        found.extend(page.iter().rev().map(|m| m.id.get()));
    }
    assert_eq!(found, ids[10..]);
    let before = ChannelId::new(channel).messages(&http, GetMessages::new().before(ids[3]).limit(2)).await.unwrap();
    assert_eq!(before.iter().map(|m| m.id.get()).collect::<Vec<_>>(), [ids[2], ids[1]]);
}

#[tokio::test]
async fn what_discord_would_refuse_is_refused_and_recorded() {
    let (discord, _, channel, _) = small().await;
    discord.limits(false);
    let http = http(&discord);
    let place = ChannelId::new(channel);
    let button = |id: &str| CreateButton::new(id).label("Ja");
    let row = |ids: &[&str]| CreateActionRow::Buttons(ids.iter().map(|id| button(id)).collect());
    let fields = (0..6).map(|n| (format!("veld {n}"), "x".repeat(1024), false));
    let bad = vec![
        (words(&"x".repeat(2001)), "2001 characters"),
        (CreateMessage::new().content("@everyone"), "allowed_mentions"),
        (words(""), "empty"),
        (words("a").embed(CreateEmbed::new().title("x".repeat(257))), "257"),
        (words("a").embed(CreateEmbed::new().fields(fields)), "6000"),
        (words("a").components(vec![row(&["1", "1"])]), "used twice"),
        (words("a").components(vec![row(&["1", "2", "3", "4", "5", "6"])]), "6 components"),
        (words("a").components((0..6).map(|n| row(&[&n.to_string()])).collect()), "6 rows"),
        (words("a").nonce(Nonce::String("x".repeat(26))), "26 characters"),
    ];
    for (message, reason) in bad {
        // Past the client's own checks, as a bot's mistake would be.
        assert_eq!(code(http.send_message(place, vec![], &message).await), (400, 50035), "{reason}");
        let recorded = discord.change(|w| std::mem::take(&mut w.violations)).join("\n");
        assert!(recorded.contains(reason), "{reason:?} is not in {recorded:?}");
    }
    let misspelt = json!({"content": "a", "embed": {}, "allowed_mentions": {"parse": []}});
    assert_eq!(code(http.send_message(place, vec![], &misspelt).await), (400, 50035));
    assert!(discord.violations()[0].contains("unknown key embed"));
    assert!(discord.messages(channel).is_empty());
}

#[tokio::test]
async fn discords_own_description_is_asked_when_present() {
    if !super::super::openapi::is_present() {
        return;
    }
    let (discord, _, channel, _) = small().await;
    let wrong = json!({"content": "a", "allowed_mentions": {"parse": []}, "flags": "veel"});
    assert_eq!(code(http(&discord).send_message(channel.into(), vec![], &wrong).await), (400, 50035));
    assert!(discord.violations().iter().any(|v| v.contains("OpenAPI")), "{:?}", discord.violations());
}
