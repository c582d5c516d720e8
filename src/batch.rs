//! Many reports: found in folders, read in parallel with bounded memory, given in their order.
//!
//! What was read and found before is not read and looked for again: it is found by what the file holds. Whoever asks for
//! reports decides what is made of them.
#![expect(
    clippy::disallowed_methods,
    reason = "an edge: walks folders, reads files and standard input, asks for the program and the year"
)]

mod folder;
mod past;
mod reader;
mod source;
mod survey;

use std::collections::BTreeMap;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

pub use folder::{Folder, ListError, list};
pub use past::{Checked, Last, Past};
pub use reader::{Read, ReadError, Reader, Unread, sha256, stdin};
pub use source::{MANIFEST, Named, Source, all, each, one, spelled};
pub use survey::{Survey, Surveyed};

use crate::day::Moment;

/// How far the work may be ahead of what is taken, for each thread: what bounds the memory.
const AHEAD: usize = 32;

/// How long results that come quickly are let gather before they are taken: threads that wake each other for every one of
/// them spend more on that than on the work.
const GATHERED: Duration = Duration::from_millis(1);

/// How often whoever waits for results is asked whether they are still wanted.
const TICK: Duration = Duration::from_millis(100);

/// What [`in_order`] gives.
#[derive(Debug)]
pub enum Event<R> {
    /// The next result.
    Done(R),
    /// There was none for a tenth of a second.
    Waiting,
}

/// How many threads to work with: as many as the machine has processors for us.
pub fn processors() -> NonZero<usize> {
    thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN)
}

/// The year for which reports are due now: last year, in Beijing.
pub fn year_due() -> i64 {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Moment::after_1970(seconds).year - 1
}

/// Where the threads are.
struct Progress {
    /// The next item that nobody has begun.
    next: usize,
    /// How many results were taken, as of when one was last waited for.
    taken: usize,
    is_stopped: bool,
}

/// Lets the threads end when it goes.
struct End<'p>(&'p (Mutex<Progress>, Condvar));

impl End<'_> {
    fn change(&self, change: impl FnOnce(&mut Progress)) {
        let Self((progress, changed)) = self;
        change(&mut progress.lock().unwrap_or_else(PoisonError::into_inner));
        changed.notify_all();
    }
}

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.change(|progress| progress.is_stopped = true);
    }
}

/// What an item would have given, had the program not broken off at it; its panic is no reason to end the others.
pub fn caught<R>(work: impl FnOnce() -> R) -> Result<R, String> {
    catch_unwind(AssertUnwindSafe(work))
        .map_err(|_| "做到这一份时程序自己出了错，请单独打开这个文件看看".to_owned())
}

/// Does `work` on every item, in parallel, and gives the results in the order of the items; no more of them wait to be
/// taken than some for each thread. Ends early when `take` says that no more is wanted; what is at work then is waited for.
///
/// # Panics
/// If `work` does; after the other threads have ended.
pub fn in_order<T: Sync, R: Send>(
    items: &[T],
    threads: NonZero<usize>,
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(Event<R>) -> bool,
) {
    let threads = threads.get().min(items.len());
    let state = (Mutex::new(Progress { next: 0, taken: 0, is_stopped: false }), Condvar::new());
    let (send, receive) = channel();
    thread::scope(|scope| {
        // However this ends, nobody goes on waiting.
        let end = End(&state);
        for _ in 0..threads {
            let send = send.clone();
            scope.spawn(|| work_through(items, threads * AHEAD, &state, &work, send));
        }
        drop(send);
        let (mut waiting, mut is_quick, mut told) = (BTreeMap::new(), false, 0);
        for next in 0..items.len() {
            let result = loop {
                if let Some(result) = waiting.remove(&next) {
                    break Some(result);
                }
                if next > told {
                    end.change(|progress| progress.taken = next);
                    told = next;
                }
                // Nobody is woken for what comes while this one sleeps.
                if std::mem::take(&mut is_quick) {
                    thread::sleep(GATHERED);
                    waiting.extend(receive.try_iter());
                    is_quick = waiting.contains_key(&next);
                    continue;
                }
                match receive.recv_timeout(TICK) {
                    Ok((at, result)) => {
                        waiting.insert(at, result);
                        is_quick = true;
                    }
                    Err(RecvTimeoutError::Timeout) if take(Event::Waiting) => {}
                    Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break None,
                }
            };
            let goes_on = match result {
                Some(Ok(result)) => take(Event::Done(result)),
                Some(Err(panic)) => resume_unwind(panic),
                None => false,
            };
            if !goes_on {
                break;
            }
        }
    });
}

/// What a thread does: the next item, as long as that is not too far ahead.
fn work_through<T, R>(
    items: &[T],
    ahead: usize,
    (progress, changed): &(Mutex<Progress>, Condvar),
    work: impl Fn(&T) -> R,
    send: Sender<(usize, thread::Result<R>)>,
) {
    loop {
        let locked = progress.lock().unwrap_or_else(PoisonError::into_inner);
        let is_ahead = |progress: &mut Progress| {
            !progress.is_stopped && progress.next < items.len() && progress.next >= progress.taken + ahead
        };
        let mut progress = changed.wait_while(locked, is_ahead).unwrap_or_else(PoisonError::into_inner);
        if progress.is_stopped || progress.next >= items.len() {
            return;
        }
        let at = progress.next;
        progress.next += 1;
        drop(progress);
        // A panic is given to whoever takes the results: he would wait for this one for ever.
        let result = catch_unwind(AssertUnwindSafe(|| work(&items[at])));
        if send.send((at, result)).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    const TWO: NonZero<usize> = NonZero::new(2).unwrap();

    #[test]
    fn results_come_in_order_and_never_far_ahead() {
        let items: Vec<usize> = (0..1000).collect();
        for threads in [1, 2, 7] {
            let (taken, most_ahead) = (AtomicUsize::new(0), AtomicUsize::new(0));
            let work = |item: &usize| {
                most_ahead.fetch_max(item - taken.load(Ordering::SeqCst).min(*item), Ordering::SeqCst);
                // The first is the slowest of all: everything waits for it.
                thread::sleep(Duration::from_millis(if *item == 0 { 30 } else { 0 }));
                item * 2
            };
            let mut results = Vec::new();
            in_order(&items, NonZero::new(threads).unwrap(), work, |event| {
                if let Event::Done(result) = event {
                    results.push(result);
                    taken.fetch_add(1, Ordering::SeqCst);
                }
                true
            });
            assert_eq!(results, items.iter().map(|item| item * 2).collect::<Vec<_>>());
            let most = most_ahead.load(Ordering::SeqCst);
            assert!(most <= threads * AHEAD, "{most} ahead with {threads} threads");
            assert!(threads == 1 || most > 1, "nothing was done while the first was waited for");
        }
    }

    #[test]
    fn what_is_done_is_taken_though_the_next_is_slow() {
        let is_taken = (Mutex::new(false), Condvar::new());
        let work = |item: &usize| {
            if *item == 0 {
                return true;
            }
            let taken = is_taken.0.lock().unwrap();
            let wait = is_taken.1.wait_timeout_while(taken, Duration::from_secs(60), |taken| !*taken);
            *wait.unwrap().0
        };
        let mut results = Vec::new();
        in_order(&[0, 1], TWO, work, |event| {
            if let Event::Done(result) = event {
                results.push(result);
                *is_taken.0.lock().unwrap() = true;
                is_taken.1.notify_all();
            }
            true
        });
        assert_eq!(results, [true, true]);
    }

    #[test]
    fn it_ends_early_when_no_more_is_wanted() {
        let (items, done) = ((0..1000).collect::<Vec<usize>>(), AtomicUsize::new(0));
        let mut taken = 0;
        let work = |_: &usize| done.fetch_add(1, Ordering::SeqCst);
        in_order(&items, TWO, work, |event| {
            taken += usize::from(matches!(event, Event::Done(_)));
            taken < 3
        });
        assert_eq!(taken, 3);
        assert!(done.load(Ordering::SeqCst) <= 3 + 2 * AHEAD + 2);
    }

    #[test]
    fn a_panic_comes_out_and_nobody_waits_for_ever() {
        let items: Vec<usize> = (0..1000).collect();
        let panic = catch_unwind(|| {
            let mut taken = 0;
            in_order(
                &items,
                TWO,
                |item| *item,
                |event| {
                    taken += usize::from(matches!(event, Event::Done(_)));
                    assert!(taken < 5);
                    true
                },
            );
        });
        assert!(panic.is_err(), "of whoever takes the results");
        let work = |item: &usize| assert_ne!(*item, 5);
        let panic = catch_unwind(|| in_order(&items, TWO, work, |_| true));
        assert!(panic.is_err());
        in_order(&[] as &[usize], TWO, work, |_| panic!("there is nothing"));
    }
}
