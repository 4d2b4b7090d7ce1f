//! Commands, buttons, forms.

use super::*;

async fn register(discord: &Discord, server: Id) -> Vec<Command> {
    let option = CreateCommandOption::new(CommandOptionType::String, "wat", "wat te tonen").set_autocomplete(true);
    let commands = vec![
        CreateCommand::new("show").description("toont iets").name_localized("nl", "toon").add_option(option),
        CreateCommand::new("later").description("duurt even"),
        CreateCommand::new("Maak er een verzoek van").kind(CommandType::Message),
    ];
    GuildId::new(server).set_commands(http(discord), commands).await.unwrap()
}

#[tokio::test]
async fn commands_are_registered_typed_completed_and_answered() {
    let (discord, server, channel, anneke) = small().await;
    let _bot = Bot::start(&discord).await;
    discord.online().await;
    let first = register(&discord, server).await;
    let again = register(&discord, server).await;
    assert_eq!(first[0].id, again[0].id, "the same command keeps its id");

    let typed = discord.types(anneke, channel, "/toon", &[("wat", json!("alles"))]);
    let answer = discord.answered(typed).await;
    assert_eq!(answer.text(), "alles");
    assert!(answer.first.unwrap().after < Duration::from_secs(3));

    let choices = discord.completes(anneke, channel, "/show", &[("wat", json!("20"))]).await;
    assert_eq!(choices, [("20…".to_owned(), json!("20-1"))]);

    let message = discord.says(anneke, channel, "Graag een whiteboard");
    let used = discord.uses_on_message(anneke, "Maak er een verzoek van", message);
    assert_eq!(discord.answered(used).await.text(), "Graag een whiteboard");

    let later = discord.types(anneke, channel, "/later", &[]);
    let more = |w: &World| Some(w.answers(later)).filter(|a| !a.followups.is_empty());
    let answer = discord.wait_for("the follow-up", more).await;
    let first = answer.first.as_ref().unwrap();
    assert!(first.is_deferred() && first.is_ephemeral());
    assert_eq!(answer.text(), "klaar\nen nog iets");
    assert!(discord.messages(channel).iter().all(|m| m.content != "klaar"), "only Anneke sees it");
    discord.assert_clean();
}

#[tokio::test]
async fn buttons_open_forms_and_update_their_message() {
    let (discord, _, channel, anneke) = small().await;
    let _bot = Bot::start(&discord).await;
    discord.online().await;
    let buttons = vec![CreateButton::new("yes").label("Klopt"), CreateButton::new("form").label("Niet akkoord")];
    let card = words("kaart").components(vec![CreateActionRow::Buttons(buttons)]);
    let card = ChannelId::new(channel).send_message(http(&discord), card).await.unwrap().id.get();

    let pressed = discord.presses(anneke, card, "Niet akkoord");
    let answer = discord.answered(pressed).await;
    assert_eq!(answer.form.unwrap()["title"], "Waarom");
    let sent = discord.submits_form(pressed, &[("Reden", "te duur")]);
    let answer = discord.answered(sent).await;
    assert_eq!(answer.text(), "te duur");
    assert_eq!(answer.original.unwrap().ephemeral_to, Some(anneke));

    let pressed = discord.presses(anneke, card, "yes");
    discord.answered(pressed).await;
    assert_eq!(discord.message(card).content, "gedaan");
    assert!(discord.message(card).buttons().is_empty());
    discord.assert_clean();
}

#[tokio::test]
async fn an_interaction_takes_one_answer_and_its_token_ends() {
    let (discord, server, channel, anneke) = small().await;
    register(&discord, server).await;
    let http = http(&discord);
    let typed = discord.types(anneke, channel, "/later", &[]);
    let token = discord.read(|w| w.interactions[&typed.0].token.clone());
    let answer = json!({"type": 5});
    http.create_interaction_response(typed.0.into(), &token, &answer, vec![]).await.unwrap();
    let late = discord.types(anneke, channel, "/later", &[]);
    let late_token = discord.read(|w| w.interactions[&late.0].token.clone());
    discord.keeps_waiting(late, Duration::from_secs(3));
    assert_eq!(code(http.create_interaction_response(late.0.into(), &late_token, &answer, vec![]).await), (404, 10062));
    let second = http.create_interaction_response(typed.0.into(), &token, &answer, vec![]).await;
    assert_eq!(code(second), (400, 40060));
    let edit = json!({"content": "a", "allowed_mentions": {"parse": []}});
    http.edit_original_interaction_response(&token, &edit, vec![]).await.unwrap();
    discord.advance(Duration::from_secs(15 * 60));
    assert_eq!(code(http.edit_original_interaction_response(&token, &edit, vec![]).await), (401, 50027));
}
