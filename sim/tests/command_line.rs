//! The command line and the tests of scenario files, as programs: this very program is run again with
//! `TINY` in the environment, and is then the program of the tiny application.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output};

use libtest_mimic::{Arguments, Failed, Trial};

mod tiny;

const TINY: &str = "TINY";
const FOLDER: &str = "TINY_FOLDER";

fn main() -> ExitCode {
    let folder = std::env::var(FOLDER).unwrap_or_else(|_| "scenarios".to_owned());
    match std::env::var(TINY).as_deref() {
        Ok("main") => stuntdouble_sim::main(tiny::app(&folder)),
        Ok("tests") => stuntdouble_sim::test_main(tiny::app(&folder)),
        _ => {
            let arguments = Arguments::from_args();
            let trials = TESTS.iter().map(|(name, test)| {
                Trial::test(*name, move || {
                    test();
                    Ok::<(), Failed>(())
                })
            });
            libtest_mimic::run(&arguments, trials.collect()).exit_code()
        }
    }
}

const TESTS: &[(&str, fn())] = &[
    ("everything_is_run_without_arguments", everything_is_run_without_arguments),
    ("a_failure_is_told_with_the_command_that_repeats_it", a_failure_is_told),
    ("one_seed_is_replayed_with_all_its_calls", one_seed_is_replayed),
    ("the_first_failure_stops_it", the_first_failure_stops_it),
    ("all_that_is_wrong_with_files_is_told", all_that_is_wrong_with_files_is_told),
    ("scenarios_are_listed", scenarios_are_listed),
    ("files_are_checked", files_are_checked),
    ("arguments_that_are_wrong", arguments_that_are_wrong),
    ("determinism_is_checked", determinism_is_checked),
    ("the_number_of_jobs_changes_nothing", the_number_of_jobs_changes_nothing),
    ("each_file_is_a_test", each_file_is_a_test),
    ("a_snapshot_is_written_reviewed_and_compared", a_snapshot_is_compared),
];

/// Runs the tiny application's program from the root of the workspace, as a user would.
fn program(kind: &str, folder: &str, arguments: &[&str]) -> Command {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("sim is in the workspace");
    let mut command = Command::new(std::env::current_exe().expect("this program has a path"));
    command.current_dir(root).env(TINY, kind).env(FOLDER, folder).args(arguments);
    for name in ["STUNTDOUBLE_SEED", "STUNTDOUBLE_BLESS", "INSTA_UPDATE", "NO_COLOR"] {
        command.env_remove(name);
    }
    command
}

fn run(folder: &str, arguments: &[&str]) -> Output {
    program("main", folder, arguments).output().expect("this program can be run again")
}

/// What was printed, without what differs from run to run: the rates, and this program's name.
fn text(output: &Output) -> String {
    let stdout = String::from_utf8(output.stdout.clone()).expect("the output is UTF-8");
    let stderr = String::from_utf8(output.stderr.clone()).expect("the output is UTF-8");
    assert!(!stdout.contains('\x1b') && !stderr.contains('\x1b'), "colour without a terminal");
    let mut text = format!("exit code {:?}\n", output.status.code().unwrap_or(-1));
    for line in stdout.lines().chain(stderr.lines()) {
        assert!(line.chars().count() <= 80 || line.contains(" replay "), "more than 80: {line}");
        let row = line.starts_with(['✓', '✗']) && !line.contains(", ");
        text += &match line.rsplit_once(' ') {
            Some((row_without_rate, _)) if row => format!("{} …", row_without_rate.trim_end()),
            _ => line.to_owned(),
        };
        text.push('\n');
    }
    let name = std::env::current_exe().unwrap_or_default();
    let name = name.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let target = Path::new("target");
    let paths = ["debug", "release"].map(|kind| target.join(kind).join("deps").join(&name));
    let paths = paths.map(|path| path.display().to_string());
    paths.iter().fold(text, |text, path| text.replace(path, "tiny")).replace(&name, "tiny")
}

fn pinned(name: &str, output: &Output) {
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(format!("cli_{name}"), text(output));
    });
}

fn everything_is_run_without_arguments() {
    let output = run("scenarios", &[]);
    pinned("run", &output);
    let last = String::from_utf8_lossy(&output.stdout);
    assert!(last.ends_with("\n2 passed, 0 failed\n"), "{last}");
}

fn a_failure_is_told() {
    pinned("failure", &run("failing", &["run"]));
}

fn one_seed_is_replayed() {
    pinned(
        "replay",
        &run("failing", &["replay", "sim/tests/tiny/failing/careless.toml", "--seed", "1"]),
    );
    assert_eq!(run("failing", &["replay", "fine", "--seed", "1"]).status.code(), Some(0));
}

fn the_first_failure_stops_it() {
    let output = run("failing", &["run", "--seeds", "0..1000", "--fail-fast"]);
    let text = text(&output);
    assert!(text.ends_with("0 passed, 1 failed\n"), "{text}");
    assert!(text.contains("careless (seed "), "{text}");
}

fn all_that_is_wrong_with_files_is_told() {
    pinned("broken", &run("broken", &[]));
}

fn scenarios_are_listed() {
    pinned("list", &run("scenarios", &["list"]));
}

fn files_are_checked() {
    assert_eq!(text(&run("scenarios", &["check"])), "exit code 0\n2 files are as they should be\n");
    let output = run("broken", &["check", "misspelt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output).contains("cache.get"), "{}", text(&output));
    assert_eq!(run("broken", &["check", "fine"]).status.code(), Some(0));
}

fn arguments_that_are_wrong() {
    pinned("seeds_are_no_numbers", &run("scenarios", &["run", "--seeds", "ten"]));
    pinned("no_seeds", &run("scenarios", &["run", "--seeds", "5..5"]));
    pinned("seed_is_no_number", &run("scenarios", &["replay", "healthy", "--seed", "first"]));
    pinned("no_such_file", &run("scenarios", &["run", "scenarios/lost_anser.toml"]));
    assert_eq!(run("nowhere", &[]).status.code(), Some(2));
    assert_eq!(run("scenarios", &["rum"]).status.code(), Some(2));
    assert_eq!(run("scenarios", &["run", "--jobs", "0"]).status.code(), Some(2));
}

fn determinism_is_checked() {
    let output = run("scenarios", &["run", "--check-determinism"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
}

fn the_number_of_jobs_changes_nothing() {
    let with = |jobs| text(&run("failing", &["run", "--seeds", "200", "--jobs", jobs]));
    assert_eq!(with("1"), with("4"));
}

fn each_file_is_a_test() {
    let list = program("tests", "failing", &["--list", "--format", "terse"]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&list.stdout), "careless: test\nfine: test\n");
    let fine = program("tests", "failing", &["--exact", "fine", "--nocapture"]).output().unwrap();
    assert!(fine.status.success());
    let all = program("tests", "failing", &[]).output().unwrap();
    let all = String::from_utf8_lossy(&all.stdout).into_owned();
    assert!(all.contains("invariant: every visitor is counted once"), "{all}");
    assert!(all.contains("STUNTDOUBLE_SEED=0 cargo test"), "{all}");
    assert!(all.contains("1 passed; 1 failed"), "{all}");
    let seed = |seed: &str| {
        program("tests", "failing", &["careless"]).env("STUNTDOUBLE_SEED", seed).output().unwrap()
    };
    assert!(String::from_utf8_lossy(&seed("3").stdout).contains("careless, seed 3"));
    assert_eq!(seed("three").status.code(), Some(2));
    let broken = program("tests", "broken", &[]).output().unwrap();
    assert!(String::from_utf8_lossy(&broken.stdout).contains("did you mean `cache.get`"));
}

fn a_snapshot_is_compared() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("tiny_snapshot");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("kept.toml");
    let source = |visitors: u32| {
        format!(
            "why = \"Visitors come.\"\nseeds = 2\n[setup]\nparams = {{ visitors = {visitors} }}\n\
             [expect]\nsnapshot = true\n"
        )
    };
    std::fs::write(&file, source(1)).unwrap();
    let path = file.display().to_string();
    let run = |bless: bool| {
        let mut command = program("main", "scenarios", &["run", &path]);
        if bless {
            command.env("STUNTDOUBLE_BLESS", "1");
        }
        let output = command.output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let missing = run(false);
    assert!(
        missing.contains("kept.trace yet") && missing.contains("STUNTDOUBLE_BLESS=1"),
        "{missing}"
    );
    assert!(run(true).ends_with("1 passed, 0 failed\n"));
    assert!(run(false).ends_with("1 passed, 0 failed\n"));
    let kept = std::fs::read_to_string(folder.join("kept.trace")).unwrap();
    assert!(kept.contains("cache.set#1"), "{kept}");

    std::fs::write(&file, source(2)).unwrap();
    let changed = run(false);
    assert!(changed.contains("snapshot: the trace is not the one in"), "{changed}");
    assert!(changed.contains("\n    +") && changed.contains("cache.set#2"), "{changed}");
}
