//! Each question that can be open, as people read it.

use super::Life;
use crate::domain::effect::Notice;
use crate::domain::request::Event;
use crate::domain::{Kind, Lang};
use crate::render::samples::{Story, register, understood};

/// Each question that can be open.
fn questions(lang: Lang, formal: bool) -> String {
    let mut life = Life { formal, ..Life::new(lang) };
    let text = "Kun je helpen?";
    life.read(
        Story::with(register(), text, understood(Kind::Incident, Some("fac.plumbing"), text), false, "alice"),
        Notice::Offer,
    );
    let story = Story::begin(text, understood(Kind::Incident, Some("fac.plumbing"), text));
    let story = life.read(story, Notice::Question { again: false });
    life.read(story, Notice::Card);
    let story = Story::begin(text, understood(Kind::Request, Some("fac.furniture"), text));
    life.read(story, Notice::Question { again: true });
    let unknown = understood(Kind::Request, None, text);
    let one_of = crate::domain::request::Content {
        alternatives: vec!["fac.furniture".into(), "fac.painting".into()],
        ..unknown.clone()
    };
    life.read(Story::begin(text, one_of), Notice::Question { again: false });
    life.read(Story::begin(text, unknown), Notice::Question { again: false });
    for key in ["when", "amount", "details", "colour", "shelf"] {
        let mut story = Story::begin(text, understood(Kind::Request, Some("fac.furniture"), text));
        story = story.happens(Event::Accepted { by: None, waits: crate::domain::request::Waits::Field(key.into()) });
        life.read(story, Notice::Question { again: false });
    }
    life.done()
}

#[test]
fn questions_in_dutch() {
    insta::assert_snapshot!(questions(Lang::Nl, false), @r"
    Zal ik dit doorgeven aan Brink Facilitair?
    [Ja] [Nee]

    @alice Waar is het precies?
    notifies local:alice

    == Melding: Sanitair en lekkage ==
    Ik heb nog één ding nodig; dat vraag ik hieronder.
    Tip: draai de stopkraan onder de gootsteen dicht
    Kan het niet wachten? Bel 088 000 02 24.
    Wat: Kun je helpen?
    Kosten: in het pakket (DVO 3.2)
    [Aanpassen] [Geen verzoek]

    @alice Ik kan nog niet verder. Om hoeveel gaat het?
    notifies local:alice

    @alice Waar gaat het om? Staat het er niet bij, zeg het dan in andere woorden.
    [Meubilair] [Schilderwerk]
    notifies local:alice

    @alice Ik weet nog niet waar het om gaat. Kun je het in andere woorden zeggen?
    notifies local:alice

    @alice Wanneer heb je het nodig?
    notifies local:alice

    @alice Hoeveel mag het hoogstens kosten?
    notifies local:alice

    @alice Kun je er iets meer over zeggen?
    notifies local:alice

    @alice Wat wordt het: zwart of eiken?
    notifies local:alice

    @alice Wat kan ik invullen bij shelf?
    notifies local:alice
    ");
}

#[test]
fn questions_in_formal_dutch() {
    insta::assert_snapshot!(questions(Lang::Nl, true), @r"
    Zal ik dit doorgeven aan Brink Facilitair?
    [Ja] [Nee]

    @alice Waar is het precies?
    notifies local:alice

    == Melding: Sanitair en lekkage ==
    Ik heb nog één ding nodig; dat vraag ik hieronder.
    Tip: draai de stopkraan onder de gootsteen dicht
    Kan het niet wachten? Bel 088 000 02 24.
    Wat: Kun je helpen?
    Kosten: in het pakket (DVO 3.2)
    [Aanpassen] [Geen verzoek]

    @alice Ik kan nog niet verder. Om hoeveel gaat het?
    notifies local:alice

    @alice Waar gaat het om? Staat het er niet bij, zeg het dan in andere woorden.
    [Meubilair] [Schilderwerk]
    notifies local:alice

    @alice Ik weet nog niet waar het om gaat. Kunt u het in andere woorden zeggen?
    notifies local:alice

    @alice Wanneer hebt u het nodig?
    notifies local:alice

    @alice Hoeveel mag het hoogstens kosten?
    notifies local:alice

    @alice Kunt u er iets meer over zeggen?
    notifies local:alice

    @alice Wat wordt het: zwart of eiken?
    notifies local:alice

    @alice Wat kan ik invullen bij shelf?
    notifies local:alice
    ");
}

#[test]
fn questions_in_english() {
    insta::assert_snapshot!(questions(Lang::En, true), @r"
    Shall I pass this on to Brink Facilitair?
    [Yes] [No]

    @alice Where is it exactly?
    notifies local:alice

    == Fault: Plumbing and leaks ==
    I need one more thing; see my question below.
    Tip: close the tap under the sink
    Can't it wait? Call 088 000 02 24.
    What: Kun je helpen?
    Cost: in the package (DVO 3.2)
    [Change] [Not a request]

    @alice I cannot go on yet. How many are needed?
    notifies local:alice

    @alice What is it about? If it is not listed, please say it in other words.
    [Furniture] [Painting]
    notifies local:alice

    @alice I do not know yet what this is about. Could you say it in other words?
    notifies local:alice

    @alice When do you need it?
    notifies local:alice

    @alice What may it cost at most?
    notifies local:alice

    @alice Could you say a little more about it?
    notifies local:alice

    @alice Which will it be: black or oak?
    notifies local:alice

    @alice What shall I fill in for shelf?
    notifies local:alice
    ");
}
