//! [`CallPattern`]: which calls are meant, as rules, filters and assertions write it.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use super::call::Call;
use super::method::{Method, Service};

/// Which calls are meant: `[node/]service.method[#n]`.
///
/// `*` stands for any characters within one part: `*.get`, `db.*`, `api-*/db.commit`. Without a node,
/// calls of every node are meant; without `#n`, every call of the method by its node.
///
/// ```
/// use stuntdouble::intercept::{DB, SERVICES};
/// use stuntdouble::stack::CallPattern;
///
/// let pattern: CallPattern = "api/db.commit#2".parse()?;
/// let commit = DB.method("commit").unwrap();
/// assert!(pattern.matches("api", commit, 2));
/// assert!(!pattern.matches("worker", commit, 2));
///
/// let misspelt: CallPattern = "db.comit".parse()?;
/// let unknown = misspelt.known(&SERVICES).unwrap_err();
/// assert_eq!(unknown.to_string(), "no service has a method db.comit: did you mean db.commit?");
///
/// let error = "db".parse::<CallPattern>().unwrap_err();
/// assert_eq!(error.to_string(), "\"db\": a method is missing: write db.* for all of them");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallPattern {
    node: Option<Glob>,
    service: Glob,
    method: Glob,
    nth: Option<u32>,
}

impl CallPattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// A [`PatternError`] that says what is wrong, and where.
    pub fn parse(text: &str) -> Result<CallPattern, PatternError> {
        Parser { text }.pattern()
    }

    /// The pattern that means every call of that method.
    pub fn of(method: &Method) -> CallPattern {
        CallPattern {
            node: None,
            service: Glob::new(method.service),
            method: Glob::new(method.name),
            nth: None,
        }
    }

    /// True if the pattern means that call: the `nth` of that method (from 1) by that node.
    pub fn matches(&self, node: &str, method: &Method, nth: u32) -> bool {
        self.nth.is_none_or(|wanted| wanted == nth)
            && self.matches_method(method)
            && self.matches_node(node)
    }

    /// As [`CallPattern::matches`], for a call that goes on.
    pub fn matches_call(&self, call: &Call<'_>) -> bool {
        self.matches(call.node, call.method, call.nth)
    }

    /// True if the pattern means some call of that method. It is the same for every call, so that it
    /// can be asked once for each method.
    pub fn matches_method(&self, method: &Method) -> bool {
        self.service.matches(method.service) && self.method.matches(method.name)
    }

    /// True if the pattern means calls of that node.
    pub fn matches_node(&self, node: &str) -> bool {
        self.node.as_ref().is_none_or(|glob| glob.matches(node))
    }

    /// The node, as it was written; `None` means every node.
    pub fn node(&self) -> Option<&str> {
        self.node.as_ref().map(Glob::as_str)
    }

    /// Which call of the method by its node is meant, from 1; `None` means every call.
    pub fn nth(&self) -> Option<u32> {
        self.nth
    }

    /// The methods that the pattern can mean.
    pub fn methods<'a>(
        &'a self,
        services: &'a [&'static Service],
    ) -> impl Iterator<Item = &'static Method> + 'a {
        let methods = services.iter().flat_map(|service| service.methods.iter().copied());
        methods.filter(|method| self.matches_method(method))
    }

    /// Checks that the pattern can mean a call of these services at all.
    ///
    /// # Errors
    /// [`UnknownCall`], with the nearest name that exists, if none has such a method.
    pub fn known(&self, services: &[&'static Service]) -> Result<(), UnknownCall> {
        if self.methods(services).next().is_some() {
            return Ok(());
        }
        Err(UnknownCall { name: self.name(), suggestion: self.nearest(services) })
    }

    fn name(&self) -> String {
        format!("{}.{}", self.service, self.method)
    }

    /// A method of a service that was named comes first, then the same method of another service.
    fn nearest(&self, services: &[&'static Service]) -> Option<String> {
        let (service, method) = (self.service.as_str(), self.method.as_str());
        let meant = services.iter().filter(|known| self.service.matches(known.name));
        let own = meant.flat_map(|known| known.methods.iter().copied());
        if let Some(found) = nearest(method, own.map(|known| (known.name, known.to_string()))) {
            return Some(found);
        }
        let holders =
            services.iter().filter(|s| s.methods.iter().any(|m| self.method.matches(m.name)));
        let holders: Vec<_> = holders.map(|s| (s.name, format!("{}.{method}", s.name))).collect();
        if let Some(found) = nearest(service, holders.iter().cloned()) {
            return Some(found);
        }
        if let [(_, only)] = &holders[..] {
            return Some(only.clone());
        }
        let all = services.iter().flat_map(|s| s.methods.iter()).map(|m| m.to_string());
        nearest(&self.name(), all.collect::<Vec<_>>().iter().map(|name| (&**name, name.clone())))
    }
}

/// The nearest of several names, where one is near enough to be a slip of the pen. The first of equals.
fn nearest<'a>(wanted: &str, known: impl Iterator<Item = (&'a str, String)>) -> Option<String> {
    let distance = |name: &str| strsim::damerau_levenshtein(wanted, name);
    let near = known.map(|(name, full)| (distance(name), full));
    let near = near.filter(|(distance, _)| *distance <= wanted.chars().count().div_ceil(3));
    near.min_by_key(|(distance, _)| *distance).map(|(_, full)| full)
}

impl fmt::Display for CallPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(node) = &self.node {
            write!(f, "{node}/")?;
        }
        write!(f, "{}.{}", self.service, self.method)?;
        self.nth.map_or(Ok(()), |nth| write!(f, "#{nth}"))
    }
}

impl FromStr for CallPattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<CallPattern, PatternError> {
        CallPattern::parse(text)
    }
}

/// A text that may hold `*`.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Glob {
    Any,
    Literal(Box<str>),
    Stars(Box<str>),
}

impl Glob {
    fn new(text: &str) -> Glob {
        match text {
            "*" => Glob::Any,
            _ if text.contains('*') => Glob::Stars(text.into()),
            _ => Glob::Literal(text.into()),
        }
    }

    fn as_str(&self) -> &str {
        match self {
            Glob::Any => "*",
            Glob::Literal(text) | Glob::Stars(text) => text,
        }
    }

    fn matches(&self, text: &str) -> bool {
        match self {
            Glob::Any => true,
            Glob::Literal(literal) => **literal == *text,
            Glob::Stars(pattern) => stars(pattern.as_bytes(), text.as_bytes()),
        }
    }
}

impl fmt::Display for Glob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Greedy matching that goes back to the last star only: quadratic at worst, whatever the pattern.
fn stars(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut last: Option<(usize, usize)> = None;
    while t < text.len() {
        if pattern.get(p) == Some(&b'*') {
            last = Some((p, t));
            p += 1;
        } else if pattern.get(p) == Some(&text[t]) {
            (p, t) = (p + 1, t + 1);
        } else if let Some((star, from)) = last {
            last = Some((star, from + 1));
            (p, t) = (star + 1, from + 1);
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|byte| *byte == b'*')
}

/// What is wrong with a pattern, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    text: String,
    span: Range<usize>,
    message: String,
}

impl PatternError {
    /// The part of the text that is wrong, in bytes; empty where something is missing.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// What is wrong, without the text.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.text, self.message)
    }
}

impl std::error::Error for PatternError {}

/// A pattern that can mean no call: no service has such a method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCall {
    name: String,
    suggestion: Option<String>,
}

impl UnknownCall {
    /// What was asked for, as `service.method`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The nearest name that exists, if one is near.
    pub fn suggestion(&self) -> Option<&str> {
        self.suggestion.as_deref()
    }
}

impl fmt::Display for UnknownCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no service has a method {}", self.name)?;
        self.suggestion.as_ref().map_or(Ok(()), |near| write!(f, ": did you mean {near}?"))
    }
}

impl std::error::Error for UnknownCall {}

struct Parser<'a> {
    text: &'a str,
}

impl Parser<'_> {
    fn pattern(&self) -> Result<CallPattern, PatternError> {
        if self.text.is_empty() {
            return Err(self.error(0..0, "a pattern is empty: write service.method"));
        }
        if let Some((at, space)) = self.text.char_indices().find(|(_, c)| c.is_whitespace()) {
            return Err(self.error(at..at + space.len_utf8(), "a pattern holds no spaces"));
        }
        let (path, nth) = match self.text.split_once('#') {
            None => (self.text, None),
            Some((path, digits)) => (path, Some(self.nth(path.len() + 1, digits)?)),
        };
        let (node, start) = match path.split_once('/') {
            None => (None, 0),
            Some((node, _)) => (Some(self.part(0, node, "node", "/")?), node.len() + 1),
        };
        let (service, method) = self.call(start, &path[start..])?;
        Ok(CallPattern { node, service, method, nth })
    }

    fn call(&self, start: usize, path: &str) -> Result<(Glob, Glob), PatternError> {
        let end = start + path.len();
        let Some((service, method)) = path.split_once('.') else {
            let message = match path {
                "" => "a service is missing: write service.method".to_owned(),
                "*" => "a method is missing: write *.* for every call".to_owned(),
                _ => format!("a method is missing: write {path}.* for all of them"),
            };
            return Err(self.error(end..end, message));
        };
        let at = start + service.len() + 1;
        Ok((self.part(start, service, "service", "/.")?, self.part(at, method, "method", "/.")?))
    }

    fn part(
        &self,
        start: usize,
        part: &str,
        what: &str,
        forbidden: &str,
    ) -> Result<Glob, PatternError> {
        if part.is_empty() {
            let message = format!("a {what} is missing: write [node/]service.method[#n]");
            return Err(self.error(start..start, message));
        }
        if let Some((at, wrong)) = part.char_indices().find(|(_, c)| forbidden.contains(*c)) {
            let at = start + at;
            let message = format!("a {what} holds no {wrong:?}: write [node/]service.method[#n]");
            return Err(self.error(at..at + wrong.len_utf8(), message));
        }
        Ok(Glob::new(part))
    }

    fn nth(&self, start: usize, digits: &str) -> Result<u32, PatternError> {
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        let nth = digits.parse().ok().filter(|nth| *nth > 0 && plain);
        nth.ok_or_else(|| {
            let end = start + digits.len();
            self.error(start..end, "behind # stands which call is meant, counted from 1")
        })
    }

    fn error(&self, span: Range<usize>, message: impl Into<String>) -> PatternError {
        PatternError { text: self.text.to_owned(), span, message: message.into() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    crate::methods! {
        static DB = "db" {
            QUERY = "query"(sql): crate::stack::Effects::READ;
            COMMIT = "commit"(): crate::stack::Effects::WRITE;
        }
    }
    crate::methods! {
        static CACHE = "cache" {
            GET = "get"(key): crate::stack::Effects::READ;
            SET = "set"(key): crate::stack::Effects::WRITE;
        }
    }
    const SERVICES: [&Service; 2] = [&DB, &CACHE];

    fn pattern(text: &str) -> CallPattern {
        text.parse().unwrap()
    }

    #[test]
    fn parts_that_are_left_out_mean_everything() {
        assert!(pattern("db.query").matches("api", &QUERY, 7));
        assert!(pattern("*.*").matches("api", &COMMIT, 1));
        assert!(pattern("api/*.get#2").matches("api", &GET, 2));
        assert!(!pattern("api/*.get#2").matches("api", &GET, 1));
        assert!(!pattern("api/*.get").matches("api2", &GET, 1));
        assert!(pattern("api*/c*e.*et").matches("api2", &SET, 1));
        assert!(!pattern("db.q").matches("api", &QUERY, 1));
    }

    #[test]
    fn an_error_says_where() {
        for (text, span) in [
            ("", 0..0),
            ("db", 2..2),
            ("db.", 3..3),
            (".get", 0..0),
            ("/db.get", 0..0),
            ("api/", 4..4),
            ("db.a.b", 4..5),
            ("a/b/db.get", 3..4),
            ("db.get#0", 7..8),
            ("db.get#", 7..7),
            ("db.get#+1", 7..9),
            ("db .get", 2..3),
        ] {
            assert_eq!(CallPattern::parse(text).unwrap_err().span(), span, "{text:?}");
        }
    }

    #[test]
    fn an_unknown_call_is_answered_with_the_nearest() {
        let near = |text: &str| {
            let unknown = pattern(text).known(&SERVICES).unwrap_err();
            unknown.suggestion().map(str::to_owned)
        };
        assert_eq!(near("db.comit").as_deref(), Some("db.commit"));
        assert_eq!(near("cahce.get").as_deref(), Some("cache.get"));
        assert_eq!(near("cache.commit").as_deref(), Some("db.commit"));
        assert_eq!(near("*.qeury").as_deref(), Some("db.query"));
        assert_eq!(near("chache.*").as_deref(), Some("cache.*"));
        assert_eq!(near("payment.charge"), None);
        assert_eq!(pattern("*.get").known(&SERVICES), Ok(()));
    }

    proptest! {
        #[test]
        fn a_pattern_is_written_as_it_was_read(text in "([a-z*]{1,5}/)?[a-z*]{1,5}[.][a-z*]{1,5}(#[1-9])?") {
            prop_assert_eq!(pattern(&text).to_string(), text);
        }

        #[test]
        fn no_text_makes_it_panic(text in "[a*./# é]{0,12}") {
            if let Err(error) = CallPattern::parse(&text) {
                prop_assert!(text.get(error.span()).is_some());
            }
        }

        #[test]
        fn stars_match_as_a_plain_recursion_does(glob in "[ab*]{0,8}", text in "[ab]{0,8}") {
            fn plain(glob: &[u8], text: &[u8]) -> bool {
                match glob.split_first() {
                    None => text.is_empty(),
                    Some((b'*', rest)) => (0..=text.len()).any(|skip| plain(rest, &text[skip..])),
                    Some((byte, rest)) => text.first() == Some(byte) && plain(rest, &text[1..]),
                }
            }
            prop_assert_eq!(stars(glob.as_bytes(), text.as_bytes()), plain(glob.as_bytes(), text.as_bytes()));
        }
    }
}
