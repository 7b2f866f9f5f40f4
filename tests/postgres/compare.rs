//! The first difference between what a script expects and what a server answered, in words.

use std::fmt::Write;

use crate::answer::without_padding;
use crate::run::Answers;
use crate::script::Script;

/// How many steps before the difference are shown.
const CONTEXT: usize = 6;

/// The first step that was answered differently.
#[derive(Debug)]
pub(crate) struct Difference {
    /// Which step.
    pub(crate) at: usize,
    /// One line: the step, what was expected, what came.
    pub(crate) summary: String,
    /// The summary in brief, for the list of gaps.
    pub(crate) brief: String,
    /// The whole story.
    pub(crate) text: String,
}

/// Compares `got` with what the script expects. `who` answered.
pub(crate) fn difference(script: &Script, who: &str, got: &Answers) -> Option<Difference> {
    difference_of(script, who, &expected(script), got)
}

/// As [`differences_of`], with the script's own expectation.
pub(crate) fn differences(script: &Script, who: &str, got: &Answers) -> Vec<Difference> {
    differences_of(script, who, &expected(script), got)
}

/// All differences, if the script has one session, whose later answers mean something all the same;
/// otherwise the first.
pub(crate) fn differences_of(
    script: &Script,
    who: &str,
    expected: &Answers,
    got: &Answers,
) -> Vec<Difference> {
    let steps = 0..script.steps().len();
    let all = steps.filter_map(|at| difference_at(script, who, at, expected, got));
    all.take(if script.has_one_session() { usize::MAX } else { 1 }).collect()
}

/// As [`difference`], where the expectation is not the script's own.
pub(crate) fn difference_of(
    script: &Script,
    who: &str,
    expected: &Answers,
    got: &Answers,
) -> Option<Difference> {
    (0..script.steps().len()).find_map(|at| difference_at(script, who, at, expected, got))
}

fn expected(script: &Script) -> Answers {
    script.steps().iter().map(|step| Some(step.expected.clone())).collect()
}

fn difference_at(
    script: &Script,
    who: &str,
    at: usize,
    expected: &Answers,
    got: &Answers,
) -> Option<Difference> {
    let lines = |answers: &Answers| -> Vec<String> {
        let lines = answers.get(at).and_then(Option::as_ref).into_iter().flatten();
        lines.map(|line| without_padding(line)).collect()
    };
    let (want, have) = (lines(expected), lines(got));
    let line = (0..want.len().max(have.len())).find(|line| want.get(*line) != have.get(*line))?;
    Some(describe(script, who, expected, at, line, &want, &have))
}

fn describe(
    script: &Script,
    who: &str,
    expected: &Answers,
    at: usize,
    line: usize,
    want: &[String],
    have: &[String],
) -> Difference {
    let steps = script.steps();
    let step = steps[at];
    let show =
        |lines: &[String]| lines.get(line).cloned().unwrap_or_else(|| "(nothing more)".to_owned());
    let statement = step.text.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
    let (wanted, found) = (show(want), show(have));
    let summary = format!("line {}: `{statement}`: expected `{wanted}`, got `{found}`", step.line);
    let brief = match found.strip_prefix("ERROR 0A000: ") {
        Some(what) => format!(
            "0A000: {}",
            what.trim_end_matches(" is not supported by the simulated PostgreSQL")
        ),
        None => format!(
            "`{}` → `{}`, not `{}`",
            shortened(&statement, 60),
            shortened(&found, 70),
            shortened(&wanted, 70)
        ),
    };

    let mut text = String::new();
    let _ = writeln!(text, "{who} answers line {} of {} differently.", step.line, script.place());
    if let Some(why) = script.why() {
        let _ = writeln!(text, "({why})");
    }
    // Steps that were left out tell nothing.
    let taken: Vec<usize> =
        (0..at).filter(|index| expected.get(*index).is_some_and(Option::is_some)).collect();
    let left_out = taken.len().saturating_sub(CONTEXT);
    let _ = writeln!(text);
    if left_out > 0 {
        let _ = writeln!(text, "          … {left_out} steps before");
    }
    for index in taken.into_iter().skip(left_out).chain([at]) {
        for (nth, line) in steps[index].text.iter().enumerate() {
            let number = if nth == 0 { steps[index].line.to_string() } else { String::new() };
            let _ = writeln!(text, "  {number:>5}   {line}");
        }
        if index < at {
            for line in expected.get(index).and_then(Option::as_ref).into_iter().flatten() {
                let _ = writeln!(text, "          {line}");
            }
        }
    }
    for same in &want[..line.min(want.len())] {
        let _ = writeln!(text, "          {same}");
    }
    let mut side = |label: &str, lines: &[String]| {
        let rest = &lines[line.min(lines.len())..];
        let nothing = ["(nothing more)".to_owned()];
        let shown = if rest.is_empty() { &nothing[..] } else { rest };
        for (nth, line) in shown.iter().enumerate() {
            let _ = writeln!(text, "{:>8}  {line}", if nth == 0 { label } else { "" });
        }
    };
    side("expected", want);
    side("got", have);
    Difference { at, summary, brief, text }
}

/// At most so many characters, with a mark where it was cut.
pub(crate) fn shortened(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
