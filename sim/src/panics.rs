//! Panics on a simulation's thread: kept for the report, instead of printed.
//!
//! Without `tokio_unstable`, a panic in a spawned task is lost with its join handle, and the run would
//! pass. So the process has one panic hook, installed once, which asks the thread where its panics go:
//! to the simulation that runs on it, or, on every other thread, to the hook that was there before.

use std::any::Any;
use std::cell::RefCell;
use std::panic::PanicHookInfo;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// A panic, wherever in the simulation it happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Panic {
    pub(crate) message: String,
    /// `file:line:column`
    pub(crate) location: Option<String>,
}

thread_local! {
    static KEPT: RefCell<Option<Vec<Panic>>> = const { RefCell::new(None) };
}

/// Makes sure that the process has the hook. An application that has put one of its own in place since
/// gets it back as the hook of all other threads.
pub(crate) fn install() {
    static INSTALLING: Mutex<()> = Mutex::new(());
    let _guard = INSTALLING.lock().unwrap_or_else(PoisonError::into_inner);
    if is_installed() {
        return;
    }
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !keep(info) {
            before(info);
        }
    }));
}

static INSTALLED: AtomicBool = AtomicBool::new(false);

/// Asks the hook itself: there is no other way to see which one is in place. The first time it is known.
fn is_installed() -> bool {
    if !INSTALLED.swap(true, Ordering::Relaxed) {
        return false;
    }
    let outer = KEPT.replace(Some(Vec::new()));
    let _ = std::panic::catch_unwind(|| panic!("the simulator looks whether it hears of panics"));
    KEPT.replace(outer).is_some_and(|kept| !kept.is_empty())
}

/// From now on, panics of this thread are kept.
pub(crate) fn keep_those_of_this_thread() {
    KEPT.set(Some(Vec::new()));
}

/// The panics that were kept so far; later ones are kept anew.
pub(crate) fn take() -> Vec<Panic> {
    KEPT.with_borrow_mut(|kept| kept.as_mut().map(std::mem::take).unwrap_or_default())
}

fn keep(info: &PanicHookInfo<'_>) -> bool {
    // A panic within this very function, or while the thread ends, goes the ordinary way.
    let kept = KEPT.try_with(|kept| {
        let Ok(mut kept) = kept.try_borrow_mut() else { return false };
        let Some(kept) = kept.as_mut() else { return false };
        let location = info.location();
        kept.push(Panic {
            message: message(info.payload()),
            location: location.map(|l| format!("{}:{}:{}", l.file(), l.line(), l.column())),
        });
        true
    });
    kept.unwrap_or(false)
}

/// What a panic says.
pub(crate) fn message(payload: &(dyn Any + Send)) -> String {
    if let Some(text) = payload.downcast_ref::<&str>() {
        (*text).to_owned()
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text.clone()
    } else {
        "a panic without a message".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panics_of_a_thread_that_keeps_them_are_kept_in_order() {
        install();
        let kept = std::thread::spawn(|| {
            keep_those_of_this_thread();
            let _ = std::panic::catch_unwind(|| panic!("first"));
            let _ = std::panic::catch_unwind(|| panic!("{} {}", "the", "second"));
            take()
        });
        let kept = kept.join().unwrap();
        assert_eq!(kept.len(), 2);
        assert_eq!((&*kept[0].message, &*kept[1].message), ("first", "the second"));
        assert!(kept[0].location.as_ref().unwrap().contains("panics.rs:"));
    }

    #[test]
    fn a_hook_of_the_application_is_taken_in() {
        // A program of its own: the hook is the process'.
        const CHILD: &str = "STUNTDOUBLE_CHILD_WITH_A_HOOK";
        if std::env::var_os(CHILD).is_none() {
            let mut child = std::process::Command::new(std::env::current_exe().unwrap());
            child.args(["--exact", "panics::tests::a_hook_of_the_application_is_taken_in"]);
            assert!(child.env(CHILD, "1").output().unwrap().status.success());
            return;
        }
        install();
        std::panic::set_hook(Box::new(|_| ()));
        keep_those_of_this_thread();
        let _ = std::panic::catch_unwind(|| panic!("unheard"));
        assert!(take().is_empty());
        install();
        let _ = std::panic::catch_unwind(|| panic!("heard"));
        assert_eq!(take().len(), 1);
    }

    #[test]
    fn other_threads_are_left_alone() {
        keep_those_of_this_thread();
        let other = std::thread::spawn(take).join().unwrap();
        assert!(other.is_empty());
    }
}
