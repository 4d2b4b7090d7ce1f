//! Pages and numbers over HTTP: GET and HEAD, nothing else; and events of providers, POST at one place. It hands over what was asked, and sends what it is given; whether somebody may see a
//! page is not decided here. A personal link never stands in a log.
//!
//! Read in this order: [`listen`] (connections and their limits), `guard` (what every answer says, and what is refused), `routes`, `hooks`.

mod guard;
mod hooks;
pub mod listen;
mod routes;
mod wants;

pub use listen::{BindError, Limits, bind, serve};
