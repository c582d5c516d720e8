//! Ctrl+C and its like while files are read: what was started for that ends first, and then the program, as the signal has
//! it. At any other time these signals do what they always do.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::{flag, low_level};

/// What the signals do.
struct Interrupts {
    /// Whether they end the program at once.
    at_once: Arc<AtomicBool>,
    /// The last one that did not; 0 if there was none.
    came: Arc<AtomicUsize>,
}

static INTERRUPTS: LazyLock<Interrupts> = LazyLock::new(|| {
    let interrupts = Interrupts { at_once: Arc::new(AtomicBool::new(true)), came: Arc::default() };
    for signal in [SIGHUP, SIGINT, SIGTERM] {
        // Where it cannot be caught it goes on ending the program at once.
        let _ = flag::register_conditional_default(signal, Arc::clone(&interrupts.at_once));
        let number = usize::try_from(signal).unwrap_or_default();
        let _ = flag::register_usize(signal, Arc::clone(&interrupts.came), number);
    }
    interrupts
});

/// Does what can be asked to end early. A signal that ends the program has that end first; within
/// other such work it is the other that has to.
pub(super) fn guarded<T>(work: impl FnOnce(&(dyn Fn() -> bool + Sync)) -> T) -> T {
    let Interrupts { at_once, came } = &*INTERRUPTS;
    let is_outermost = at_once.swap(false, Ordering::SeqCst);
    let done = work(&|| came.load(Ordering::SeqCst) == 0);
    if !is_outermost {
        return done;
    }
    at_once.store(true, Ordering::SeqCst);
    if let Some(signal) = i32::try_from(came.load(Ordering::SeqCst)).ok().filter(|signal| *signal != 0) {
        let _ = low_level::emulate_default_handler(signal);
    }
    done
}
