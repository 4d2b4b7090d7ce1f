//! Every number that Loket reports is a fold over the journal. A [`Story`] is the fold of one request; a report is a fold over stories,
//! each of which is dropped once it was counted, so that no report needs more memory for a longer history.

pub mod agenda;
pub mod quarter;
pub mod story;
pub mod window;

pub use agenda::{Agenda, AgendaFold};
pub use quarter::{Quarter, QuarterFold, QuarterOf};
pub use story::caring::{Caring, Note};
pub use story::deciding::{Deciding, Granted, Opinion};
pub use story::handing::{Handing, Hearing};
pub use story::money::Costs;
pub use story::promise::{Kept, Promised};
pub use story::times::{Closing, Times};
pub use story::waiting::{Stretch, Waiting};
pub use story::{Story, story};
pub use window::Window;
