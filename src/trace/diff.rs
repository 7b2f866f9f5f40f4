//! Where two runs differ first: for checks of determinism, and to see what a change did.

use std::fmt;

use super::pseudonym::Pseudonyms;
use super::record::{CallRecord, Ended, Ruling, Trace};
use super::render::{Options, Renderer, Writer, indent, time};
use super::view::View;

/// What is different about a call.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Only the first trace has the call.
    OnlyLeft,
    /// Only the second trace has the call.
    OnlyRight,
    /// Another node or method is called.
    Call,
    /// It is part of, or caused by, another call.
    Parent,
    /// The argument of that name.
    Argument(&'static str),
    /// When it began.
    Started,
    /// What interfered with it.
    Rule,
    /// How it ended.
    Outcome,
    /// How long it took.
    Duration,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Difference::OnlyLeft => f.write_str("only the first has this call"),
            Difference::OnlyRight => f.write_str("only the second has this call"),
            Difference::Call => f.write_str("another call"),
            Difference::Parent => f.write_str("another parent"),
            Difference::Argument(name) => write!(f, "argument {name}"),
            Difference::Started => f.write_str("time"),
            Difference::Rule => f.write_str("rule"),
            Difference::Outcome => f.write_str("outcome"),
            Difference::Duration => f.write_str("duration"),
        }
    }
}

/// The first call in which two traces differ. Its text shows both, and what preceded.
#[derive(Clone)]
pub struct Divergence {
    place: usize,
    left: Option<CallRecord>,
    right: Option<CallRecord>,
    differences: Vec<Difference>,
    text: String,
}

impl Divergence {
    /// The place of the call among the calls compared, from 0.
    pub fn place(&self) -> usize {
        self.place
    }

    /// The call of the first trace; `None` if it has ended.
    pub fn left(&self) -> Option<&CallRecord> {
        self.left.as_ref()
    }

    /// The call of the second trace; `None` if it has ended.
    pub fn right(&self) -> Option<&CallRecord> {
        self.right.as_ref()
    }

    /// What is different; never empty.
    pub fn differences(&self) -> &[Difference] {
        &self.differences
    }
}

impl fmt::Display for Divergence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text.trim_end())
    }
}

impl fmt::Debug for Divergence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Divergence {}

impl Trace {
    /// The first call in which the other trace differs: in its arguments, its outcome, its time, what
    /// interfered, or in being another call. `None` if there is none.
    ///
    /// Values are compared as they are: two runs from one seed must be alike in everything. For runs in
    /// which ids and times may vary, see [`Trace::diff_with`].
    ///
    /// ```
    /// use stuntdouble::trace::Trace;
    ///
    /// assert!(Trace::new().diff(&Trace::new()).is_none());
    /// ```
    pub fn diff(&self, other: &Trace) -> Option<Divergence> {
        self.diff_with(other, &Options::default().with_pseudonyms(false))
    }

    /// As [`Trace::diff`], compared as the options say: with pseudonyms, values that vary need only vary
    /// alike; without times, times are not compared.
    pub fn diff_with(&self, other: &Trace, options: &Options) -> Option<Divergence> {
        self.filter().diff_with(&other.filter(), options)
    }
}

impl View {
    /// As [`Trace::diff_with`], of the calls that are shown.
    pub fn diff_with(&self, other: &View, options: &Options) -> Option<Divergence> {
        let mut left = Side::new(self, options);
        let mut right = Side::new(other, options);
        for place in 0..self.len().max(other.len()) {
            let differences = match (left.at(place), right.at(place)) {
                (Some(one), Some(two)) => compare(&mut left, one, &mut right, two),
                (Some(_), None) => vec![Difference::OnlyLeft],
                _ => vec![Difference::OnlyRight],
            };
            if differences.is_empty() {
                continue;
            }
            let differences = match differences[..] {
                [Difference::Call] => vec![left.extra(&right, place)],
                _ => differences,
            };
            let text = explain(&mut left, &mut right, place, &differences);
            let (left, right) = (left.call(place), right.call(place));
            return Some(Divergence { place, left, right, differences, text });
        }
        None
    }
}

/// How far ahead a call is looked for that only one of the traces has.
const AHEAD: usize = 64;

/// One of the traces that are compared.
struct Side<'a> {
    view: &'a View,
    calls: Vec<&'a CallRecord>,
    names: Pseudonyms,
    options: &'a Options,
}

impl<'a> Side<'a> {
    fn new(view: &'a View, options: &'a Options) -> Side<'a> {
        let names = options.names(view.all());
        Side { view, calls: view.iter().collect(), names, options }
    }

    fn at(&self, place: usize) -> Option<&'a CallRecord> {
        self.calls.get(place).copied()
    }

    fn call(&self, place: usize) -> Option<CallRecord> {
        self.at(place).cloned()
    }

    fn writer(&mut self) -> Writer<'_> {
        Writer::new(&mut self.names, false)
    }

    /// The answer or error in full, told apart by type where two types are written alike.
    fn outcome(&mut self, call: &CallRecord) -> String {
        match call.outcome() {
            None => "still in flight".to_owned(),
            Some(Ended::Ok(answer)) => self.writer().detail(answer),
            Some(Ended::Err(error)) => self.names.text(&format!("{error:?}")).into_owned(),
            Some(Ended::Cancelled) => "cancelled".to_owned(),
            Some(Ended::Panicked) => "panicked".to_owned(),
        }
    }

    fn parent(&self, call: &CallRecord) -> Option<String> {
        let parent = call.parent()?;
        let all = self.view.all();
        let place = all.binary_search_by_key(&parent, CallRecord::id).ok()?;
        Some(all[place].name().to_string())
    }

    /// Where two calls have nothing in common: whether one of them comes later in the other trace.
    fn extra(&self, right: &Side<'_>, place: usize) -> Difference {
        let ahead = |side: &Side<'_>, call: &CallRecord| {
            let later = side.calls.iter().skip(place + 1).take(AHEAD);
            later.into_iter().any(|later| same_call(later, call))
        };
        let (one, two) = (self.calls[place], right.calls[place]);
        match (ahead(right, one), ahead(self, two)) {
            (true, false) => Difference::OnlyRight,
            (false, true) => Difference::OnlyLeft,
            _ => Difference::Call,
        }
    }
}

/// The same method by the same node, with arguments that are written alike.
fn same_call(one: &CallRecord, two: &CallRecord) -> bool {
    one.node() == two.node()
        && one.method().to_string() == two.method().to_string()
        && one.args().map(|(_, a)| a).eq(two.args().map(|(_, a)| a))
}

fn compare(
    left: &mut Side<'_>,
    one: &CallRecord,
    right: &mut Side<'_>,
    two: &CallRecord,
) -> Vec<Difference> {
    let name = |call: &CallRecord| (call.node().to_owned(), call.method().to_string(), call.nth());
    if name(one) != name(two) {
        return vec![Difference::Call];
    }
    let mut found = Vec::new();
    let mut check = |differs: bool, difference: Difference| {
        if differs {
            found.push(difference);
        }
    };
    check(left.parent(one) != right.parent(two), Difference::Parent);
    let raw = !left.options.compares_pseudonyms();
    for ((name, a), (_, b)) in one.args().zip(two.args()) {
        // Written even if they are equal, so that both sides give the same names afterwards.
        let written = left.writer().detail(a) != right.writer().detail(b);
        check(written || (raw && debug_differs(a, b)), Difference::Argument(name));
    }
    let times = left.options.compares_times();
    check(times && one.started() != two.started(), Difference::Started);
    check(rule(one.ruling()) != rule(two.ruling()), Difference::Rule);
    let written = left.outcome(one) != right.outcome(two);
    let raw_differs = raw
        && matches!((one.outcome(), two.outcome()),
        (Some(Ended::Ok(a)), Some(Ended::Ok(b))) if debug_differs(a, b));
    check(written || raw_differs, Difference::Outcome);
    check(times && one.took() != two.took(), Difference::Duration);
    found
}

/// By their text if not by their value, since NaN is not equal to itself.
fn debug_differs<T: PartialEq + fmt::Debug>(a: &T, b: &T) -> bool {
    a != b && format!("{a:?}") != format!("{b:?}")
}

fn rule(ruling: Option<&Ruling>) -> String {
    match ruling {
        None => "none".to_owned(),
        Some(Ruling { verdict, rule: None }) => verdict.to_string(),
        Some(Ruling { verdict, rule: Some(rule) }) => format!("{verdict} ({rule})"),
    }
}

/// How many calls are shown that preceded.
const BEFORE: usize = 3;

fn explain(
    left: &mut Side<'_>,
    right: &mut Side<'_>,
    place: usize,
    differences: &[Difference],
) -> String {
    let names: Vec<_> = differences.iter().map(Difference::to_string).collect();
    let mut text = format!("the traces differ first in call {}: {}\n", place + 1, names.join(", "));
    let options = left.options.clone().with_rule_lines(true).with_width(76).with_colour(false);
    let mut renderer = Renderer::for_excerpts(left.view.all(), &options);
    let before = &left.calls
        [place.saturating_sub(BEFORE).min(left.calls.len())..place.min(left.calls.len())];
    if !before.is_empty() {
        text += "  before it, in both:\n";
        text += &indent(&renderer.render(before.iter().copied()), 4);
    }
    let mut show = |title: &str, renderer: &mut Renderer<'_>, side: &Side<'_>| {
        text += &format!("  {title}:\n");
        text += &match side.calls.get(place) {
            Some(call) => indent(&renderer.render([*call].into_iter()), 4),
            None => format!("    (nothing: it ended after {} calls)\n", side.calls.len()),
        };
    };
    show("the first", &mut renderer, left);
    let mut renderer = Renderer::for_excerpts(right.view.all(), &options);
    show("the second", &mut renderer, right);
    if let (Some(one), Some(two)) = (left.call(place), right.call(place)) {
        for difference in differences {
            if let Some((a, b)) = values(left, &one, right, &two, difference) {
                let (a, b) = contrast(&a, &b);
                text += &format!("  {difference}:\n    {a}\n    {b}\n");
            }
        }
    }
    text
}

/// Both values of what is different.
fn values(
    left: &mut Side<'_>,
    one: &CallRecord,
    right: &mut Side<'_>,
    two: &CallRecord,
    difference: &Difference,
) -> Option<(String, String)> {
    let parent = |name: Option<String>| name.unwrap_or_else(|| "none".to_owned());
    let took = |call: &CallRecord| call.took().map_or("still in flight".to_owned(), time);
    Some(match difference {
        Difference::OnlyLeft | Difference::OnlyRight | Difference::Call => return None,
        Difference::Parent => (parent(left.parent(one)), parent(right.parent(two))),
        Difference::Argument(name) => {
            let (a, b) = (one.arg(name)?, two.arg(name)?);
            typed((left.writer().detail(a), right.writer().detail(b)), a, b)
        }
        Difference::Started => (time(one.started()), time(two.started())),
        Difference::Rule => (rule(one.ruling()), rule(two.ruling())),
        Difference::Outcome => {
            let texts = (left.outcome(one), right.outcome(two));
            match (one.outcome(), two.outcome()) {
                (Some(Ended::Ok(a)), Some(Ended::Ok(b))) => typed(texts, a, b),
                _ => texts,
            }
        }
        Difference::Duration => (took(one), took(two)),
    })
}

/// Values that are written alike differ in type.
fn typed<T: fmt::Debug>(texts: (String, String), a: &T, b: &T) -> (String, String) {
    if texts.0 == texts.1 { (format!("{a:?}"), format!("{b:?}")) } else { texts }
}

/// How much of a value is shown around the first difference, in characters.
const AROUND: usize = 24;
const SHORT: usize = 72;

/// Both texts, cut to the surroundings of their first difference where they are long.
fn contrast(a: &str, b: &str) -> (String, String) {
    let flat = |text: &str| text.replace('\n', "\\n");
    let (a, b) = (flat(a), flat(b));
    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let cut = |text: &str| {
        if text.chars().count() <= SHORT {
            return text.to_owned();
        }
        let start = same.saturating_sub(AROUND);
        let shown: String = text.chars().skip(start).take(SHORT - 2).collect();
        let more = text.chars().count() > start + SHORT - 2;
        let (before, after) = (if start > 0 { "…" } else { "" }, if more { "…" } else { "" });
        format!("{before}{shown}{after}")
    };
    (cut(&a), cut(&b))
}

#[cfg(test)]
mod tests {
    use super::contrast;

    #[test]
    fn long_values_are_cut_to_their_difference() {
        let (a, b) = (format!("{}x{}", "a".repeat(100), "b".repeat(100)), "a".repeat(201));
        let (a, b) = contrast(&a, &b);
        assert_eq!(a, format!("…{}x{}…", "a".repeat(24), "b".repeat(45)));
        assert_eq!(b, format!("…{}…", "a".repeat(70)));
    }
}
