//! What did not get through, as the SPOC reads it, in both languages.

use super::Life;
use crate::domain::effect::{Audience, Effect, Notice, Telling};
use crate::domain::request::{Command, Event};
use crate::domain::{Lang, Private, Trouble};
use crate::render::answer;
use crate::render::samples::{Story, on_paper};
use crate::render::spoc::channel_refuses;
use crate::render::undelivered::Undelivered;

/// A cancellation that the provider does not hear of.
fn untold(lang: Lang) -> String {
    let mut life = Life::new(lang);
    let cancelled = || Story::tap().sent().does("alice", Command::Cancel { why: Some(Private::new("al gemaakt")) });
    let what = Telling::Cancel { seq: cancelled().events.last().unwrap().seq };
    let why = Some(Trouble::MailSilence { server: "mail.example:587".into() });
    let story = life.read(cancelled().happens(Event::NotTold { what, certain: true, why }), Notice::NotTold { seq: 0 });
    let story = life.read(story, Notice::Card);
    let told = Event::ProviderTold { what, by: Some("local:sanne".into()) };
    let story = story.happens(Event::ToldAgain { what, by: "local:sanne".into() }).happens(told);
    let again = Event::NotTold { what: Telling::Reopen { seq: 0 }, certain: false, why: None };
    let story = life.read(story.happens(again), Notice::NotTold { seq: 0 });
    let (card, talk) = (
        Effect::Post { to: Audience::Approvers, notice: Notice::ApprovalCard { revision: 1 } },
        Effect::OpenConversation,
    );
    let since = story.now;
    let waiting = [
        Undelivered { effect: &card, since, given_up: false, why: Some("403 (50001) Missing Access") },
        Undelivered { effect: &talk, since, given_up: true, why: Some("403 (50007) Cannot send") },
    ];
    let shown = answer::show(&story.view(), story.request(), &story.events, &waiting);
    let newest: Vec<String> = shown.text.plain().lines().rev().take(6).map(str::to_owned).collect();
    life.paper.push(newest.into_iter().rev().collect::<Vec<_>>().join("\n"));
    life.paper.push(on_paper(&channel_refuses(&story.view(), &"discord:500".into(), "403 (50001) Missing Access")));
    life.done()
}

#[test]
fn what_did_not_get_through_in_dutch() {
    insta::assert_snapshot!(untold(Lang::Nl), @r"
    @sanne *2026-0041* · Het is niet gelukt om Brink Facilitair te vragen dit te annuleren.
    Sanitair en lekkage, van Alice: “De kraan in de pantry eerste verdieping lekt, kan iemand kijken?”
    Mailserver mail.example:587 geeft geen antwoord.
    Bel Brink Facilitair en druk dan op Is aangekomen, of geef het opnieuw door met Opnieuw sturen of /opnieuw.
    [Opnieuw sturen] [Is aangekomen]
    notifies local:sanne

    == 2026-0041 · Melding: Sanitair en lekkage ==
    Het is niet gelukt om Brink Facilitair te vragen dit te annuleren. Sanne zoekt het uit.
    Wat: De kraan in de pantry eerste verdieping lekt, kan iemand kijken?
    Waar: Pantry eerste verdieping
    Kosten: in het pakket (DVO 3.2)
    Hun nummer: BF-7781

    @sanne *2026-0041* · Het is niet zeker of Brink Facilitair weet dat het nog niet is opgelost.
    Sanitair en lekkage, van Alice: “De kraan in de pantry eerste verdieping lekt, kan iemand kijken?”
    Bel Brink Facilitair en druk dan op Is aangekomen, of geef het opnieuw door met Opnieuw sturen of /opnieuw.
    [Opnieuw sturen] [Is aangekomen]
    notifies local:sanne

    donderdag 14 mei om 14:32: Het is niet gelukt om Brink Facilitair te vragen dit te annuleren.
    donderdag 14 mei om 14:32: Sanne liet het opnieuw doorgeven
    donderdag 14 mei om 14:32: aan Brink Facilitair gevraagd om te annuleren, volgens Sanne
    donderdag 14 mei om 14:32: Het is niet zeker of Brink Facilitair weet dat het nog niet is opgelost.
    ⚠ Nog niet gelukt, sinds 14:32: de kaart voor goedkeurders (403 (50001) Missing Access). Ik blijf het proberen.
    ⚠ Niet gelukt, sinds 14:32: het gesprek met de aanvrager (403 (50007) Cannot send). Probeer het opnieuw met /opnieuw.

    In het kanaal discord:500 kan ik niets meer plaatsen.
    Het chatprogramma zegt: 403 (50001) Missing Access
    Geef Loket daar weer het recht om het kanaal te zien en berichten te sturen, of zet een ander kanaal in de configuratie. Wat wacht, komt dan vanzelf.
    notifies local:sanne
    ");
}

#[test]
fn what_did_not_get_through_in_english() {
    insta::assert_snapshot!(untold(Lang::En), @r"
    @sanne *2026-0041* · Brink Facilitair could not be asked to cancel this.
    Plumbing and leaks, from Alice: “De kraan in de pantry eerste verdieping lekt, kan iemand kijken?”
    Mail server mail.example:587 does not answer.
    Call Brink Facilitair and then press It arrived, or pass it on again with Send again or /resend.
    [Send again] [It arrived]
    notifies local:sanne

    == 2026-0041 · Fault: Plumbing and leaks ==
    Brink Facilitair could not be asked to cancel this. Sanne is looking into it.
    What: De kraan in de pantry eerste verdieping lekt, kan iemand kijken?
    Where: Pantry eerste verdieping
    Cost: in the package (DVO 3.2)
    Their number: BF-7781

    @sanne *2026-0041* · It is not certain that Brink Facilitair knows that it is not solved yet.
    Plumbing and leaks, from Alice: “De kraan in de pantry eerste verdieping lekt, kan iemand kijken?”
    Call Brink Facilitair and then press It arrived, or pass it on again with Send again or /resend.
    [Send again] [It arrived]
    notifies local:sanne

    Thursday 14 May at 14:32: Brink Facilitair could not be asked to cancel this.
    Thursday 14 May at 14:32: Sanne had it passed on again
    Thursday 14 May at 14:32: asked Brink Facilitair to cancel, according to Sanne
    Thursday 14 May at 14:32: It is not certain that Brink Facilitair knows that it is not solved yet.
    ⚠ Not yet done, since 14:32: the card for approvers (403 (50001) Missing Access). I keep trying.
    ⚠ Not done, since 14:32: the conversation with the requester (403 (50007) Cannot send). Try it again with /resend.

    I can no longer post in the channel discord:500.
    The chat program says: 403 (50001) Missing Access
    Allow Loket to see the channel and to send messages in it again, or name another channel in the configuration. What is waiting then comes by itself.
    notifies local:sanne
    ");
}
