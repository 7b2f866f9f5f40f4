//! Each classic mistake is found by a scenario that is shipped, which says why in words; and the shop
//! without mistakes passes them all.

use std::path::PathBuf;

use shop::{Mistake, ShopOptions};
use stuntdouble_sim::{App, Report, Scenario};

#[path = "../harness/mod.rs"]
mod harness;

const SEEDS: std::ops::Range<u64> = 0..50;

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios/shop"))
}

fn load(app: &App, name: &str) -> Scenario {
    let path = folder().join(name).with_extension("toml");
    Scenario::load(path, &app.catalog()).unwrap_or_else(|wrong| panic!("{wrong}"))
}

fn run(options: ShopOptions, scenario: &str) -> Report {
    let app = harness::app(options);
    stuntdouble_sim::run(&app, &load(&app, scenario), SEEDS)
}

/// What finds each mistake, and the words that say so.
fn found_by(mistake: Mistake) -> (&'static str, &'static [&'static str]) {
    match mistake {
        Mistake::PublishInsideTransaction => (
            "database_conflicts",
            &["order.placed was published for order", "which does not exist"],
        ),
        Mistake::NoIdempotencyKey => {
            ("payment_answer_lost", &["order 1 of", "is kept for it (charged 3 times,"])
        }
        Mistake::ReadModifyWriteWithoutLock => {
            ("last_item", &["of tea there were 1;", "sold (orders 1", "and 0 left make"])
        }
        Mistake::RetryUnknownCommit => {
            ("lost_commit", &["ordered once, and there are orders 1 and"])
        }
        Mistake::CacheSetInsideTransaction => {
            ("price_change_fails", &["the cache says that tea costs 950 cents, which it never did"])
        }
        Mistake::AckBeforeWork => {
            ("payment_slow", &["is still placed, and nothing is going to change that"])
        }
        Mistake::CancelWithoutTransaction => {
            ("payment_declined", &["of tea there were 10;", "left make 9"])
        }
        Mistake::TrustTheCache => ("cache_down", &["unavailable"]),
        other => panic!("what finds {other}?"),
    }
}

#[test]
fn every_mistake_is_found_and_explained() {
    for mistake in Mistake::ALL.iter().copied() {
        let (scenario, words) = found_by(mistake);
        let report = run(ShopOptions::with_mistake(mistake), scenario);
        assert!(!report.passed(), "{scenario} does not find {mistake}");
        // However the lines are broken.
        let text = report.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
        for words in words {
            assert!(text.contains(words), "{mistake}: no {words:?} in\n{report}");
        }
    }
}

#[test]
fn the_shop_as_it_is_passes_every_scenario_without_a_warning() {
    let mut names = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect::<Vec<_>>();
    names.sort();
    assert!(names.len() >= 7, "{names:?}");
    for name in names {
        let report = run(ShopOptions::default(), &name);
        assert!(report.passed(), "{report}");
        assert_eq!(report.warnings().count(), 0, "{report}");
        assert_eq!(report.runs(), SEEDS.end);
    }
}
