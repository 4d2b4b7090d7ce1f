//! The starter packs, embedded in the program: the shared process file, the starter catalogues, and one organisation's own files.

type Text = (&'static str, &'static str);

/// The file that every pack shares.
const PROCESS: Text = ("loket.toml", include_str!("../../config/loket.toml"));

/// The starter catalogues.
const CATALOGUE: [Text; 4] = [
    ("catalogue/facility.toml", include_str!("../../config/catalogue/facility.toml")),
    ("catalogue/facility-examples.toml", include_str!("../../config/catalogue/facility-examples.toml")),
    ("catalogue/ict.toml", include_str!("../../config/catalogue/ict.toml")),
    ("catalogue/ict-examples.toml", include_str!("../../config/catalogue/ict-examples.toml")),
];

/// An accountancy office with a law firm as tenant.
const OFFICE: [Text; 6] = [
    ("organisations/linde.toml", include_str!("../../config/examples/office/organisations/linde.toml")),
    ("organisations/merel.toml", include_str!("../../config/examples/office/organisations/merel.toml")),
    ("providers/facilitair.toml", include_str!("../../config/examples/office/providers/facilitair.toml")),
    ("providers/ict.toml", include_str!("../../config/examples/office/providers/ict.toml")),
    ("mandates.toml", include_str!("../../config/examples/office/mandates.toml")),
    ("policy.toml", include_str!("../../config/examples/office/policy.toml")),
];

/// A small municipality with a shared ICT centre.
const MUNICIPALITY: [Text; 5] = [
    ("organisations/waterhoek.toml", include_str!("../../config/examples/municipality/organisations/waterhoek.toml")),
    ("providers/facilitair.toml", include_str!("../../config/examples/municipality/providers/facilitair.toml")),
    ("providers/ict.toml", include_str!("../../config/examples/municipality/providers/ict.toml")),
    ("mandates.toml", include_str!("../../config/examples/municipality/mandates.toml")),
    ("policy.toml", include_str!("../../config/examples/municipality/policy.toml")),
];

/// The names of the packs.
pub const NAMES: [&str; 2] = ["office", "municipality"];

/// What every configuration begins with: the process and the starter catalogues.
pub(super) fn shared() -> impl Iterator<Item = Text> {
    std::iter::once(PROCESS).chain(CATALOGUE)
}

/// The files of a pack: `office` or `municipality`.
pub(super) fn named(name: &str) -> Option<impl Iterator<Item = Text>> {
    let own: &[Text] = match name {
        "office" => &OFFICE,
        "municipality" => &MUNICIPALITY,
        _ => return None,
    };
    Some(shared().chain(own.iter().copied()))
}
