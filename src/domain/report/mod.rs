//! Every number that Loket reports is a fold over the journal. A [`Story`] is the fold of one request; a report is a fold over stories,
//! each of which is dropped once it was counted, so that no report needs more memory for a longer history.

pub mod agenda;
pub mod quarter;
pub mod spend;
pub mod story;
pub mod week;
pub mod window;

pub use super::request::{Stretch, Waiting};
pub use agenda::{Agenda, AgendaFold};
pub use quarter::{Quarter, QuarterFold, QuarterOf};
pub use spend::{Month, Spend, SpendFold, Spent};
pub use story::caring::{Caring, Note};
pub use story::deciding::{Deciding, Granted, Opinion};
pub use story::handing::{Handing, Hearing};
pub use story::money::{Afterwards, Answer, Costs, Quoted};
pub use story::promise::{Kept, Promised};
pub use story::times::{Closing, Times};
pub use story::{Story, story};
pub use week::{Due, Week, WeekFold, due_weeks, fall_due, fold_week, newest_due};
pub use window::Window;
