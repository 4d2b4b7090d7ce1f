//! Everything that can go wrong, on demand.

use std::time::Duration;

use serde_json::json;

use super::Discord;
use super::faults::{Fault, When};
use super::interactions::Handle;
use super::sessions::{Gate, Out, Shuffle};
use super::state::Call;

impl Discord {
    /// The next `times` calls that fit get this fault.
    pub fn fails(&self, pattern: &str, times: usize, fault: Fault) {
        self.change(|world| world.faults.add(pattern, times, fault));
    }

    /// Every call that fits takes this much longer.
    pub fn slow(&self, pattern: &str, by: Duration) {
        self.fails(pattern, usize::MAX, Fault::Delay(by));
    }

    /// Ends all faults that were asked for.
    pub fn heals(&self) {
        self.change(|world| {
            world.faults.clear();
            world.gateway.gate = Gate::Open;
        });
    }

    /// Runs `action` right after the nth fitting call from now changed the world, before it is answered.
    pub fn on_call(&self, pattern: &str, nth: usize, action: impl FnOnce(&Call) + Send + 'static) {
        self.change(|world| world.faults.aim(pattern, nth, When::Applied, Box::new(action)));
    }

    /// The same, when the call has come in and nothing has happened yet.
    pub fn before_call(&self, pattern: &str, nth: usize, action: impl FnOnce(&Call) + Send + 'static) {
        self.change(|world| world.faults.aim(pattern, nth, When::Arrived, Box::new(action)));
    }

    /// How new gateway connections are met.
    pub fn gate(&self, gate: Gate) {
        self.change(|world| world.gateway.gate = gate);
    }

    /// Nothing answers any more: REST says 503, the gateway refuses and drops who is connected.
    pub fn goes_down(&self) {
        self.gate(Gate::Refuse);
        self.fails("**", usize::MAX, Fault::Status(503));
        self.drops();
    }

    /// All connections end without a word; the sessions can be resumed.
    pub fn drops(&self) {
        self.parts(&Out::Drop);
    }

    /// All connections are closed with a code.
    pub fn closes(&self, code: u16) {
        self.parts(&Out::Close(code));
    }

    /// From here on events wait for the replay, even before the socket has noticed.
    fn parts(&self, out: &Out) {
        self.change(|world| {
            world.gateway.tell_all(out);
            for session in world.gateway.sessions.values_mut() {
                session.connection = None;
            }
        });
    }

    /// Asks every client to reconnect (op 7).
    pub fn asks_to_reconnect(&self) {
        self.change(|world| world.gateway.tell_all(&Out::Frame(json!({"op": 7, "d": null}))));
    }

    /// Tells every client that its session is invalid (op 9). Not resumable means forgotten, with all it missed.
    pub fn invalidates_sessions(&self, resumable: bool) {
        self.change(|world| {
            world.gateway.tell_all(&Out::Frame(json!({"op": 9, "d": resumable})));
            if !resumable {
                world.gateway.sessions.clear();
            }
        });
    }

    /// Forgets all sessions without a word, so that the next RESUME fails and an IDENTIFY follows.
    pub fn forgets_sessions(&self) {
        self.change(|world| world.gateway.sessions.clear());
    }

    /// Connections stay open, but nothing comes any more: no events, no ACK.
    pub fn goes_silent(&self, silent: bool) {
        self.change(|world| {
            world.gateway.silent = silent;
            world.gateway.welcome();
        });
    }

    /// Events happen and are never told, not even at RESUME.
    pub fn loses_events(&self, lost: bool) {
        self.change(|world| world.gateway.lost = lost);
    }

    /// Delivers each event nought to `most` times, out of order; the same for the same seed.
    pub fn shuffles(&self, seed: u64, most: u64) {
        self.change(|world| world.gateway.shuffle = Some(Shuffle::new(seed, most)));
    }

    /// Ends `shuffles` and delivers what was held back.
    pub fn calms(&self) {
        self.change(|world| world.gateway.calm());
    }

    /// The next IDENTIFY is closed with this code, such as 4004 or 4014.
    pub fn refuses_identify(&self, code: u16) {
        self.change(|world| world.gateway.refuse_identify = Some(code));
    }

    /// The next RESUME is answered "invalid session".
    pub fn refuses_resume(&self) {
        self.change(|world| world.gateway.refuse_resume = true);
    }

    /// Switches privileged intents on or off in the portal.
    pub fn portal_intents(&self, intents: u64) {
        self.change(|world| world.portal_intents = intents);
    }

    /// The fake's clock moves on; threads in which nothing was said for long enough are archived.
    pub fn advance(&self, by: Duration) {
        self.change(|world| {
            world.set_now(world.now() + i64::try_from(by.as_millis()).unwrap_or(0));
            world.archive_idle_threads();
        });
    }

    /// Lets a person wait for an answer: the interaction was asked this much earlier.
    pub fn keeps_waiting(&self, handle: Handle, by: Duration) {
        self.change(|world| {
            if let Some(interaction) = world.interactions.get_mut(&handle.0) {
                interaction.asked = interaction.asked.checked_sub(by).unwrap_or(interaction.asked);
                interaction.created -= i64::try_from(by.as_millis()).unwrap_or(0);
            }
        });
    }

    /// Sets the fake's clock, in milliseconds since 1970.
    pub fn set_now(&self, millis: i64) {
        self.change(|world| world.set_now(millis));
    }

    /// Pace of the limits: 1.0 is Discord's own, smaller is faster.
    pub fn limit_scale(&self, scale: f64) {
        self.change(|world| world.limits.scale = scale);
    }

    /// Switches the limits off or on.
    pub fn limits(&self, enabled: bool) {
        self.change(|world| world.limits.enabled = enabled);
    }
}
