//! The only formatter: calls as text, for snapshots, failures and terminals.
//!
//! ```text
//! +0ms    db.begin#1          → ok
//! +0ms      db.query#1        SELECT stock FROM item WHERE id = $1 FOR UPDATE
//!                               [7] → 1 row {stock: 3}
//! +0ms      db.commit#1       ✗ outcome_unknown 08007: the answer was lost (50ms)
//!                               ⟵ fail after outcome_unknown (lost_commit.toml:12)
//! ```
//!
//! - The order is the one in which calls began. The time is virtual, from the start of the run; a
//!   duration in brackets behind the outcome is left out when it is zero.
//! - What is part of a transaction, a delivery or a span is indented under it. Where calls interleave
//!   and the indentation alone would mislead, the line says so: `(in begin#2)`.
//! - A delivery says which publish it is from, and shows of the event only its id if the payload is the
//!   one that was published.
//! - The node is shown where there are several.

mod detail;
mod layout;
mod sql;

use std::fmt::Write;

pub(super) use detail::{Writer, count};
pub(super) use layout::time;
use layout::{Line, Piece, Style};

use super::pseudonym::Pseudonyms;
use super::record::{CallRecord, Ended, Ruling};
use super::tree::{Tree, is_delivery};
use crate::context::CallId;
use crate::stack::{Detail, Verdict};

/// How a trace is shown.
///
/// ```
/// use stuntdouble::trace::{Options, Trace};
///
/// let trace = Trace::new();
/// let options = Options::new().with_width(120).with_colour(true);
/// assert_eq!(trace.render_with(&options), "(no calls)\n");
/// ```
#[derive(Clone, Debug)]
pub struct Options {
    width: usize,
    colour: bool,
    pseudonyms: bool,
    shorten: bool,
    times: bool,
    rule_lines: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            width: 80,
            colour: false,
            pseudonyms: true,
            shorten: true,
            times: true,
            rule_lines: false,
        }
    }
}

impl Options {
    /// 80 columns, no colour, pseudonyms, long values shortened, with times, rules without their lines.
    /// Snapshots are so.
    pub fn new() -> Options {
        Options::default()
    }

    /// The width of a line in characters; at least 40. Only a call name that is longer exceeds it.
    #[must_use]
    pub fn with_width(mut self, width: usize) -> Options {
        self.width = width;
        self
    }

    /// With colours, as escape sequences for terminals. Whether there is a terminal, and `NO_COLOR`, is
    /// for the caller to know.
    #[must_use]
    pub fn with_colour(mut self, colour: bool) -> Options {
        self.colour = colour;
        self
    }

    /// With pseudonyms for ids and times that vary (`<event-1>`), or with the values themselves.
    #[must_use]
    pub fn with_pseudonyms(mut self, pseudonyms: bool) -> Options {
        self.pseudonyms = pseudonyms;
        self
    }

    /// With long texts, statements and answers shortened, or in full. What is left out is shown as a
    /// hash.
    #[must_use]
    pub fn with_shortening(mut self, shorten: bool) -> Options {
        self.shorten = shorten;
        self
    }

    /// With the times at which calls began and how long they took.
    #[must_use]
    pub fn with_times(mut self, times: bool) -> Options {
        self.times = times;
        self
    }

    /// With the line of a rule in its file (`lost_commit.toml:12`), or the file alone: a comment that is
    /// added there must not change a snapshot.
    #[must_use]
    pub fn with_rule_lines(mut self, rule_lines: bool) -> Options {
        self.rule_lines = rule_lines;
        self
    }

    pub(super) fn compares_pseudonyms(&self) -> bool {
        self.pseudonyms
    }

    pub(super) fn compares_times(&self) -> bool {
        self.times
    }

    pub(super) fn names(&self, calls: &[CallRecord]) -> Pseudonyms {
        Pseudonyms::new(self.pseudonyms, calls)
    }
}

/// Renders calls of one trace, with the same pseudonyms each time.
#[derive(Debug)]
pub(super) struct Renderer<'a> {
    calls: &'a [CallRecord],
    options: Options,
    names: Pseudonyms,
    several_nodes: bool,
}

impl<'a> Renderer<'a> {
    pub(super) fn new(calls: &'a [CallRecord], options: &Options) -> Renderer<'a> {
        let several_nodes = calls.iter().any(|call| call.node() != calls[0].node());
        let names = options.names(calls);
        Renderer { calls, options: options.clone(), names, several_nodes }
    }

    /// A renderer for excerpts: values have the names that they have in the whole trace.
    pub(super) fn for_excerpts(calls: &'a [CallRecord], options: &Options) -> Renderer<'a> {
        let mut renderer = Renderer::new(calls, options);
        for call in calls {
            renderer.body(call, None);
        }
        renderer
    }

    /// These calls, in the order given (that of the trace), each line ended by a line break.
    pub(super) fn render<'c>(&mut self, shown: impl Iterator<Item = &'c CallRecord>) -> String {
        let shown: Vec<&CallRecord> = shown.collect();
        if shown.is_empty() {
            return "(no calls)\n".to_owned();
        }
        let mut nest = Nest::new(&shown);
        let mut lines = Vec::with_capacity(shown.len());
        for call in &shown {
            let (depth, visible) = nest.place(Tree::new(self.calls), call);
            let note = self.note(call, visible);
            lines.push(Line {
                time: format!("+{}", time(call.started())),
                node: call.node().to_owned(),
                depth,
                call: format!("{}#{}", call.method(), call.nth()),
                body: self.body(call, note),
            });
        }
        layout::table(&lines, &self.options)
    }

    /// As [`Renderer::render`], indented, for failure texts.
    pub(super) fn excerpt<'c>(&mut self, shown: impl Iterator<Item = &'c CallRecord>) -> String {
        indent(&self.render(shown), 2)
    }

    /// Where the call belongs, if its place does not say so.
    fn note(&self, call: &CallRecord, visible: bool) -> Option<String> {
        let cause = Tree::new(self.calls).cause(call)?;
        let word = match () {
            () if is_delivery(call.method()) => "from",
            () if visible => return None,
            () => "in",
        };
        let mut name = format!("{}#{}", cause.method().name, cause.nth());
        if cause.node() != call.node() {
            name.insert_str(0, &format!("{}/", cause.node()));
        }
        Some(format!("({word} {name})"))
    }

    fn body(&mut self, call: &CallRecord, note: Option<String>) -> Vec<Piece> {
        let mut pieces: Vec<Piece> =
            note.map(|note| Piece::new(Style::Dim, note)).into_iter().collect();
        let repeated = self.repeats_publish(call);
        let mut writer = Writer::new(&mut self.names, self.options.shorten);
        let arguments = if repeated { writer.delivery(call) } else { writer.arguments(call) };
        if !arguments.is_empty() {
            pieces.push(Piece::flowing(arguments));
        }
        let (style, mut text) = match call.outcome() {
            None => (Style::Bad, "… still in flight".to_owned()),
            Some(Ended::Ok(Detail::Unit)) if call.method().service == "logger" => {
                (Style::Good, String::new())
            }
            Some(Ended::Ok(answer)) => {
                (Style::Good, format!("→ {}", writer.answer(call.method(), answer)))
            }
            Some(Ended::Err(error)) => (Style::Bad, format!("✗ {}", writer.error(error))),
            Some(Ended::Cancelled) => (Style::Bad, "cancelled".to_owned()),
            Some(Ended::Panicked) => (Style::Bad, "panicked".to_owned()),
        };
        if let Some(took) = call.took().filter(|took| self.options.times && !took.is_zero()) {
            let _ = write!(text, " ({})", time(took));
        }
        if !text.is_empty() {
            pieces.push(Piece::new(style, text));
        }
        let rule = call.ruling().and_then(|ruling| self.rule(ruling));
        pieces.extend(rule.map(|rule| Piece::new(Style::Rule, rule)));
        pieces
    }

    /// True for a delivery of the very payload that the publish shows which it is from.
    fn repeats_publish(&self, call: &CallRecord) -> bool {
        let publish = Tree::new(self.calls).cause(call).filter(|_| is_delivery(call.method()));
        let Some(Detail::Record(event)) = call.arg("event") else { return false };
        let payload = event.iter().find(|(name, _)| name == "payload").map(|(_, payload)| payload);
        payload.is_some() && publish.and_then(|publish| publish.arg("payload")) == payload
    }

    /// What interfered. Ordinary latency is no interference: the duration says it.
    fn rule(&self, ruling: &Ruling) -> Option<String> {
        match (&ruling.rule, &ruling.verdict) {
            (None, Verdict::Pass | Verdict::Delay(_)) => None,
            (None, verdict) => Some(format!("⟵ {verdict}")),
            (Some(rule), verdict) => {
                let place = file_name(rule);
                let place = if self.options.rule_lines { place } else { without_line(place) };
                Some(format!("⟵ {verdict} ({place})"))
            }
        }
    }

    /// How a call is named in sentences.
    pub(super) fn name(&self, call: &CallRecord) -> String {
        let name = format!("{}#{}", call.method(), call.nth());
        if self.several_nodes { format!("{}/{name}", call.node()) } else { name }
    }
}

/// The rule without the folders of its file, which differ from machine to machine.
fn file_name(rule: &str) -> &str {
    rule.rsplit(['/', '\\']).next().unwrap_or(rule)
}

fn without_line(place: &str) -> &str {
    match place.rsplit_once(':') {
        Some((file, line)) if line.bytes().all(|byte| byte.is_ascii_digit()) => file,
        _ => place,
    }
}

pub(super) fn indent(text: &str, by: usize) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    for line in text.lines() {
        let by = if line.is_empty() { 0 } else { by };
        let _ = writeln!(out, "{:by$}{line}", "");
    }
    out
}

/// A sentence on lines of at most 78 characters; those behind the first are indented.
pub(super) fn fill(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut width = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > 78 {
            out.push_str("\n  ");
            width = 2;
        } else if width > 0 {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += length;
    }
    out
}

/// Keeps which group a reader takes a line of some depth to be in.
struct Nest {
    shown: Vec<CallId>,
    /// For each depth, the group that lines of that depth seem to be in, and its depth.
    open: Vec<Option<CallId>>,
    depths: Vec<usize>,
}

impl Nest {
    fn new(shown: &[&CallRecord]) -> Nest {
        let shown: Vec<_> = shown.iter().map(|call| call.id()).collect();
        Nest { depths: Vec::with_capacity(shown.len()), shown, open: vec![None] }
    }

    fn depth_of(&self, id: CallId) -> Option<usize> {
        self.depths.get(self.shown.binary_search(&id).ok()?).copied()
    }

    /// The depth of the next call, and whether its place shows what it is part of.
    fn place(&mut self, tree: Tree<'_>, call: &CallRecord) -> (usize, bool) {
        let group = tree.group(call);
        // What is hidden by a filter is passed over: the nearest group that is shown counts.
        let shown = tree.groups(call).find_map(|g| Some((g.id(), self.depth_of(g.id())?)));
        let depth = shown.map_or(0, |(_, depth)| depth + 1);
        let seems = self.open.get(depth).copied().flatten();
        let visible = seems == group.map(|group| group.id());
        self.open.truncate(depth + 1);
        self.open.resize(depth + 1, None);
        self.open[depth] = group.map(|group| group.id());
        self.open.push(Some(call.id()));
        self.depths.push(depth);
        (depth, visible)
    }
}
