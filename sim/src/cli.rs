//! [`main`]: the command line of an application's rehearsal.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use stuntdouble::scenario::Diagnostics;
use stuntdouble::trace::Options;
use stuntdouble::{Clock, SystemClock};

use crate::app::App;
use crate::files::{self, Loaded};
use crate::progress::Progress;
use crate::rehearsal::{Entry, Rehearsal, cores};
use crate::report::{Report, Seeds};
use crate::runner::Judged;
use crate::style::Style;
use crate::table::{self, Table};
use crate::words::{count, fit, prose, span, wrap};

#[derive(Parser)]
#[command(about = "Rehearses the application against its scenario files.", long_about = None)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Runs scenarios over their seeds; all of them by default
    Run(RunArguments),
    /// Runs one seed of a scenario and prints every call
    Replay {
        /// The scenario: a file, or the name of one
        file: String,
        /// The seed
        #[arg(long, value_name = "N", value_parser = seed)]
        seed: u64,
    },
    /// Lists the scenarios
    List,
    /// Reads scenario files and says what is wrong, without running them
    Check {
        /// The scenarios: files, or names of them; all by default
        files: Vec<String>,
    },
}

#[derive(Args, Default)]
struct RunArguments {
    /// The scenarios: files, or names of them; all by default
    files: Vec<String>,
    /// How many seeds, or which [default: the scenario's]
    #[arg(long, value_name = "N | A..B", value_parser = seeds)]
    seeds: Option<Seeds>,
    /// How many simulations run at a time [default: the cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
    /// Runs each seed twice, and fails where the two runs differ
    #[arg(long)]
    check_determinism: bool,
    /// Stops at the first seed that fails
    #[arg(long)]
    fail_fast: bool,
}

/// On a line of its own, so that the error has 80 columns at most.
fn seeds(text: &str) -> Result<Seeds, String> {
    text.parse().map_err(|why| format!("\n  {why}"))
}

fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| "\n  a seed is a number from 0".to_owned())
}

/// The command line of an application's rehearsal: `run`, `replay`, `list`, `check`. It is the whole
/// `main` of an example or a binary:
///
/// ```no_run
/// # fn app() -> stuntdouble_sim::App { stuntdouble_sim::App::new("shop") }
/// fn main() -> std::process::ExitCode {
///     stuntdouble_sim::main(app())
/// }
/// ```
///
/// Without arguments, all scenarios are run with the seeds that they name. The exit code is 0 if all is
/// well, 1 if a scenario failed, 2 if an argument or a scenario file is wrong.
pub fn main(app: App) -> ExitCode {
    let cli = Cli::command().try_get_matches();
    match cli.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => {
            execute(&app, cli.command.unwrap_or_else(|| Command::Run(RunArguments::default())))
        }
        Err(error) => {
            // To a pipe that is closed there is nothing to say.
            let _ = error.print();
            ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
        }
    }
}

fn execute(app: &App, command: Command) -> ExitCode {
    let style = Style::of_stdout();
    let done = match command {
        Command::Run(arguments) => run(app, &arguments, style),
        Command::Replay { file, seed } => replay(app, &file, seed, style),
        Command::List => list(app, style),
        Command::Check { files } => check(app, &files, style),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(Misuse::Argument(why)) => {
            eprint!("{}", wrap(&format!("error: {why}"), 80, ""));
            ExitCode::from(2)
        }
        Err(Misuse::Files(wrong)) => {
            for diagnostics in wrong {
                eprintln!("{}", diagnostics.render(style.colour).trim_end());
            }
            ExitCode::from(2)
        }
    }
}

/// Why nothing was run.
enum Misuse {
    Argument(String),
    Files(Vec<Diagnostics>),
}

impl From<String> for Misuse {
    fn from(why: String) -> Misuse {
        Misuse::Argument(why)
    }
}

fn load(app: &App, names: &[String]) -> Result<Vec<Loaded>, Misuse> {
    files::load_all(app, &files::named(app, names)?).map_err(Misuse::Files)
}

fn run(app: &App, arguments: &RunArguments, style: Style) -> Result<bool, Misuse> {
    let loaded = load(app, &arguments.files)?;
    let table = Table::new(loaded.iter().map(|one| one.scenario.name()), style);
    println!("{}", table.head());
    let mut reports = Vec::new();
    for one in &loaded {
        let (report, real) = rehearse(app, one, arguments);
        println!("{}", table.row(&report, real));
        let stop = arguments.fail_fast && !report.passed();
        reports.push(report);
        if stop {
            break;
        }
    }
    println!();
    for report in &reports {
        print!("{}", report.render(style));
    }
    print!("{}", table::failed(&reports, style));
    println!("{}", table::verdict(&reports, style));
    Ok(reports.iter().all(Report::passed))
}

fn rehearse(app: &App, one: &Loaded, arguments: &RunArguments) -> (Report, Duration) {
    let mut rehearsal = Rehearsal::new(app, &one.scenario)
        .file(&one.file)
        .entry(Entry::CommandLine)
        .jobs(arguments.jobs.map_or_else(cores, usize::from))
        .twice(arguments.check_determinism)
        .fail_fast(arguments.fail_fast);
    if let Some(seeds) = &arguments.seeds {
        rehearsal = rehearsal.seeds(seeds.clone());
    }
    let clock = SystemClock::new();
    let progress = Progress::new(one.scenario.name(), rehearsal.number_of_seeds());
    let report = rehearsal.run(&mut |report| progress.show(report));
    progress.done();
    (report, clock.elapsed())
}

fn replay(app: &App, name: &str, seed: u64, style: Style) -> Result<bool, Misuse> {
    let file = files::one(app, name)?;
    let one = files::load(app, &file).map_err(|wrong| Misuse::Files(vec![wrong]))?;
    let rehearsal = Rehearsal::new(app, &one.scenario).file(&one.file).entry(Entry::CommandLine);
    let judged = rehearsal.replay_one(seed);
    // One seed was asked for, and one is run.
    let judged = judged.ok_or_else(|| format!("seed {seed} was not run"))?;
    println!("{}\n", style.bold(&format!("{}, seed {seed}", one.scenario.name())));
    println!("{}", prose(&one.scenario.why, 80, "  "));
    print!("{}", replayed(&judged, style));
    Ok(judged.reasons.is_empty())
}

fn replayed(judged: &Judged, style: Style) -> String {
    let mut text = String::new();
    if let Some(trace) = &judged.trace {
        text +=
            &trace.render_with(&Options::default().with_rule_lines(true).with_colour(style.colour));
        text.push('\n');
    }
    for rule in judged.faults.iter().flat_map(|faults| faults.rules()) {
        text += &fit(&rule.to_string(), 80, "  ");
    }
    if judged.faults.as_ref().is_some_and(|faults| !faults.rules().is_empty()) {
        text.push('\n');
    }
    for warning in &judged.warnings {
        text += &format!("{}\n", style.warning(&format!("! {}", warning.text())));
    }
    text += &crate::report::reasons(&judged.reasons, style);
    let calls = count(judged.calls as u64, "call", "calls");
    let line = format!("{calls} in {} of virtual time", span(judged.virtual_time));
    text += &match judged.reasons.len() {
        0 => style.good(&format!("passed: {line}")),
        _ => style.bad(&format!("failed: {line}")),
    };
    text.push('\n');
    text
}

fn list(app: &App, style: Style) -> Result<bool, Misuse> {
    let loaded = load(app, &[])?;
    let width = loaded.iter().map(|one| one.scenario.name().chars().count()).max().unwrap_or(0);
    for Loaded { scenario, .. } in &loaded {
        let seeds = Rehearsal::new(app, scenario).number_of_seeds();
        let seeds = count(seeds, "seed", "seeds");
        let name = style.bold(&format!("{:<width$}", scenario.name()));
        println!("{name}  {}", style.dim(&format!("{seeds}, {}", scenario.path())));
        println!("{}", prose(&scenario.why, 80, "  "));
    }
    Ok(true)
}

fn check(app: &App, names: &[String], style: Style) -> Result<bool, Misuse> {
    let files: Vec<PathBuf> = files::named(app, names)?;
    let loaded = files::load_all(app, &files).map_err(Misuse::Files)?;
    let line = format!("{} as they should be", count(loaded.len() as u64, "file is", "files are"));
    let line = if loaded.len() == 1 { "1 file is as it should be".to_owned() } else { line };
    println!("{}", style.good(&line));
    Ok(true)
}
