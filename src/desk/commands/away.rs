//! `/away` and `/back`: people say themselves when they are not there, and who decides meanwhile.

use super::{CommandCall, Context};
use crate::desk::{Desk, DeskError, absences, unit};
use crate::domain::approval::Absence;
use crate::domain::approval::absence::Absences;
use crate::domain::effect::Effect;
use crate::domain::journal::{self, OrganisationEvent};
use crate::domain::register::{Person, Role};
use crate::domain::request::Refusal;
use crate::domain::{Instant, LocalMoment, PersonId};
use crate::intake::through;
use crate::ports::{CommitError, InboxKey, Unit};
use crate::render;
use crate::render::absence::{self as words, Unfit};
use crate::render::message::Message;
use chrono::{Duration, NaiveDate};

/// A day that is read as one after the first day away lies at most so far after it: a weekday does, a date of last month does not.
const SOON_AFTER: Duration = Duration::days(14);

impl Desk {
    /// `/away`: from when, until when, and who decides meanwhile.
    pub(super) async fn away(&self, context: &Context<'_>, call: &CommandCall) -> Result<Message, DeskError> {
        let view = &context.view;
        let wanted = match self.wanted(context, call) {
            Ok(wanted) => wanted,
            Err(message) => return Ok(*message),
        };
        let own = context.actor.person() == Some(&wanted.person);
        let today = view.today();
        let key = InboxKey(format!("interaction:{}", call.token.id));
        if self.store.seen(&key).await? {
            return Ok(render::answer::saved(view));
        }
        loop {
            let loaded = self.store.load_organisation(&context.organisation.id).await?;
            let before = journal::absences(&loaded.events);
            if let Some(objection) = Absences(&before).objection(&wanted, today) {
                return Ok(words::refused(view, &wanted, &objection, own));
            }
            let event = OrganisationEvent::AwayFrom {
                person: wanted.person.clone(),
                from: wanted.from,
                until: wanted.until,
                substitute: wanted.substitute.clone(),
                by: call.by.clone(),
            };
            let noted = noted(own, &wanted.person, wanted.from, call);
            let also = absences::stand_in(&wanted).into_iter().chain(noted);
            if self.set_absence(context, loaded.head, &before, event, also.collect(), &key).await? {
                let all = self.absences(context.organisation, self.clock.now()).await?;
                let stands_in: Vec<&Absence> = Absences(&all).stands_in(&wanted.person, &wanted).collect();
                return Ok(words::away(view, &wanted, own, &stands_in));
            }
        }
    }

    /// `/back`: an absence ends today, or will not be.
    pub(super) async fn back(&self, context: &Context<'_>, call: &CommandCall) -> Result<Message, DeskError> {
        let view = &context.view;
        let whom = match whom(context, call) {
            Ok(whom) => whom,
            Err(message) => return Ok(*message),
        };
        let own = context.actor.person() == Some(&whom.id);
        let key = InboxKey(format!("interaction:{}", call.token.id));
        if self.store.seen(&key).await? {
            return Ok(render::answer::saved(view));
        }
        loop {
            let loaded = self.store.load_organisation(&context.organisation.id).await?;
            let before = journal::absences(&loaded.events);
            let Some(ended) = Absences(&before).ends_with(&whom.id, view.today()) else {
                return Ok(words::not_away(view, &whom.id, own));
            };
            let (person, from) = (whom.id.clone(), ended.from);
            let noted = noted(own, &person, from, call);
            let event = OrganisationEvent::Back { person, from, by: call.by.clone() };
            if self.set_absence(context, loaded.head, &before, event, noted.into_iter().collect(), &key).await? {
                return Ok(words::back(view, ended, own));
            }
        }
    }

    /// Commits a change of the absences, with what the people concerned are told, and looks anew at what waits; `false` when somebody
    /// else changed the organisation meanwhile.
    async fn set_absence(
        &self,
        context: &Context<'_>,
        head: crate::ports::Head,
        before: &[Absence],
        event: OrganisationEvent,
        also: Vec<Effect>,
        key: &InboxKey,
    ) -> Result<bool, DeskError> {
        let (house, organisation) = (context.house, context.organisation);
        let now = self.clock.now();
        let mut after = before.to_vec();
        journal::apply_absence(&mut after, &event);
        let mut effects = stood_down(before, &after, context.view.today());
        effects.extend(also);
        let mut change = unit::of_organisation(head, vec![(event, effects)], now);
        // Nobody is told at night; nothing else waits in this lane of the organisation.
        let tells_at = organisation.hours.next_open(now);
        change.effects.iter_mut().for_each(|effect| effect.at = tells_at);
        change.set_timers.extend(self.absence_timer(house, &organisation.id, &after, now).await?);
        let unit = Unit { inbox: Some(key.clone()), changes: vec![change], ..Unit::new(organisation.id.clone(), now) };
        match self.commit(unit).await {
            Ok(_) => {
                self.ring();
                self.reassess_at(&organisation.id).await?;
                Ok(true)
            }
            Err(CommitError::Seen) => Ok(true),
            Err(CommitError::Conflict) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// What was asked for, in so far as it can be understood.
    fn wanted(&self, context: &Context<'_>, call: &CommandCall) -> Result<Absence, Box<Message>> {
        let view = &context.view;
        let whom = whom(context, call)?;
        let given = |name| call.option(name).unwrap_or_default().trim();
        let now = self.clock.now();
        let unknown = |given: &str| Box::new(words::unknown_day(view, given));
        let from = self.day_in_words(context, given("from"), now).ok_or_else(|| unknown(given("from")))?;
        // *maandag* after a first day in two weeks is the Monday after that day.
        let begun = crate::domain::calendar::instant_of(
            context.organisation.zone,
            from.and_hms_opt(9, 0, 0).unwrap_or_default(),
        );
        let until = self.first_day_back(context, given("until"), now);
        let until = match until.filter(|until| *until > from) {
            Some(until) => Some(until),
            None => {
                let after = self.first_day_back(context, given("until"), begun);
                after.filter(|after| *after > from && *after - from <= SOON_AFTER).or(until)
            }
        };
        let until = until.ok_or_else(|| unknown(given("until")))?;
        let substitute = match call.option("substitute").map(str::trim).filter(|given| !given.is_empty()) {
            None => None,
            Some(given) => {
                let person = named(context, given).ok_or_else(|| words::unknown_person(view, given))?;
                // Nobody lends themselves somebody else's mandate.
                let setter = !whom.accounts.contains(&call.by) && person.accounts.contains(&call.by);
                if let Some(unfit) = unfit(person, until).or(setter.then_some(Unfit::Setter)) {
                    return Err(words::unfit(view, &person.id, unfit).into());
                }
                Some(person.id.clone())
            }
        };
        Ok(Absence { person: whom.id.clone(), from, until, substitute })
    }

    /// The first day back: the day itself, or the day after the last one away (*t/m vrijdag*).
    fn first_day_back(&self, context: &Context<'_>, text: &str, on: Instant) -> Option<NaiveDate> {
        match through(text) {
            Some(last) => self.day_in_words(context, last, on)?.checked_add_signed(Duration::days(1)),
            None => self.day_in_words(context, text, on),
        }
    }

    /// A day as `2026-05-14` or in the words that a message may hold.
    fn day_in_words(&self, context: &Context<'_>, text: &str, on: Instant) -> Option<NaiveDate> {
        if let Ok(day) = text.parse() {
            return Some(day);
        }
        self.day_at(context, text, on).map(LocalMoment::day)
    }
}

/// Telling somebody that another person noted them as away or as back.
fn noted(own: bool, person: &PersonId, from: NaiveDate, call: &CommandCall) -> Option<Effect> {
    (!own).then(|| Effect::NotedAway { person: person.clone(), from, by: call.by.clone() })
}

/// Whose absence it is: one's own, or with `for` that of somebody else where a SPOC says so.
fn whom<'a>(context: &Context<'a>, call: &CommandCall) -> Result<&'a Person, Box<Message>> {
    let view = &context.view;
    let own = context.organisation.person_of(&call.by, view.today());
    let Some(given) = call.option("for").map(str::trim).filter(|given| !given.is_empty()) else {
        return own.ok_or_else(|| words::no_entry(view).into());
    };
    let other = named(context, given);
    if other.is_some() && other.map(|other| &other.id) == own.map(|own| &own.id) {
        return other.ok_or_else(|| words::no_entry(view).into());
    }
    if !context.spoc {
        return Err(render::refusal(view, &Refusal::SpocOnly).into());
    }
    other.ok_or_else(|| words::unknown_person(view, given).into())
}

/// The person of the register behind an account, a name or an identity.
fn named<'a>(context: &Context<'a>, given: &str) -> Option<&'a Person> {
    let today = context.view.today();
    let organisation = context.organisation;
    organisation.person_of(&given.into(), today).or_else(|| {
        let wanted = given.to_lowercase();
        let people = organisation.people.values().filter(|person| person.in_service(today));
        let mut same = people.filter(|person| person.name.to_lowercase() == wanted || person.id.as_str() == wanted);
        same.next().filter(|_| same.next().is_none())
    })
}

/// Why somebody can stand in for nobody until that day.
fn unfit(person: &Person, until: NaiveDate) -> Option<Unfit> {
    if person.roles.contains(&Role::Guest) {
        Some(Unfit::Guest)
    } else if person.accounts.is_empty() {
        Some(Unfit::WithoutChat)
    } else if until.pred_opt().is_some_and(|last| !person.in_service(last)) {
        Some(Unfit::Leaves)
    } else {
        None
    }
}

/// Telling those who stood in for somebody and do so no more.
fn stood_down(before: &[Absence], after: &[Absence], today: NaiveDate) -> Vec<Effect> {
    let pairs = |absences: &[Absence]| -> Vec<(PersonId, PersonId)> {
        let ahead = absences.iter().filter(|absence| absence.until > today);
        ahead.filter_map(|absence| Some((absence.substitute.clone()?, absence.person.clone()))).collect()
    };
    let still = pairs(after);
    let mut down = pairs(before);
    down.sort();
    down.dedup();
    down.retain(|pair| !still.contains(pair));
    down.into_iter().map(|(person, instead_of)| Effect::StandDown { person, instead_of }).collect()
}
