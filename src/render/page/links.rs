//! Addresses of pages, relative to the page that is shown, so that they work behind whatever stands before Loket.

use super::layout::code;
use crate::domain::calendar::IsoWeek;
use crate::domain::report::QuarterOf;
use crate::domain::{Lang, Number, ProviderCode};
use form_urlencoded::Serializer;

/// The pages that the reader may go to.
#[derive(Clone, Copy)]
pub struct Links<'a> {
    /// The secret part of the personal link.
    pub pass: &'a str,
    /// The language that the address asked for; it is kept while one goes on.
    pub lang: Option<Lang>,
    /// The way from the page that is shown to the folder of the board: empty on the board itself.
    pub up: &'static str,
}

/// Shows nothing of the pass, so that no log holds it by accident.
impl std::fmt::Debug for Links<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Links").field("lang", &self.lang).field("up", &self.up).finish_non_exhaustive()
    }
}

impl Links<'_> {
    /// The board, narrowed to what the pairs say.
    pub fn board<'p>(&self, pairs: impl IntoIterator<Item = (&'p str, &'p str)>) -> String {
        format!("{}{}{}", self.up, self.pass, query(pairs, self.lang))
    }

    /// The page of a request.
    pub fn request(&self, number: Number) -> String {
        format!("{}{}/{number}{}", self.up, self.pass, query([], self.lang))
    }

    /// The agenda of the meeting with a provider.
    pub fn agenda(&self, provider: &ProviderCode) -> String {
        format!("{}{}/agenda/{provider}{}", self.up, self.pass, query([], self.lang))
    }

    /// A week.
    pub fn week(&self, week: IsoWeek) -> String {
        format!("{}{}/week/{week}{}", self.up, self.pass, query([], self.lang))
    }

    /// A quarter.
    pub fn quarter(&self, of: QuarterOf) -> String {
        format!("{}{}/quarter/{}-{}{}", self.up, self.pass, of.year, of.quarter, query([], self.lang))
    }

    /// The page that is shown, in that language.
    pub fn here<'p>(&self, pairs: impl IntoIterator<Item = (&'p str, &'p str)>, lang: Lang) -> String {
        query(pairs, Some(lang))
    }
}

fn query<'p>(pairs: impl IntoIterator<Item = (&'p str, &'p str)>, lang: Option<Lang>) -> String {
    let mut query = Serializer::new(String::new());
    query.extend_pairs(pairs);
    query.extend_pairs(lang.map(|lang| ("lang", code(lang))));
    let query = query.finish();
    if query.is_empty() { query } else { format!("?{query}") }
}
