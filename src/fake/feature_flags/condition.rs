//! What a targeting rule can look at.

use std::borrow::Cow;
use std::cmp::Ordering;

use serde_json::Value;

use crate::service::EvaluationContext;

/// A condition on an evaluation context. A missing attribute, or one of another type, does not meet it.
///
/// ```
/// use stuntdouble::fake::{Comparison, Condition};
///
/// let beta = Condition::attribute("email").ends_with("@example.com")
///     .or(Condition::attribute("version").version(Comparison::GreaterOrEqual, "2.1.0"));
/// ```
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// Everyone.
    Always,
    /// The attribute has that value. Numbers compare by value: 1 is 1.0.
    Equals(Attribute, Value),
    /// The attribute has one of those values.
    OneOf(Attribute, Vec<Value>),
    /// The attribute is a text with that part.
    Contains(Attribute, String),
    /// The attribute is a text with that beginning.
    StartsWith(Attribute, String),
    /// The attribute is a text with that end.
    EndsWith(Attribute, String),
    /// The attribute is a number that compares so.
    Number(Attribute, Comparison, f64),
    /// The attribute is a version that compares so, as Semantic Versioning 2.0.0 orders them.
    Version(Attribute, Comparison, String),
    /// All of these.
    All(Vec<Condition>),
    /// At least one of these.
    Any(Vec<Condition>),
    /// Not this.
    Not(Box<Condition>),
}

/// The name of an attribute. A dot goes into an object (`address.country`), unless an attribute has
/// the whole name; `targetingKey` is the targeting key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute(pub String);

/// How two numbers or versions compare.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `^`, versions only: the same major version.
    SameMajor,
    /// `~`, versions only: the same major and minor version.
    SameMinor,
}

impl Comparison {
    /// The signs, as JSON has them.
    pub(super) const SIGNS: &'static [(&'static str, Comparison)] = &[
        ("=", Comparison::Equal),
        ("!=", Comparison::NotEqual),
        ("<", Comparison::Less),
        ("<=", Comparison::LessOrEqual),
        (">", Comparison::Greater),
        (">=", Comparison::GreaterOrEqual),
        ("^", Comparison::SameMajor),
        ("~", Comparison::SameMinor),
    ];

    fn accepts(self, ordering: Ordering) -> bool {
        match self {
            Comparison::Equal => ordering.is_eq(),
            Comparison::NotEqual => ordering.is_ne(),
            Comparison::Less => ordering.is_lt(),
            Comparison::LessOrEqual => ordering.is_le(),
            Comparison::Greater => ordering.is_gt(),
            Comparison::GreaterOrEqual => ordering.is_ge(),
            Comparison::SameMajor | Comparison::SameMinor => false,
        }
    }
}

impl Attribute {
    /// It has that value.
    pub fn equals(self, value: impl Into<Value>) -> Condition {
        Condition::Equals(self, value.into())
    }

    /// It has one of those values.
    pub fn one_of<V: Into<Value>>(self, values: impl IntoIterator<Item = V>) -> Condition {
        Condition::OneOf(self, values.into_iter().map(Into::into).collect())
    }

    /// It is a text with that part.
    pub fn contains(self, text: impl Into<String>) -> Condition {
        Condition::Contains(self, text.into())
    }

    /// It is a text with that beginning.
    pub fn starts_with(self, text: impl Into<String>) -> Condition {
        Condition::StartsWith(self, text.into())
    }

    /// It is a text with that end.
    pub fn ends_with(self, text: impl Into<String>) -> Condition {
        Condition::EndsWith(self, text.into())
    }

    /// It is a number that compares so.
    pub fn number(self, comparison: Comparison, than: f64) -> Condition {
        Condition::Number(self, comparison, than)
    }

    /// It is a version that compares so.
    pub fn version(self, comparison: Comparison, than: impl Into<String>) -> Condition {
        Condition::Version(self, comparison, than.into())
    }
}

impl Condition {
    /// Begins a condition on an attribute.
    pub fn attribute(name: impl Into<String>) -> Attribute {
        Attribute(name.into())
    }

    /// Both.
    #[must_use]
    pub fn and(self, other: Condition) -> Condition {
        Condition::All(vec![self, other])
    }

    /// At least one of the two.
    #[must_use]
    pub fn or(self, other: Condition) -> Condition {
        Condition::Any(vec![self, other])
    }

    /// The contrary.
    #[must_use]
    pub fn negate(self) -> Condition {
        Condition::Not(Box::new(self))
    }

    /// True if the context meets the condition.
    pub(super) fn holds(&self, context: &EvaluationContext) -> bool {
        let of = |attribute: &Attribute| lookup(&attribute.0, context);
        let text = |attribute: &Attribute, test: &dyn Fn(&str) -> bool| {
            of(attribute).is_some_and(|value| value.as_str().is_some_and(test))
        };
        match self {
            Condition::Always => true,
            Condition::Equals(attribute, wanted) => {
                of(attribute).is_some_and(|value| same(&value, wanted))
            }
            Condition::OneOf(attribute, wanted) => {
                of(attribute).is_some_and(|value| wanted.iter().any(|wanted| same(&value, wanted)))
            }
            Condition::Contains(attribute, part) => text(attribute, &|text| text.contains(part)),
            Condition::StartsWith(attribute, start) => {
                text(attribute, &|text| text.starts_with(start))
            }
            Condition::EndsWith(attribute, end) => text(attribute, &|text| text.ends_with(end)),
            Condition::Number(attribute, comparison, than) => of(attribute)
                .and_then(|value| value.as_f64()?.partial_cmp(than))
                .is_some_and(|ordering| comparison.accepts(ordering)),
            Condition::Version(attribute, comparison, than) => {
                let than = Version::parse(than);
                text(attribute, &|text| match (Version::parse(text), &than) {
                    (Some(version), Some(than)) => version.compares(*comparison, than),
                    _ => false,
                })
            }
            Condition::All(conditions) => conditions.iter().all(|part| part.holds(context)),
            Condition::Any(conditions) => conditions.iter().any(|part| part.holds(context)),
            Condition::Not(condition) => !condition.holds(context),
        }
    }

    /// Reports what can never hold.
    pub(super) fn check(&self, report: &mut dyn FnMut(String)) {
        match self {
            Condition::Version(_, _, than) if Version::parse(than).is_none() => {
                report(format!("{than:?} is no version (MAJOR.MINOR.PATCH)"));
            }
            Condition::Number(_, Comparison::SameMajor | Comparison::SameMinor, _) => {
                report("^ and ~ compare versions, not numbers".to_owned());
            }
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().for_each(|part| part.check(report));
            }
            Condition::Not(part) => part.check(report),
            _ => {}
        }
    }
}

/// The value of an attribute.
pub(super) fn lookup<'a>(name: &str, context: &'a EvaluationContext) -> Option<Cow<'a, Value>> {
    if let Some(value) = context.attributes.get(name) {
        return Some(Cow::Borrowed(value));
    }
    if name == "targetingKey" {
        return context.targeting_key.clone().map(|key| Cow::Owned(Value::String(key)));
    }
    let (first, rest) = name.split_once('.')?;
    let object = context.attributes.get(first)?;
    rest.split('.').try_fold(object, |object, part| object.get(part)).map(Cow::Borrowed)
}

fn same(value: &Value, wanted: &Value) -> bool {
    match (value.as_f64(), wanted.as_f64()) {
        (Some(value), Some(wanted)) => value == wanted,
        _ => value == wanted,
    }
}

/// A version as Semantic Versioning 2.0.0 has it, without build metadata, which does not count.
struct Version<'a> {
    numbers: [u64; 3],
    pre_release: Option<&'a str>,
}

impl<'a> Version<'a> {
    fn parse(text: &'a str) -> Option<Version<'a>> {
        let text = text.split_once('+').map_or(text, |(version, _)| version);
        let (numbers, pre_release) = match text.split_once('-') {
            Some((numbers, pre_release)) => (numbers, Some(pre_release)),
            None => (text, None),
        };
        let mut parts = numbers.split('.');
        let mut number = || {
            let part = parts.next()?;
            part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())?
        };
        let numbers = [number()?, number()?, number()?];
        let whole = parts.next().is_none() && pre_release.is_none_or(|part| !part.is_empty());
        whole.then_some(Version { numbers, pre_release })
    }

    fn compares(&self, comparison: Comparison, than: &Version<'_>) -> bool {
        match comparison {
            Comparison::SameMajor => self.numbers[0] == than.numbers[0],
            Comparison::SameMinor => self.numbers[..2] == than.numbers[..2],
            _ => comparison.accepts(self.order(than)),
        }
    }

    /// Section 11: a version before its release is lower than the release.
    fn order(&self, than: &Version<'_>) -> Ordering {
        self.numbers.cmp(&than.numbers).then_with(|| match (self.pre_release, than.pre_release) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (Some(one), Some(other)) => {
                one.split('.').map(Identifier::of).cmp(other.split('.').map(Identifier::of))
            }
        })
    }
}

/// Numbers are lower than texts.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Identifier<'a> {
    Number(u64),
    Text(&'a str),
}

impl<'a> Identifier<'a> {
    fn of(text: &'a str) -> Identifier<'a> {
        text.parse().map_or(Identifier::Text(text), Identifier::Number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_ordered_as_the_specification_orders_them() {
        let ascending = [
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.0.1",
            "1.2.0",
            "2.0.0",
        ];
        for pair in ascending.windows(2) {
            let [one, other] = [pair[0], pair[1]].map(|text| Version::parse(text).unwrap());
            assert!(one.compares(Comparison::Less, &other), "{pair:?}");
        }
        assert!(Version::parse("1.0").is_none());
        assert!(Version::parse("v1.0.0").is_none());
        assert!(Version::parse("1.0.0-").is_none());
    }

    #[test]
    fn attributes_are_looked_up() {
        let address = serde_json::json!({ "country": "DE" });
        let context = EvaluationContext::of("ada").with("address", address).with("a.b", 1.0);
        assert!(Condition::attribute("address.country").equals("DE").holds(&context));
        assert!(Condition::attribute("targetingKey").starts_with("a").holds(&context));
        assert!(Condition::attribute("a.b").equals(1).holds(&context));
        assert!(!Condition::attribute("none").equals(1).holds(&context));
        assert!(Condition::attribute("none").equals(1).negate().holds(&context));
    }
}
