//! What may be wrong with a configuration folder. [`super::sentence`] words it.

use super::sentence;
use crate::render::Voice;
use chrono::NaiveDate;

/// Everything that is wrong with a folder, in the order of its files and lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(pub Vec<Located>);

impl Problems {
    /// One sentence for each problem.
    pub fn sentences(&self, voice: Voice<'_>) -> Vec<String> {
        self.0.iter().map(|located| located.sentence(voice)).collect()
    }
}

/// Where the problems stand and of which sort they are, for logs; people get [`Problems::sentences`].
impl std::fmt::Display for Problems {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, Located { site, problem }) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            write!(f, "{}:{} {}: {problem:?}", site.file, site.line, site.key)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// Where something stands in the folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Site {
    /// The file, relative to the folder.
    pub file: String,
    /// The line, counted from 1; 0 when the whole file is meant.
    pub line: usize,
    /// The key, with the tables around it: `person.email`. Empty when no key is meant.
    pub key: String,
}

impl Site {
    /// A whole file.
    pub fn file(name: &str) -> Self {
        Self { file: name.to_owned(), line: 0, key: String::new() }
    }
}

/// A problem and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// Where.
    pub site: Site,
    /// What.
    pub problem: Problem,
}

impl Located {
    /// File, line, key, what is wrong and how to mend it, in one sentence.
    pub fn sentence(&self, voice: Voice<'_>) -> String {
        sentence::located(voice, self)
    }
}

/// What something refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// An organisation.
    Organisation,
    /// A person.
    Person,
    /// A provider.
    Provider,
    /// A catalogue item or the beginning of one (`fac.`).
    Item,
    /// A rule of the policy.
    Rule,
    /// A field of an item.
    Field,
    /// The short name in references.
    Reference,
    /// A place.
    Place,
    /// A channel.
    Channel,
}

/// What kind of value a key wants, or what was found there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A text between quotes.
    Text,
    /// A whole number.
    Integer,
    /// A number with a fraction.
    Float,
    /// `true` or `false`.
    Boolean,
    /// A date, a time or both.
    Moment,
    /// A list between square brackets.
    List,
    /// A table.
    Table,
}

/// What is wrong. Values of secrets are never in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The operating system would not let the file or folder be read.
    Unreadable(String),
    /// The file holds bytes that are not UTF-8.
    NotUtf8,
    /// The file is larger than a configuration file can be.
    TooLarge,
    /// A TOML file that Loket does not know.
    UnknownFile(Option<String>),
    /// No file of that name.
    MissingFile(&'static str),
    /// Not valid TOML; the message is the parser's.
    Syntax(String),
    /// A key that is not known there.
    UnknownKey {
        /// The key as written.
        key: String,
        /// The known key that is closest to it.
        closest: Option<&'static str>,
        /// Every known key.
        known: Vec<&'static str>,
    },
    /// A key that must be there.
    MissingKey {
        /// Its name.
        key: &'static str,
        /// How it may look.
        example: &'static str,
    },
    /// The value is of another type.
    WrongType {
        /// What is wanted.
        wanted: Shape,
        /// What was found.
        found: Shape,
        /// How it may look; may be empty.
        example: &'static str,
    },
    /// The text or list is empty.
    Empty {
        /// Whether the key must be there.
        needed: bool,
    },
    /// An empty list of what a rule or mandate is about: it reads as nothing but would mean everything.
    EmptyScope,
    /// A rule frees the orders of people without saying of whom.
    OwnAuthorityWithoutNames,
    /// A text for orders without something that no order can do without.
    LayoutLacks {
        /// The place that is missing.
        place: &'static str,
    },
    /// A mandate names a person and a role.
    PersonAndRole,
    /// A mandate names a role of a platform on which the organisation has no server.
    RoleWithoutServer,
    /// A rule lets something go before people agree that is no urgent fault, or about which it asks nobody.
    AfterwardsNotUrgent,
    /// The value is not one of a closed list.
    NotOneOf {
        /// The value as written.
        value: String,
        /// The value that is closest to it.
        closest: Option<String>,
        /// Every value that is known.
        known: Vec<String>,
    },
    /// The number is too small or too large.
    OutOfRange {
        /// The smallest that is taken.
        least: i64,
        /// The largest that is taken.
        most: i64,
    },
    /// The identity holds characters other than small letters, digits, dots and hyphens.
    BadId(String),
    /// The same identity twice.
    Twice {
        /// Of what.
        thing: Thing,
        /// The identity.
        id: String,
        /// Where it stood first.
        first: Site,
    },
    /// Nothing of that identity exists.
    Unknown {
        /// What is meant.
        thing: Thing,
        /// The identity as written.
        id: String,
        /// The one that is closest to it.
        closest: Option<String>,
    },
    /// An account, channel or server without a platform before it.
    BadPlatformId(String),
    /// One account, two people of the organisation.
    AccountTwice {
        /// The account.
        account: String,
        /// The other person.
        other: String,
    },
    /// A rule asks for a decision and there is no channel to ask for it.
    ApproversChannelMissing(String),
    /// An earlier rule matches everything that this one matches.
    Unreachable {
        /// This rule.
        rule: String,
        /// The earlier rule.
        by: String,
    },
    /// The mandate goes on after its holder has left.
    MandateOutlivesPerson {
        /// The holder.
        person: String,
        /// The first day on which the holder's entry counts no more.
        until: NaiveDate,
    },
    /// The mandate starts after its holder has left.
    MandateAfterPerson {
        /// The holder.
        person: String,
        /// The first day on which the holder's entry counts no more.
        until: NaiveDate,
    },
    /// `until` is not after `from`.
    EndsBeforeStart {
        /// The first day.
        from: NaiveDate,
        /// The first day on which it counts no more.
        until: NaiveDate,
    },
    /// Not a mail address.
    BadEmail(String),
    /// Not a time zone.
    BadZone {
        /// As written.
        value: String,
        /// The closest one.
        closest: Option<String>,
    },
    /// Not a date.
    BadDate(String),
    /// Not a time of day.
    BadTime(String),
    /// Not opening hours.
    BadHours(String),
    /// It opens when it has closed already.
    OpensAfterCloses {
        /// Opening.
        opens: String,
        /// Closing.
        closes: String,
    },
    /// Not a length of time.
    BadDuration(String),
    /// Not an agreed time.
    BadTarget(String),
    /// An agreement about no time at all.
    NormWithoutTime,
    /// An earlier agreement matches everything that this one matches.
    NormUnreachable {
        /// The line of the earlier one.
        line: usize,
    },
    /// Not an amount.
    BadMoney(String),
    /// An amount that does not say whether VAT is in it.
    MoneyWithoutBasis(String),
    /// Cents with a price that has none.
    CentsWithoutPrice,
    /// A required kind that the item does not have.
    KindNotOffered(&'static str),
    /// A choice field needs options.
    ChoiceWithoutOptions,
    /// Options belong to a choice field only.
    OptionsWithoutChoice,
    /// A step that wants more people than it names.
    NeedExceedsPeople {
        /// How many must agree.
        need: usize,
        /// How many are named.
        named: usize,
    },
    /// A secret in plain text.
    PlainSecret {
        /// The key.
        key: &'static str,
        /// A name that the secret might have.
        name: &'static str,
    },
    /// The name of a secret cannot be a part of a variable's name.
    BadSecretName,
    /// Not a header that may hold a secret.
    BadHeader(String),
    /// More secrets for events than may be valid at once.
    TooManyHooks,
    /// A user without a password or the other way round.
    LoginIncomplete,
    /// An unprotected connection to another machine.
    Unprotected(String),
    /// Not a host name.
    BadHost,
    /// Not an address of the web.
    BadUrl(String),
    /// Not a database that Loket knows.
    BadDatabase,
    /// Not an address to listen on.
    BadListen(String),
    /// The short name in references is not of the wanted form.
    BadReference(String),
    /// Nothing is configured of something that is needed.
    NoneConfigured(Thing),
}
