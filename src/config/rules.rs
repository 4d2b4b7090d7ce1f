//! `mandates.toml` and `policy.toml`: who may commit an organisation, and when somebody must.

use super::known::{Known, unknown};
use super::problem::{Problem, Shape, Site, Thing};
use super::reader::{Node, Report, Table};
use super::values::{self, KINDS};
use crate::domain::approval::roles::RoleMandate;
use crate::domain::approval::{Hours, Mandate, Matches, Require, Rule, Step, Terms};
use crate::domain::register::{ChannelRole, Organisation};
use crate::domain::{Kind, Money, OrganisationId, PersonId, ProviderCode, RoleId, Urgency, platform};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

const HOURS: [(&str, Hours); 2] = [("inside", Hours::Inside), ("outside", Hours::Outside)];

/// The organisations as read so far, and those of which the file has syntax errors.
pub(super) struct Organisations<'a> {
    pub(super) sound: &'a BTreeMap<OrganisationId, Organisation>,
    pub(super) broken: &'a BTreeSet<OrganisationId>,
}

/// Who has a mandate.
enum Holder {
    Person(PersonId),
    /// Whoever has the role on the platform.
    Role(RoleId),
}

/// Reads the mandates: those of people, and those of roles.
pub(super) fn mandates(
    table: &Table<'_>,
    known: &Known,
    organisations: &Organisations<'_>,
) -> (Vec<Mandate>, Vec<RoleMandate>) {
    let (mut people, mut roles) = (Vec::new(), Vec::new());
    for table in table.get("mandate").map(|node| node.tables()).unwrap_or_default() {
        let Some((holder, terms)) = mandate(&table, known, organisations) else { continue };
        match holder {
            Holder::Person(person) => people.push(Mandate { person, role: None, terms }),
            Holder::Role(role) => roles.push(RoleMandate { role, terms }),
        }
    }
    (people, roles)
}

/// Who has it and, whoever that is, what it says.
fn mandate(table: &Table<'_>, known: &Known, organisations: &Organisations<'_>) -> Option<(Holder, Terms)> {
    let role_node = table.get("role");
    let person_node = match &role_node {
        Some(_) => table.get("person"),
        None => table.need("person", "person = \"bob\""),
    };
    let organisation =
        table.need("organisation", "organisation = \"linde\"").and_then(|node| known.organisation(&node));
    let organisation = organisation.map(OrganisationId);
    let about = scope(table, known);
    // Who forgets the maximum would hand out an unlimited mandate, so that is said in words.
    let maximum = table.need("maximum", "maximum = \"1000 excl\" / \"unlimited\"");
    let maximum = maximum.and_then(|node| match node.value().as_str() {
        Some("unlimited") => Some(None),
        Some(_) | None => values::money(&node).map(Some),
    });
    let per_month = table.get("per_month").map_or(Some(None), |node| values::money(&node).map(Some));
    let from_node = table.need("from", "from = 2026-01-01");
    let from = from_node.as_ref().and_then(values::date);
    let until_node = table.get("until");
    let until = until_node.as_ref().and_then(values::date);
    let document = table.get("document").and_then(|node| node.text());
    if let (Some(node), Some(from), Some(until)) = (&until_node, from, until)
        && until <= from
    {
        node.problem(Problem::EndsBeforeStart { from, until });
    }
    let configured = organisation.as_ref().and_then(|id| organisations.sound.get(id));
    let holder;
    if let Some(node) = role_node {
        if person_node.is_some() {
            node.problem(Problem::PersonAndRole);
            return None;
        }
        let role = values::platform_id(&node)?;
        let reached = |organisation: &Organisation| {
            organisation.servers.iter().any(|server| platform(server.as_str()) == platform(&role))
        };
        if configured.is_some_and(|organisation| !reached(organisation)) {
            node.problem(Problem::RoleWithoutServer);
            return None;
        }
        holder = Some(Holder::Role(RoleId::new(role)));
    } else {
        holder = holder_of(&person_node?, configured, (from, until), until_node.as_ref(), organisations);
    }
    let (providers, items, kinds) = about?;
    let terms = Terms {
        organisation: organisation?,
        providers,
        items,
        kinds,
        maximum: maximum?,
        per_month: per_month?,
        from: from?,
        until,
        document,
    };
    Some((holder?, terms))
}

/// The person of a mandate, who must be there as long as it counts.
fn holder_of(
    person_node: &Node<'_>,
    configured: Option<&Organisation>,
    (from, until): (Option<NaiveDate>, Option<NaiveDate>),
    until_node: Option<&Node<'_>>,
    organisations: &Organisations<'_>,
) -> Option<Holder> {
    let person = person_node.text()?;
    let id = PersonId::new(person.clone());
    if let Some(organisation) = configured {
        match organisation.people.get(&id) {
            None if organisations.broken.contains(&organisation.id) => {}
            None => unknown(person_node, Thing::Person, person, organisation.people.keys().map(PersonId::as_str)),
            Some(holder) => {
                if let (Some(left), Some(from)) = (holder.until, from) {
                    if from >= left {
                        person_node.problem(Problem::MandateAfterPerson { person, until: left });
                    } else if until.is_none_or(|until| until > left) {
                        let node = until_node.unwrap_or(person_node);
                        node.problem(Problem::MandateOutlivesPerson { person, until: left });
                    }
                }
            }
        }
    }
    Some(Holder::Person(id))
}

/// Providers, items and kinds.
type Scope = (Vec<ProviderCode>, Vec<String>, Vec<crate::domain::Kind>);

/// What mandates and rules have in common. A key that is there but empty is refused: it would mean everything.
fn scope(table: &Table<'_>, known: &Known) -> Option<Scope> {
    let providers = all(table, "providers", |node| known.provider(node).map(ProviderCode));
    let items = all(table, "items", |node| known.pattern(node));
    let kinds = all(table, "kinds", |node| node.one_of(&KINDS));
    Some((providers?, items?, kinds?))
}

/// The elements of a list, or `None` when one of them is wrong: without it the list might mean everything.
pub(super) fn all<'t, T>(
    table: &Table<'t>,
    key: &'static str,
    read: impl Fn(&Node<'t>) -> Option<T>,
) -> Option<Vec<T>> {
    let read: Vec<Option<T>> = filled(table.get(key)).iter().map(read).collect();
    read.into_iter().collect()
}

/// The elements of a list that must not be empty.
fn filled<'t>(node: Option<Node<'t>>) -> Vec<Node<'t>> {
    let Some(node) = node else { return Vec::new() };
    let elements = node.list("[\"…\"]");
    if elements.is_empty() && node.shape() == Shape::List {
        node.problem(Problem::EmptyScope);
    }
    elements
}

/// A rule with the place of its name, for problems that concern several rules.
struct Placed {
    rule: Rule,
    site: Site,
}

/// Reads the policy.
pub(super) fn policy(
    table: &Table<'_>,
    known: &Known,
    organisations: &Organisations<'_>,
    report: &Report,
) -> Vec<Rule> {
    let mut rules: Vec<Placed> = Vec::new();
    for entry in table.get("rule").map(|node| node.tables()).unwrap_or_default() {
        let Some(placed) = rule(&entry, known, organisations) else { continue };
        if table.broken() {
            continue;
        }
        if let Some(first) = rules.iter().find(|earlier| earlier.rule.name == placed.rule.name) {
            let (id, first) = (placed.rule.name.clone(), first.site.clone());
            report.push(placed.site.clone(), Problem::Twice { thing: Thing::Rule, id, first });
        }
        // A budget runs out, and what is left then comes to the rules after it.
        let always = |earlier: &&Placed| earlier.rule.per_month.is_none();
        let mut before = rules.iter().filter(always);
        if let Some(by) = before.find(|earlier| swallows(&earlier.rule.matches, &placed.rule.matches)) {
            let (rule, by) = (placed.rule.name.clone(), by.rule.name.clone());
            report.push(placed.site.clone(), Problem::Unreachable { rule, by });
        }
        rules.push(placed);
    }
    if table.broken() {
        return Vec::new();
    }
    let rules: Vec<Rule> = rules.into_iter().map(|placed| placed.rule).collect();
    for organisation in organisations.sound.values().filter(|known| !organisations.broken.contains(&known.id)) {
        let asks = rules.iter().find(|rule| {
            matches!(rule.require, Require::Steps(_))
                && (rule.matches.organisations.is_empty() || rule.matches.organisations.contains(&organisation.id))
        });
        if let Some(rule) = asks
            && organisation.channel_for(ChannelRole::Approvers).is_none()
        {
            let file = format!("organisations/{}.toml", organisation.id);
            let site = Site { file, line: 1, key: "channel".into() };
            report.push(site, Problem::ApproversChannelMissing(rule.name.clone()));
        }
    }
    rules
}

fn rule(table: &Table<'_>, known: &Known, organisations: &Organisations<'_>) -> Option<Placed> {
    let name_node = table.need("name", "name = \"Bestellingen\"");
    let name = name_node.as_ref().and_then(|node| node.text());
    let about = all(table, "organisations", |node| known.organisation(node).map(OrganisationId));
    let scope = scope(table, known);
    let up_to_node = table.get("up_to");
    let up_to = up_to_node.as_ref().map_or(Some(None), |node| values::money(node).map(Some));
    let urgencies = [Urgency::Low, Urgency::Normal, Urgency::High].map(|urgency| (urgency.code(), urgency));
    let urgency = all(table, "urgency", |node| node.one_of(&urgencies));
    let within = about.clone().unwrap_or_default();
    let requesters = all(table, "requesters", |node| person(node, &within, organisations));
    let hours_node = table.get("hours");
    let hours = hours_node.as_ref().map_or(Some(None), |node| node.one_of(&HOURS).map(Some));
    let per_month = table.get("per_month").map_or(Some(None), |node| values::money(&node).map(Some));
    let require = table
        .need("require", "require = \"any-one\"")
        .and_then(|node| require(&node, &|node| person(node, &within, organisations)));
    let (providers, items, kinds) = scope?;
    let matches = Matches {
        organisations: about?,
        providers,
        items,
        kinds,
        up_to: up_to?,
        urgency: urgency?,
        requesters: requesters?,
        hours: hours?,
    };
    let afterwards = table.get("afterwards").is_some_and(|node| node.boolean() == Some(true));
    let (name_node, require) = (name_node?, require?);
    // Own authority without names would free everybody.
    if require == Require::Own && matches.requesters.is_empty() {
        name_node.problem(Problem::OwnAuthorityWithoutNames);
        return None;
    }
    let urgent = matches.kinds == [Kind::Incident] && matches.urgency == [Urgency::High];
    if afterwards && !(urgent && matches!(require, Require::Steps(_))) {
        name_node.problem(Problem::AfterwardsNotUrgent);
        return None;
    }
    let rule = Rule { name: name?, matches, per_month: per_month?, require, afterwards };
    Some(Placed { rule, site: name_node.site() })
}

/// Somebody whom a rule names: a person of its organisations, or of any when it names none.
fn person(node: &Node<'_>, about: &[OrganisationId], organisations: &Organisations<'_>) -> Option<PersonId> {
    let id = node.text()?;
    let within: Vec<&Organisation> = organisations
        .sound
        .values()
        .filter(|organisation| about.is_empty() || about.contains(&organisation.id))
        .collect();
    let person = PersonId::new(id.clone());
    let doubtful = within.iter().any(|organisation| organisations.broken.contains(&organisation.id));
    if !doubtful && !within.iter().any(|organisation| organisation.people.contains_key(&person)) {
        let names = within.iter().flat_map(|organisation| organisation.people.keys()).map(PersonId::as_str);
        unknown(node, Thing::Person, id, names);
        return None;
    }
    Some(person)
}

/// `"nothing"`, `"any-one"`, `"four-eyes"`, `"own-authority"`, one step, or a list of steps in order.
fn require(node: &Node<'_>, person: &dyn Fn(&Node<'_>) -> Option<PersonId>) -> Option<Require> {
    let any_one = Require::Steps(vec![Step { need: 1, of: Vec::new() }]);
    match node.shape() {
        Shape::Table => step(&node.table()?, person).map(|step| Require::Steps(vec![step])),
        Shape::List => {
            let tables = node.tables();
            if tables.is_empty() {
                node.empty();
            }
            let steps: Vec<Option<Step>> = tables.iter().map(|table| step(table, person)).collect();
            let steps: Option<Vec<Step>> = steps.into_iter().collect();
            // Nobody counts in two steps, so steps that name people need as many different ones together.
            if let Some(steps) = steps.as_ref().filter(|steps| steps.iter().all(|step| !step.of.is_empty())) {
                let need = steps.iter().map(|step| usize::from(step.need)).sum();
                let different: BTreeSet<&PersonId> = steps.iter().flat_map(|step| &step.of).collect();
                if different.len() < need {
                    node.problem(Problem::NeedExceedsPeople { need, named: different.len() });
                }
            }
            steps.filter(|steps| !steps.is_empty()).map(Require::Steps)
        }
        Shape::Text => node.one_of(&[
            ("nothing", Require::Nothing),
            ("any-one", any_one),
            ("four-eyes", Require::Steps(vec![Step { need: 2, of: Vec::new() }])),
            ("own-authority", Require::Own),
        ]),
        Shape::Integer | Shape::Float | Shape::Boolean | Shape::Moment => {
            node.wrong_type(Shape::Text, "\"any-one\"");
            None
        }
    }
}

/// `{ need = 2, of = ["bob", "carla"] }`; without `of` everybody with a covering mandate may.
fn step(table: &Table<'_>, person: &dyn Fn(&Node<'_>) -> Option<PersonId>) -> Option<Step> {
    let need = table.get("need").map_or(Some(1), |node| node.integer(1, 20));
    let of_node = table.get("of");
    let names = filled(of_node.clone());
    let of: Vec<PersonId> = names.iter().filter_map(person).collect();
    let need = u16::try_from(need?).ok()?;
    if of.len() < names.len() {
        return None;
    }
    let different: BTreeSet<&PersonId> = of.iter().collect();
    if !of.is_empty() && different.len() < usize::from(need) {
        table.problem(Problem::NeedExceedsPeople { need: need.into(), named: different.len() });
    }
    Some(Step { need, of })
}

/// Whether everything that `later` matches is matched by `earlier` already.
fn swallows(earlier: &Matches, later: &Matches) -> bool {
    within(&earlier.items, &later.items)
        && contains(&earlier.organisations, &later.organisations)
        && contains(&earlier.providers, &later.providers)
        && contains(&earlier.kinds, &later.kinds)
        && contains(&earlier.urgency, &later.urgency)
        && contains(&earlier.requesters, &later.requesters)
        && (earlier.hours.is_none() || earlier.hours == later.hours)
        && below(later.up_to, earlier.up_to)
}

/// Whether every item of the narrow patterns is one of the wide ones; none means every item.
pub(super) fn within(wide: &[String], narrow: &[String]) -> bool {
    let covered = |narrow: &String| {
        wide.iter().any(|wide| wide == narrow || (wide.ends_with('.') && narrow.starts_with(wide.as_str())))
    };
    wide.is_empty() || (!narrow.is_empty() && narrow.iter().all(covered))
}

/// Whether the narrow list lies within the wide one; what is empty means everything.
pub(super) fn contains<T: PartialEq>(wide: &[T], narrow: &[T]) -> bool {
    wide.is_empty() || (!narrow.is_empty() && narrow.iter().all(|one| wide.contains(one)))
}

/// Whether the narrow limit never lets through more than the wide one. Limits of different bases depend on the item's VAT.
fn below(narrow: Option<Money>, wide: Option<Money>) -> bool {
    match (narrow, wide) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(narrow), Some(wide)) => narrow.basis == wide.basis && narrow.cents <= wide.cents,
    }
}
