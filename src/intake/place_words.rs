//! The words of places, Dutch and English.

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
    "copy room", "landing", "forecourt", "gatehouse", "depot", "yard",
];

/// Endings of Dutch compounds that name places: *commissiekamer*, *Rabozaal*.
#[rustfmt::skip] // One word a line would make pages of it.
pub(super) const TAILS: &[&str] = &[
    "kamer", "zaal", "ruimte", "kelder", "gang", "huis", "lokaal", "balie", "keuken", "toilet", "toiletten", "ingang",
    "garage", "stalling", "parking", "vleugel", "gevel", "straat", "archief", "kantoor", "terrein", "plein", "hal",
    "loge", "zijde", "kant", "zolder", "magazijn", "tuin", "laan", "kade", "gracht", "loods", "werf", "hoek",
    "centrum", "school", "bad", "wc", "wcs", "pad", "corner", "verdieping", "etage", "restaurant", "paviljoen",
    "gebouw", "deur", "poort", "winkel", "studio", "room",
];

/// Words that end in such an ending and are no places.
#[rustfmt::skip] // One word a line would make pages of it.
pub(super) const NOT_PLACES: &[&str] = &[
    "toegang", "voortgang", "doorgang", "ingang", "ontvangst", "afgang", "toegangen", "omgang", "overgang",
    "vergadering", "afhankelijk", "bekant", "achterkant", "voorkant", "bovenkant", "onderkant", "zijkant",
    "binnenkant", "buitenkant", "zeggenschap", "ambacht", "verhaal", "lokaal", "schaal", "betaal", "kabaal",
    "signaal", "normaal", "helemaal", "thuis", "zeehuis", "ziekenhuis", "verhuis", "bad", "forum", "deur", "aandeur",
    "tussendeur", "schuifdeur", "liftdeur", "draaideur", "nooddeur", "branddeur", "garagedeur", "kastdeur",
    "fietspad", "servicedesk", "plaats", "achterstand", "invalshoek", "webwinkel", "oogpunt", "leerschool",
    "medekantoor", "belastingkantoor", "huis", "schaduwzijde", "keerzijde", "gebouw", "opbouw", "dieptereiniging",
    "ramadan", "poort", "toegangspoort", "hoek", "ontvang", "gang", "hal", "kant", "pad", "kade", "blokkade",
    "decade", "stekkade", "arcade", "bestuurshoek", "lezing", "vaatwasser", "toilet", "wc", "school", "kamer",
    "ruimte", "schijfruimte", "opslagruimte", "werkdruk", "zaal", "gaandeweg", "vergaderhuis", "voorgang",
    "teruggang", "eigang", "studio", "winkel", "kantoor", "room", "restaurant", "verdieping", "straat", "centrum",
];

/// Place words that only count with an article or preposition before them, since they also name a thing or an office.
#[rustfmt::skip] // One word a line would make pages of it.
pub(super) const WEAK: &[&str] = &[
    "workshop", "wc", "wcs", "toilet", "lift", "lifts", "liften", "locatie", "desk", "office", "building", "pand",
    "werkplek", "court", "school", "balie", "pool", "trap", "stairs", "dak", "counter", "station", "square", "gebouw",
    "room", "kamer", "zaal", "ruimte", "lokaal", "loket", "storage", "archive", "archief", "library", "gym", "garage",
    "dames", "heren", "ladies", "gents", "wing", "vleugel", "chamber", "parkeerplaats", "toiletten", "toilets",
    "technische", "voordeur", "achterdeur", "repro", "plein", "landing", "loading", "changing", "restaurant", "tuin",
    "yard", "stembureau", "receptie", "reception", "postkamer", "griffie", "raadzaal", "ingang", "uitgang",
    "entrance",
];

/// Nouns for rooms after which a number or a name belongs to the place.
#[rustfmt::skip] // As above.
pub(super) const NAMED: &[&str] = &[
    "zijgevel", "voorgevel", "rechtbank", "station", "school", "gemeentehuis", "locatie", "pand", "bibliotheek",
    "zwembad", "sporthal", "kamer", "werkkamer", "zaal", "ruimte", "lokaal", "werkplek", "loket", "vergaderzaal",
    "vergaderkamer", "vergaderruimte", "overlegruimte", "room", "spreekkamer", "office", "building", "gebouw", "hal",
    "vleugel", "wing", "etage", "verdieping", "floor", "desk", "flexplek", "plek", "studio", "balie", "counter",
    "gate", "zijde", "blok", "toren", "tower", "pantry", "unit",
];
