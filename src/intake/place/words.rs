//! The words of places, Dutch and English.

use crate::intake::vocabulary::{Endings, Vocabulary};
use std::sync::LazyLock;

/// Words for places by themselves, Dutch and English.
#[rustfmt::skip] // One word a line would make pages of it.
pub(super) const HEADS: &[&str] = &[
    "wc", "wcs", "toilet", "fietspad", "stoep", "trottoir", "lift", "lifts", "liften", "locatie", "parkeerdek",
    "speelplaats", "spreekkamers", "collegekamer", "raadskelder", "kamer", "werkkamer", "zaal", "ruimte", "lokaal",
    "werkplek", "loket", "vergaderzaal", "vergaderkamer", "vergaderruimte", "overlegruimte", "kantine", "keuken",
    "keukentje", "pantry", "hal", "gang", "receptie", "balie", "archief", "kelder", "parkeergarage", "entree",
    "ingang", "hoofdingang", "achteringang", "zijingang", "uitgang", "fietsenstalling", "fietsenkelder", "fietsenhok",
    "dak", "dakterras", "terras", "tuin", "binnentuin", "trappenhuis", "trap", "zolder", "magazijn", "bibliotheek",
    "atrium", "foyer", "wachtkamer", "wachtruimte", "spreekkamer", "raadzaal", "griffie", "kantoortuin",
    "stilteruimte", "kopieerruimte", "printerruimte", "repro", "postkamer", "serverruimte", "meterkast",
    "schoonmaakkast", "toiletten", "damestoilet", "herentoilet", "dames", "heren", "damestoiletten", "herentoiletten",
    "garderobe", "parkeerplaats", "parkeerterrein", "plein", "voordeur", "achterdeur", "zijdeur", "nooduitgang",
    "refter", "portiersloge", "werkplaats", "loods", "gemeentehuis", "stadhuis", "raadhuis", "zwembad", "sporthal",
    "gymzaal", "bedrijfsrestaurant", "restaurant", "lobby", "sluis", "tourniquet", "kleedkamer", "kleedkamers",
    "douches", "technische", "mindervalidentoilet", "miva", "lounge", "studio", "boardroom", "bestuurskamer",
    "directiekamer", "trouwzaal", "leeszaal", "milieustraat", "milieuhok", "werf", "brandweerkazerne", "kazerne",
    "wijkcentrum", "buurthuis", "school", "stembureau", "rechtbank", "station", "personeelsingang", "koffiecorner",
    "koffiehoek", "rookruimte", "kolfkamer", "garage", "zijgevel", "voorgevel", "bovenverdieping", "tussenverdieping",
    "entresol", "vide", "bordes", "perron", "laadperron", "expeditie", "bijgebouw", "dependance", "pand", "vleugel",
    "room", "office", "kitchen", "kitchenette", "hall", "hallway", "corridor", "reception", "desk", "basement",
    "cellar", "attic", "entrance", "lift lobby", "stairwell", "stairs", "staircase", "canteen", "restroom", "toilets",
    "ladies", "gents", "loo", "bathroom", "warehouse", "workshop", "library", "garden", "roof", "terrace",
    "courtyard", "car park", "parking lot", "bike shed", "town hall", "city hall", "annex", "wing", "building",
    "chamber", "mezzanine", "archive", "auditorium", "storeroom", "storage", "gym", "changing", "showers", "mailroom",
    "post room", "open space", "records room", "print room", "server room", "meeting room", "waiting room",
    "archive room", "city farm", "bin store", "loading", "railing", "square", "court", "pool", "sports hall",
    "front desk", "counter", "quiet room", "back entrance", "main entrance", "conference room", "break room",
    "copy room", "landing", "forecourt", "gatehouse", "depot", "yard", "rooms", "gallery", "lab", "labs", "studios",
    "suite", "closet", "cupboard", "boathouse", "facade", "dock", "loading dock", "cafe", "bar", "shed", "foyers",
    "board room", "green room", "roof terrace", "entrance hall", "reception desk", "information desk", "loos",
    "visitor toilets", "reading room", "front facade", "aula", "kassa", "keet", "bouwkeet", "lokalen", "kamers",
    "kleedlokalen", "zalen", "hellingbaan", "overkapping", "luifel", "laaddok", "vergaderzalen", "kantoor", "raamkant",
    "repetitieruimte", "grasveld", "patio", "serre", "schuur", "stal", "portaal", "overloop", "berging", "hok",
    "hoofddeur", "liftlobby", "lifthal", "politiebureau", "bestuursbureau", "plek", "blok", "suite", "terrein",
    "bedrijfsterrein", "steiger", "kade", "toren", "trainingsruimte", "flexruimte", "flexplek", "projecthok", "corner",
    "print corner", "reading corner", "counter hall", "side", "entree", "atelier", "kapel", "kelderbox", "remise", "gebouw", "unit", "gate", "tower", "bureau", "zijde", "gevel", "aanrecht", "brievenbus", "postvak", "postvakken", "container", "path",
    "ruimtes", "ruimten", "gangen", "trappenhuizen", "pantrys", "keukens", "kantine", "afdeling", "team", "deck",
    "hub", "bay", "area", "floor", "store", "locker", "lockers", "toiletgroep", "invalidewc", "invalidentoilet",
    "spoelkeuken", "kopieerhok", "serverhok", "tekenzaal", "cv ruimte",
    "huiskamer", "woonkamer", "gymlokaal", "mediatheek", "klaslokaal", "leslokaal", "collegezaal", "kas",
    "stookruimte", "ketelhuis", "machinekamer", "meldkamer", "garagebox", "wasplaats", "laadkade", "loskade",
    "laadplein", "museumwinkel", "museumcafe", "galerij", "expositieruimte", "coulissen", "artiestenfoyer", "tribune",
    "kleedruimte", "balkon", "tuinhuis", "binnenplaats", "binnenhof", "lichthof", "passage", "portiek", "fietsenrek",
    "trappenhal", "liftschacht", "belhok", "belcel", "lunchruimte", "lunchhoek", "printhoek", "kopieerhoek",
    "werkvloer", "callcenter", "klantcontactcentrum", "publiekshal", "wachthal", "burgerhal", "bodekamer",
    "fractiekamer", "archiefbewaarplaats", "studiezaal", "voorraadkamer", "wasserij", "apotheek", "polikliniek",
    "verpleegpost", "zusterpost", "teampost", "mortuarium", "stiltecentrum", "kolfruimte", "ketelruimte",
    "parkeerlaag", "kelderverdieping", "gymzalen", "sportveld", "schoolplein", "speelplein", "kantoorvilla",
    "bovenzaal", "benedenzaal", "achterzaal", "voorzaal", "gemaal", "zuivering", "waterzuivering", "backstage",
    "cloakroom", "stockroom", "classroom", "classrooms", "playground", "balcony", "greenhouse", "driveway", "loft",
    "vault", "strongroom", "chapel", "pharmacy", "clinic", "ward", "portakabin", "barn", "booth", "annexe",
    "kitchenettes", "staffroom", "lunchroom", "bathrooms", "restrooms", "hallways", "stairwells", "penthouse",
    "laboratory", "box office", "ticket office", "gift shop", "museum shop", "staff room", "lunch room",
    "phone booth", "huddle room", "training room", "prayer room", "first aid room", "boiler room", "plant room",
    "machine room", "comms room", "bike store", "loading bay", "goods entrance", "side entrance", "staff entrance",
    "fire exit", "emergency exit", "front door", "back door", "side door", "revolving door", "parking deck",
    "lecture hall", "changing room", "changing rooms", "coffee corner", "clean room", "waiting area", "front office",
    "back office", "site office", "pumping station", "tea kitchen", "open plan", "grand cafe", "opslag", "winkel",
    "ramp", "podium", "brug", "vestiging", "filiaal", "branch", "kwekerij", "barrier", "slagboom", "poli", "tower",
];

/// Things that only name a place together with the place that they stand in: *papiercontainer op de werf*.
#[rustfmt::skip] // As above.
pub(super) const FIXTURES: &[&str] = &[
    "poort", "douche", "container", "papiercontainer", "klapdeur", "schuifdeur", "deur", "door", "wc", "toilet",
    "personeelstoilet", "gate", "hek", "slagboom", "bushokje", "pad", "fietspad", "kast", "sanitaire groep", "hoek", "sink",
    "bench", "weg", "trap", "kluis", "kant", "eiland", "rek",
];

word_list! {
    /// English nouns for places, before which the nouns of a phrase belong to the place: *garden hall*.
    pub(super) fn english(word) {
        "room" | "rooms" | "studio" | "studios" | "hall" | "gallery" | "lab" | "labs" | "corner" | "side" | "entrance" |
        "cupboard" | "closet" | "archive" | "store" | "office" | "kitchen" | "toilet" | "toilets" | "loo" | "loos" |
        "floor" | "area" | "wing" | "lobby" | "terrace" | "dock" | "yard" | "facade" | "counter" | "shed" | "cellar" |
        "corridor" | "suite" | "cafe" | "bar" | "pantry" | "garage" | "garden" | "deck" | "lounge" | "hub" | "bay" |
        "building" | "canteen" | "basement" | "desk" | "door" | "path" | "locker" | "lockers" | "gate" | "stairs" |
        "staircase" | "library" | "warehouse" | "workshop" | "restaurant" | "restroom" | "bathroom" | "court" |
        "square" | "hallway" | "stairwell" | "space" | "annex" | "depot" | "cloakroom" | "stockroom" | "storeroom" |
        "classroom" | "classrooms" | "playground" | "balcony" | "greenhouse" | "loft" | "vault" | "chapel" | "ward" |
        "clinic" | "booth" | "barn" | "annexe" | "stairwells" | "laboratory" | "roof" | "attic" | "exit" | "ramp" |
        "house"
    }
}

word_list! {
    /// Words before a place that belong to its name.
    pub(super) fn kept(word) {
        "heren" | "dames" | "nieuwe" | "oude" | "grote" | "kleine" | "new" | "old" | "big" | "small" | "large" |
        "main" | "back" | "front" | "hr" | "or" | "mt" | "flex" | "open" | "desk" | "top" | "youth" | "town" |
        "records" | "print" | "mayors" | "meeting" | "waiting" | "quiet" | "sports" | "mens" | "ladies" | "womens" |
        "gents" | "east" | "west" | "north" | "south" | "server" | "archive" | "training" | "conference" | "council" |
        "achterste" | "voorste" | "middelste" | "linker" | "rechter" | "ambulante"
    }
}

word_list! {
    /// Place words that mean a thing or the whole house unless a name, a floor or an adjective is with them.
    pub(super) fn vague(word) {
        "pand" | "building" | "gebouw" | "side" | "corner" | "area" | "floor" | "store" | "space" | "kant" | "plek" |
        "blok" | "hoek" | "team" | "afdeling" | "locker" | "lockers" | "hub" | "bay" | "office" | "kantoor" |
        "werkplek" | "desk" | "door" | "path" | "gate" | "terrein" | "kamer" | "room" | "side" | "court" | "square" |
        "rooms" | "kamers" | "suite" | "lockers" | "keet" | "toren" | "stal" | "hok" | "kade" | "locatie" | "bar" |
        "dock" | "zalen" | "lokalen" | "pad" | "deur" | "deck" | "steiger" | "gangen" | "ruimtes" | "ruimten" |
        "cupboard" | "closet" | "zijde" | "unit" | "gate" | "bureau"
    }
}

word_list! {
    /// English words for places that are Dutch as well, before which a noun at the start is often the thing: *kraan pantry*.
    pub(super) fn dutch_too(word) {
        "pantry" | "bar" | "suite" | "studio" | "garage" | "lab" | "lounge" | "lobby" | "hub" | "deck" | "restaurant" |
        "workshop"
    }
}

/// Endings of Dutch compounds that name places: *commissiekamer*, *Rabozaal*.
#[rustfmt::skip] // One word a line would make pages of it.
const TAILS: &[&str] = &[
    "kamer", "zaal", "ruimte", "kelder", "gang", "huis", "lokaal", "balie", "keuken", "toilet", "toiletten", "ingang",
    "garage", "stalling", "parking", "vleugel", "gevel", "straat", "archief", "kantoor", "terrein", "plein", "hal",
    "loge", "zijde", "kant", "zolder", "magazijn", "tuin", "laan", "kade", "gracht", "loods", "werf", "hoek",
    "centrum", "school", "bad", "wc", "wcs", "pad", "corner", "verdieping", "etage", "restaurant", "paviljoen",
    "gebouw", "deur", "poort", "winkel", "studio", "room", "kamers", "kamertje", "zaaltje", "lokalen", "ruimtes", "hok",
    "kast", "cafe", "keet", "lab", "dok", "terras", "balkon", "uitgang", "gangen", "huizen", "bureau", "plantsoen", "hof",
    "park", "singel", "dijk", "baan", "administratie", "kelders", "podium", "kerk", "toren", "meet", "lift",
    "perron", "paviljoens", "balies", "zalen",
];

/// The endings that need no preposition: nothing else ends so.
#[rustfmt::skip] // As above.
pub(super) const SURE: &[&str] = &[
    "kamer", "zaal", "ruimte", "kelder", "lokaal", "balie", "keuken", "toilet", "toiletten", "ingang", "garage",
    "stalling", "parking", "vleugel", "gevel", "straat", "archief", "kantoor", "terrein", "plein", "loge", "zolder",
    "magazijn", "tuin", "laan", "gracht", "loods", "wcs", "corner", "verdieping", "etage", "restaurant", "paviljoen",
    "kamers", "kamertje", "zaaltje", "lokalen", "ruimtes", "werf", "centrum",
];

word_list! {
    /// Words that end in such an ending and are no places.
    pub(super) fn not_place(word) {
        "toegang" | "voortgang" | "doorgang" | "ingang" | "ontvangst" | "afgang" | "toegangen" | "omgang" | "overgang" |
        "vergadering" | "afhankelijk" | "bekant" | "achterkant" | "voorkant" | "bovenkant" | "onderkant" | "zijkant" |
        "binnenkant" | "buitenkant" | "zeggenschap" | "ambacht" | "verhaal" | "lokaal" | "schaal" | "betaal" |
        "kabaal" | "signaal" | "normaal" | "helemaal" | "thuis" | "zeehuis" | "ziekenhuis" | "verhuis" | "bad" |
        "forum" | "deur" | "aandeur" | "tussendeur" | "schuifdeur" | "liftdeur" | "draaideur" | "nooddeur" |
        "branddeur" | "garagedeur" | "kastdeur" | "fietspad" | "servicedesk" | "plaats" | "achterstand" | "invalshoek" |
        "webwinkel" | "oogpunt" | "leerschool" | "medekantoor" | "belastingkantoor" | "huis" | "schaduwzijde" |
        "keerzijde" | "gebouw" | "opbouw" | "dieptereiniging" | "ramadan" | "poort" | "toegangspoort" | "hoek" |
        "ontvang" | "gang" | "hal" | "kant" | "pad" | "kade" | "blokkade" | "decade" | "stekkade" | "arcade" |
        "bestuurshoek" | "lezing" | "vaatwasser" | "toilet" | "wc" | "school" | "kamer" | "ruimte" | "schijfruimte" |
        "opslagruimte" | "werkdruk" | "zaal" | "gaandeweg" | "vergaderhuis" | "voorgang" | "teruggang" | "eigang" |
        "studio" | "winkel" | "kantoor" | "room" | "restaurant" | "verdieping" | "straat" | "centrum" | "zitstabureau" |
        "bureau" | "stabureau" | "park" | "wagenpark" | "machinepark" | "administratie" | "kast" | "ladekast" |
        "archiefkast" | "koelkast" | "boekenkast" | "kledingkast" | "gereedschapskast" | "patchkast" | "verbandkast" |
        "sleutelkast" | "loopbaan" | "adviesbureau" | "hof" | "lift" | "goederenlift" | "personenlift" | "traplift" |
        "reisbureau" | "uitzendbureau" | "dijk" | "tijdelijk" | "baan" | "kerk" | "sterk" | "toren" | "cafe" | "lab" |
        "dok" | "terras" | "balkon" | "meet" | "podium" | "kelders" | "uitgang" | "gangen" | "huizen" | "keet" | "hok" |
        "kamers" | "lokalen" | "ruimtes" | "ingangen" | "toegangsdeur" | "kluisdeur" | "voorraadkast" | "ijsbaan" |
        "rijbaan" | "post" | "klas" | "veld" | "laag" | "verslag" | "toeslag" | "beslag" | "opslag" | "mailpost" |
        "aangetekendepost" | "perspost" | "invulveld" | "tekstveld" | "zoekveld" | "fotoklas" | "speelveld" |
        "kompost" | "outpost" | "repost" | "bovenlaag" | "kaartlaag" | "datalaag" | "onderlaag" | "voorpost" |
        "brievenpost" | "impost"
    }
}

word_list! {
    /// Place words that only count with an article or preposition before them, since they also name a thing or an office.
    pub(super) fn weak(word) {
        "workshop" | "wc" | "wcs" | "toilet" | "lift" | "lifts" | "liften" | "locatie" | "desk" | "office" |
        "building" | "pand" | "werkplek" | "court" | "school" | "balie" | "pool" | "trap" | "stairs" | "dak" |
        "counter" | "station" | "square" | "gebouw" | "room" | "kamer" | "zaal" | "ruimte" | "lokaal" | "loket" |
        "storage" | "archive" | "archief" | "library" | "gym" | "garage" | "dames" | "heren" | "ladies" | "gents" |
        "wing" | "vleugel" | "chamber" | "parkeerplaats" | "toiletten" | "toilets" | "technische" | "voordeur" |
        "achterdeur" | "repro" | "plein" | "landing" | "loading" | "changing" | "restaurant" | "tuin" | "yard" |
        "stembureau" | "receptie" | "reception" | "postkamer" | "griffie" | "raadzaal" | "ingang" | "uitgang" |
        "entrance" | "container" | "aanrecht" | "brievenbus" | "path" | "opslag" | "winkel" | "ramp" | "podium" |
        "brug" | "kwekerij" | "barrier" | "slagboom" | "poli" | "tower" | "fire exit" | "emergency exit" |
        "front door" | "back door" | "side door" | "revolving door" | "front office" | "back office" | "grand cafe" |
        "open plan" | "ward" | "clinic" | "booth" | "vault" | "gemaal" | "zuivering" | "kas" | "passage"
    }
}

word_list! {
    /// Nouns for rooms after which a number or a name belongs to the place.
    pub(super) fn named(word) {
        "zijgevel" | "voorgevel" | "rechtbank" | "station" | "school" | "gemeentehuis" | "locatie" | "pand" |
        "bibliotheek" | "zwembad" | "sporthal" | "kamer" | "werkkamer" | "zaal" | "ruimte" | "lokaal" | "werkplek" |
        "loket" | "vergaderzaal" | "vergaderkamer" | "vergaderruimte" | "overlegruimte" | "room" | "spreekkamer" |
        "office" | "building" | "gebouw" | "hal" | "vleugel" | "wing" | "etage" | "verdieping" | "floor" | "desk" |
        "flexplek" | "plek" | "studio" | "balie" | "counter" | "gate" | "zijde" | "blok" | "toren" | "tower" |
        "pantry" | "unit" | "vestiging" | "filiaal" | "branch"
    }
}

word_list! {
    /// Things that stand in a place, unless something is said to be in or beside them: *een dock op flexplek 14*.
    pub(super) fn thing(word) {
        "container" | "containers" | "papiercontainer" | "dock" | "kast" | "kluis" | "rek" | "brievenbus" | "locker" |
        "lockers" | "cupboard" | "closet"
    }
}

/// Whether a word is one of [`HEADS`].
pub(super) fn head(word: &str) -> bool {
    static WORDS: LazyLock<Vocabulary<()>> = LazyLock::new(|| Vocabulary::new(HEADS.iter().map(|head| (*head, ()))));
    WORDS.get(word).is_some()
}

/// Whether two words together are one of [`HEADS`].
pub(super) fn head_pair(first: &str, second: &str) -> bool {
    static PAIRS: LazyLock<Vocabulary<Vec<&'static str>>> =
        LazyLock::new(|| Vocabulary::grouped(HEADS.iter().filter_map(|head| head.split_once(' '))));
    PAIRS.get(first).is_some_and(|seconds| seconds.contains(&second))
}

/// Whether a word is one of [`FIXTURES`].
pub(super) fn fixture(word: &str) -> bool {
    static WORDS: LazyLock<Vocabulary<()>> = LazyLock::new(|| Vocabulary::new(FIXTURES.iter().map(|word| (*word, ()))));
    WORDS.get(word).is_some()
}

/// The ending of [`TAILS`] that a word has behind so many letters or more.
pub(super) fn tail(word: &str, before: usize) -> Option<&'static str> {
    static ENDINGS: LazyLock<Endings> = LazyLock::new(|| Endings::new(TAILS));
    ENDINGS.of(word).find(|tail| word.len() >= tail.len() + before)
}
