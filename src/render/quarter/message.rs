//! The quarter in the chat: a few lines, the whole on a page and in a workbook.

use super::tables::{billed_label, by_provider, category_name, service};
use crate::domain::ProviderCode;
use crate::domain::report::Quarter;
use crate::domain::report::quarter::ProviderQuarter;
use crate::domain::report::week::Recurring;
use crate::domain::request::Rating;
use crate::render::chart::{Chart, Period, Step};
use crate::render::file::File;
use crate::render::message::{Card, Message, Rich, Tone};
use crate::render::view::{View, lines};
use crate::render::words::clip;

/// So many categories and providers are named.
const SHOWN: usize = 8;

/// The quarter as a card with what hangs at it.
pub fn message(view: &View<'_>, quarter: &Quarter, page: Option<Rich>, files: Vec<File>) -> Message {
    let facts = [
        (view.say("quarter-services").text(), asked(view, quarter)),
        (view.say("quarter-share").text(), share(view, quarter)),
        (view.say("quarter-waiting").text(), waiting(view, quarter)),
        (view.say("quarter-costs").text(), costs(view, quarter)),
        (billed_label(view), spent(view, quarter)),
        (view.say("quarter-norms").text(), norms(view, quarter)),
        (view.say("quarter-recurring").text(), recurring(view, quarter)),
        (view.say("quarter-satisfaction").text(), satisfaction(view, quarter)),
    ];
    Message {
        card: Some(Card {
            title: title(view, quarter),
            tone: Tone::Neutral,
            body: lines(std::iter::once(count(view, quarter)).chain(page)),
            facts: facts.into_iter().filter(|(_, value)| !value.is_empty()).collect(),
            footer: Rich::default(),
        }),
        files,
        ..Message::default()
    }
}

/// *2e kwartaal 2026*.
pub(in crate::render) fn title(view: &View<'_>, quarter: &Quarter) -> Rich {
    let say = view.say("quarter-title").count("quarter", i64::from(quarter.of.quarter));
    say.own("year", quarter.of.year.to_string()).done()
}

/// The words name no quarter.
pub fn unknown(view: &View<'_>, given: &str) -> Message {
    Message { text: view.say("quarter-unknown").said("given", &clip(given, 40)).done(), ..Message::default() }
}

fn count(view: &View<'_>, quarter: &Quarter) -> Rich {
    let all = quarter.new_in();
    view.say("quarter-count").count("count", i64::from(all.total())).own("before", all.before.to_string()).done()
}

fn asked(view: &View<'_>, quarter: &Quarter) -> Rich {
    lines(quarter.categories().iter().take(SHOWN).map(|(code, trend)| {
        let [one, two, three] = trend.months;
        let say = view.say("quarter-line").said("category", &category_name(view, code));
        let say = say.own("total", trend.total().to_string()).own("before", trend.before.to_string());
        say.own("months", format!("{one}, {two}, {three}")).done()
    }))
}

fn share(view: &View<'_>, quarter: &Quarter) -> Rich {
    let share = quarter.share;
    if share.all() == 0 {
        return Rich::default();
    }
    let percent = share.unasked() * 100 / share.all();
    let say = view.say("quarter-share-line").own("unasked", share.unasked().to_string());
    say.own("all", share.all().to_string()).own("percent", percent.to_string()).done()
}

fn waiting(view: &View<'_>, quarter: &Quarter) -> Rich {
    let clocks = quarter.clocks;
    if clocks.total() <= chrono::Duration::zero() {
        return Rich::default();
    }
    let hours = |time: chrono::Duration| crate::render::table::hours(time.num_minutes());
    let say = view.say("quarter-waiting-line").own("ours", hours(clocks.ours));
    let say = say.own("requesters", hours(clocks.requester));
    say.own("theirs", hours(clocks.provider + clocks.others)).done()
}

fn costs(view: &View<'_>, quarter: &Quarter) -> Rich {
    lines(quarter.providers.iter().take(SHOWN).map(|(code, done)| {
        let say = view.say("quarter-cost-line").rich("provider", view.name_of(code));
        let say = say.own("amount", view.euros(done.granted_cents)).count("extras", i64::from(done.extras));
        say.own("covered", done.covered.to_string()).count("quotes", i64::from(done.on_quote)).done()
    }))
}

/// What each provider billed, against what was agreed to before and afterwards.
fn spent(view: &View<'_>, quarter: &Quarter) -> Rich {
    lines(by_provider(quarter).iter().take(SHOWN).map(|(code, spend)| {
        let say =
            view.say("quarter-spent").rich("provider", view.name_of(code)).own("billed", view.euros(spend.billed));
        let say = say.own("asked", view.euros(spend.asked)).own("afterwards", view.euros(spend.afterwards));
        say.own("without", view.euros(spend.without_order)).done()
    }))
}

/// How often each provider kept the agreed times.
fn norms(view: &View<'_>, quarter: &Quarter) -> Rich {
    let told = |(code, done): (&ProviderCode, &ProviderQuarter)| {
        let parts = done.scores.iter().filter(|(_, score)| score.met + score.missed > 0).map(|(goal, score)| {
            let say = view.say("digest-norm").pick("goal", goal.code()).count("met", i64::from(score.met));
            say.count("all", i64::from(score.met + score.missed)).text()
        });
        let parts: Vec<String> = parts.collect();
        let what = Rich::own(parts.join("; "));
        (!parts.is_empty())
            .then(|| view.say("digest-of-provider").rich("provider", view.name_of(code)).rich("what", what).done())
    };
    lines(quarter.providers.iter().take(SHOWN).filter_map(told))
}

fn recurring(view: &View<'_>, quarter: &Quarter) -> Rich {
    let open = |fault: &&Recurring| !view.register.catalogue.item(&fault.item).is_some_and(|item| item.confidential);
    lines(quarter.recurring.iter().filter(open).take(3).map(|fault| {
        let say =
            view.say("digest-fault").said("item", &service(view, &fault.item)).said("place", &clip(&fault.place, 60));
        say.count("count", i64::from(fault.in_90_days)).done()
    }))
}

fn satisfaction(view: &View<'_>, quarter: &Quarter) -> Rich {
    let count = |rating| quarter.ratings.get(&rating).copied().unwrap_or_default().to_string();
    if quarter.ratings.is_empty() {
        return Rich::default();
    }
    let say = view.say("quarter-ratings").own("good", count(Rating::Good));
    say.own("fair", count(Rating::Fair)).own("poor", count(Rating::Poor)).done()
}

/// What is drawn: what came, what went and what was open, week by week.
pub fn chart(view: &View<'_>, quarter: &Quarter) -> Chart {
    let period = |(week, flow): (&crate::domain::calendar::IsoWeek, &crate::domain::report::quarter::Flow)| Period {
        step: Step::Week(*week),
        new: flow.new,
        closed: flow.ended,
        open: flow.open,
    };
    Chart {
        title: title(view, quarter).plain(),
        periods: quarter.weeks.iter().map(period).collect(),
        waiting: Vec::new(),
        times: Vec::new(),
        costs: Vec::new(),
    }
}
