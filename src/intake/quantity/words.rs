//! The words around a count, Dutch and English.

use crate::intake::language;

word_list! {
    /// People: they count for lunches and guest accounts, not for chairs that break.
    pub(super) fn people(word) {
        "personen" | "persoon" | "pers" | "p" | "man" | "mensen" | "gasten" | "deelnemers" | "bezoekers" | "collegas" |
        "people" | "persons" | "guests" | "participants" | "attendees" | "visitors" | "pax" | "colleagues" |
        "inwoners" | "raadsleden" | "stagiairs" | "stagiaires" | "interns" | "trainees" | "medewerkers" | "kinderen" |
        "kids" | "children" | "leerlingen" | "vrijwilligers" | "volunteers" | "studenten" | "students" | "employees" |
        "starters" | "users" | "gebruikers" | "vrijwilliger" | "bezoeker" | "genodigden" | "leden" | "aanwezigen" |
        "toehoorders" | "eters" | "lunchers" | "cursisten" | "sollicitanten" | "delegates" | "members" | "staff" |
        "heads" | "diners" | "kandidaten" | "inbellers" | "raadslid" | "collega" | "cliënten" | "clienten" | "clients" |
        "accountants" | "visitor" | "vrouw"
    }
}

word_list! {
    /// What is counted in other meanings: lengths of time, measures, and words that are no nouns.
    fn measured(word) {
        "kuub" | "hectare" | "vierkante" | "kubieke" | "square" | "keer" | "times" | "time" | "uur" | "u" | "h" |
        "hours" | "hour" | "minuten" | "minutes" | "min" | "mins" | "dagen" | "days" | "dag" | "day" | "weken" |
        "weeks" | "week" | "maanden" | "months" | "maand" | "month" | "jaar" | "jaren" | "years" | "year" | "graden" |
        "degrees" | "graad" | "seconden" | "seconds" | "sec" | "km" | "meter" | "m" | "cm" | "mm" | "kg" | "gram" |
        "grams" | "liter" | "ltr" | "l" | "gb" | "mb" | "tb" | "procent" | "percent" | "%" | "euro" | "euros" | "eur" |
        "cent" | "kwartier" | "pm" | "am" | "th" | "st" | "nd" | "rd" | "ste" | "inch" | "watt" | "volt" | "ampere" |
        "werkdagen" | "working" | "business" | "dgn" | "wk" | "verdieping" | "floor" | "en" | "and" | "or" | "is" |
        "was" | "om" | "op" | "in" | "to" | "naar" | "on" | "at" | "voor" | "for" | "per" | "with" | "met" | "niet" |
        "not" | "doet" | "ook" | "er" | "geeft" | "staat" | "cents" | "hoog" | "breed" | "lang" | "secs" | "metre" |
        "metres" | "meters" | "degree" | "mails" | "viruses" | "keren" | "tabbladen" | "letters" | "by" | "pages" |
        "pagina" | "paginas" | "dagdelen" | "wekelijks" | "persen" | "pct" | "ml" | "cl" | "dl" | "procenten" |
        "kwartalen" | "keuze" | "doorgangen" | "nachten" | "nights" | "uren" | "eeuw" | "duizend" | "hz" |
        "ghz" | "mhz" | "px" | "pixels" | "meldingen" | "klachten" | "tickets" | "things" | "dingen" | "zaken" | "dingetjes" | "vragen" | "questions" | "issues" | "punt" | "punten" | "wo" | "ma" |
        "di" | "do" | "vr" | "za" | "zo"
    }
}

word_list! {
    /// Words after which a number is a name and no count.
    pub(super) fn names(word) {
        "kamer" | "zaal" | "room" | "loket" | "werkplek" | "desk" | "error" | "fout" | "code" | "foutcode" | "storing" |
        "ticket" | "melding" | "nummer" | "nr" | "number" | "no" | "prio" | "versie" | "version" | "windows" |
        "office" | "wk" | "week" | "groep" | "group" | "gebouw" | "building" | "hal" | "lift" | "floor" | "verdieping" |
        "laadpaal" | "printer" | "kostenplaats" | "artikel" | "art" | "lijn" | "kanaal" | "schijf" | "type" | "model" |
        "toestel" | "ext" | "phase" | "fase" | "stap" | "step" | "op" | "level" | "pagina" | "page" | "poort" | "port" |
        "tussen" | "between" | "van" | "from" | "balie" | "user" | "budget" | "max" | "ordernummer" | "pc" | "around" |
        "rond" | "om" | "at" | "#" | "keuze" | "unit" | "optie" | "tabblad" | "trap" | "spot" | "team" | "niveau" |
        "bestemming" | "huisnummer" | "nummers" | "dienst" | "ploeg" | "klas" | "blok" | "rij" | "regel" | "route" |
        "gate" | "bus" | "paal" | "plek" | "kluisje" | "locker" | "case" | "slot" | "bureau" | "flexplek" |
        "kostenplaatsnummer" | "half" | "loods" | "keuken" | "lokaal" | "suite" | "lab" | "gallery"
    }
}

word_list! {
    /// Words that ask for something.
    pub(super) fn asks(word) {
        "graag" | "nodig" | "need" | "needs" | "needed" | "please" | "pls" | "plz" | "aub" | "svp" | "ajb" | "want" |
        "willen" | "wil" | "wilt" | "order" | "ordering" | "bestellen" | "bestel" | "kan" | "kunnen" | "kunt" | "kun" |
        "can" | "could" | "mag" | "mogen" | "would" | "like" | "quote" | "offerte" | "regelen" | "extra" | "erbij" |
        "bijbestellen" | "zoeken" | "gezocht" | "zou" | "zouden" | "may" | "for" | "aanvragen" | "request" | "leveren" |
        "verhuizen" | "verkassen" | "moeten" | "hoef" | "nog" | "more" | "ontvangen" | "halen" | "ophalen" | "collect" |
        "neerzetten" | "klaarzetten" | "expect" | "nieuwe" | "new" | "moet" | "mogelijk" | "possible" | "possibility" |
        "lenen" | "borrow" | "huren" | "rent" | "opstellen"
    }
}

/// Pieces of anything: *6 stuks*, *12x*.
pub(super) fn pieces(word: &str) -> bool {
    matches!(word, "stuks" | "stuk" | "st" | "x" | "pieces" | "pcs" | "maal" | "exemplaren" | "copies" | "×")
}

/// Whether the word behind a number makes it something else than a count.
pub(super) fn unit(word: &str) -> bool {
    measured(word) || crate::intake::measure::unit(word).is_some_and(|_| !matches!(word, "kopjes" | "cups"))
}

word_list! {
    /// What wants the number before it, so that no noun need follow: *er 3 bijbestellen*.
    pub(super) fn wants(word) {
        "willen" | "nodig" | "bijbestellen" | "bijgemaakt" | "bijmaken" | "klaarzetten" | "bestellen" | "needed" |
        "please" | "pls" | "aub" | "svp" | "graag" | "krijgen" | "hebben" | "erbij" | "ones" | "lenen" | "huren"
    }
}

word_list! {
    /// What some of the guests eat: a part of those who were counted.
    pub(super) fn diet(word) {
        "vega" | "vegan" | "vegans" | "vegetarisch" | "vegetarische" | "vegetariers" | "vegetariër" | "vegetariërs" |
        "vegetarian" | "vegetarians" | "veggie" | "veganistisch" | "veganistische" | "veganist" | "veganisten" |
        "glutenvrij" | "glutenvrije" | "gluten" | "lactosevrij" | "lactosevrije" | "lactose" | "halal" | "kosher" |
        "koosjer" | "zonder" | "without" | "notenallergie" | "dieet" | "dieetwens" | "dieetwensen"
    }
}

/// Whether a word may stand between a number and its noun.
pub(super) fn between(word: &str) -> bool {
    matches!(
        word,
        "nieuwe" | "new" | "extra" | "more" | "vaste" | "losse" | "oude" | "old" | "double" | "alle" | "door"
    ) || language::common(word).is_none()
}

/// Whether a word looks like a plural noun.
pub(super) fn plural(word: &str) -> bool {
    word.len() >= 3
        && (word.ends_with('s') || word.ends_with("en") || word.ends_with("tje"))
        && language::common(word).is_none()
        && !matches!(
            word,
            "tussen"
                | "hebben"
                | "willen"
                | "this"
                | "does"
                | "alles"
                | "soms"
                | "kunnen"
                | "moeten"
                | "komen"
                | "gaan"
                | "thanks"
                | "worden"
                | "samen"
                | "boven"
                | "beneden"
                | "open"
                | "even"
                | "eens"
                | "graags"
                | "straks"
                | "langs"
                | "has"
                | "was"
                | "its"
                | "doen"
                | "staan"
                | "zitten"
                | "zien"
                | "less"
                | "plus"
                | "ons"
                | "gisteren"
                | "morgen"
        )
}
