//! Runs a script on a server, whichever it is, and collects what each step answered.

use std::time::Duration;

use crate::answer::Answer;
use crate::script::{Action, Param, Script};

/// A server that can be asked from several sessions at once.
pub(crate) trait Server {
    /// Sends the statement; opens the session if it is new. Err: the server could not be reached.
    async fn start(&mut self, session: &str, sql: &str, params: &[Param]) -> Result<(), String>;

    /// Waits until each outstanding statement has either answered or waits for another session; returns
    /// those that have answered, in the order in which they were sent.
    async fn settle(&mut self) -> Result<Vec<(String, Answer)>, String>;

    /// Lets that time pass.
    async fn sleep(&mut self, time: Duration) -> Result<(), String>;

    /// Cuts the session's connection.
    async fn disconnect(&mut self, session: &str) -> Result<(), String>;

    /// Whether a statement of the session has not answered yet.
    fn is_busy(&self, session: &str) -> bool;

    /// Whether any is.
    fn is_waiting(&self) -> bool;
}

/// How long a step takes that ends up waiting, so that timeouts which begin one after the other also end in
/// that order, on a busy machine too.
const WAITING_STEP: Duration = Duration::from_millis(20);

const STILL_WAITS: &str = "(the session still waits with its last statement)";

/// What to do with a step of a session whose last statement still waits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Busy {
    /// The script is wrong: for recording.
    Refuse,
    /// The server is wrong, the script has an answer there: the run ends.
    Stop,
    /// Leave the step out, and a `sleep` that no session would use: for generated scripts.
    Skip,
}

/// The lines that each step answered; `None` for a step that was left out.
pub(crate) type Answers = Vec<Option<Vec<String>>>;

/// Runs all steps.
pub(crate) async fn run<S: Server>(
    server: &mut S,
    script: &Script,
    busy: Busy,
) -> Result<Answers, String> {
    let mut answers = Vec::new();
    for step in script.steps() {
        let at = |what: String| format!("{}:{}: {what}", script.place(), step.line);
        let mut own = None;
        match &step.action {
            Action::Run { session, sql, params } => {
                if server.is_busy(session) {
                    match busy {
                        Busy::Skip => answers.push(None),
                        Busy::Stop => answers.push(Some(vec![STILL_WAITS.to_owned()])),
                        Busy::Refuse => {
                            return Err(at(format!("session {session}: {STILL_WAITS}")));
                        }
                    }
                    if busy == Busy::Stop {
                        return Ok(answers);
                    }
                    continue;
                }
                server.start(session, sql, params).await.map_err(at)?;
                own = Some(session.as_str());
            }
            Action::Sleep(_) if busy == Busy::Skip && !server.is_waiting() => {
                answers.push(None);
                continue;
            }
            Action::Sleep(time) => server.sleep(*time).await.map_err(at)?,
            Action::Disconnect(session) => server.disconnect(session).await.map_err(at)?,
        }
        answers.push(Some(lines(server.settle().await.map_err(at)?, own)));
        if own.is_some_and(|session| server.is_busy(session)) {
            server.sleep(WAITING_STEP).await.map_err(at)?;
        }
    }
    Ok(answers)
}

/// The step's own answer first, then what it let go on.
fn lines(finished: Vec<(String, Answer)>, own: Option<&str>) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(own) = own {
        match finished.iter().find(|(session, _)| session == own) {
            Some((_, answer)) => lines.extend(answer.lines()),
            None => lines.push("waits".to_owned()),
        }
    }
    for (session, answer) in finished.iter().filter(|(session, _)| Some(session.as_str()) != own) {
        lines.extend(answer.lines().iter().map(|line| format!("{session}: {line}")));
    }
    lines
}
