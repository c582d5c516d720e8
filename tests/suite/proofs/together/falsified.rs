//! The control of the account: what a store does that loses, mixes up or halves, done behind its back, must be found.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use nianbao::store::Id;

use super::{Office, SHARED, set};
use crate::proofs::{figure, private};

/// What is done to the data, or to what was told of it, and what has to be said then.
type Falsified = (&'static str, fn(&Office<'_>, Id), &'static str);

const FALSIFIED: [Falsified; 10] = [
    ("the second writes over the first", written_over, "not (9, 3,"),
    ("a step less than was told", |office, id| count(office, id, 1), "not (9, 3,"),
    ("a step more than was told", |office, id| count(office, id, -1), "not (7, 3,"),
    ("the command's number is another", commanded, "not (8, 4,"),
    ("a number is given twice", given_twice, "2 reports have 1 numbers"),
    ("a report is another's", renamed, "not (8, 3, \"another\")"),
    ("a report is gone", |office, id| std::fs::remove_dir_all(report(office, id)).unwrap(), "0001: "),
    ("a note is lost", |office, _| office.ledger.lock().unwrap().noted += 1, "2 notes of 3"),
    ("a reader sees half", |office, id| seen(office, id, [4, 3], 0), "4 and 3 after 0"),
    ("a reader sees what was before", |office, id| seen(office, id, [4, 4], 5), "4 and 4 after 5"),
];

fn report(office: &Office<'_>, id: Id) -> PathBuf {
    office.data.join("reports").join(id.to_string())
}

/// Changes how many steps were told.
fn count(office: &Office<'_>, id: Id, more: i64) {
    *office.ledger.lock().unwrap().counted.entry(id).or_default() += more;
}

fn commanded(office: &Office<'_>, id: Id) {
    office.ledger.lock().unwrap().by_command.insert(id, 4);
}

fn given_twice(office: &Office<'_>, id: Id) {
    office.ledger.lock().unwrap().created.push((id, "0-0".to_owned()));
}

fn renamed(office: &Office<'_>, _: Id) {
    office.ledger.lock().unwrap().created[0].1 = "another".to_owned();
}

/// As by a store without a lock: a step is told, and then what somebody else had read before is written back.
fn written_over(office: &Office<'_>, id: Id) {
    let read = files(&report(office, id));
    office.count_up(id, true);
    for (path, bytes) in read {
        std::fs::write(path, bytes).unwrap();
    }
}

fn files(directory: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let paths = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    paths.map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

/// Somebody looks at the twins, after he has seen a number.
fn seen(office: &Office<'_>, id: Id, twins: [i64; 2], before: i64) {
    let mut report = office.library.read(id).unwrap();
    report.apply(set(SHARED[0], twins[0]).then(set(SHARED[1], twins[1])));
    office.look(id, &report, &mut BTreeMap::from([(id, before)]));
}

/// An office in which eight steps, three commands and two notes were told, one after the other.
fn told(data: &Path) -> (Office<'_>, Id) {
    let office = Office::new(data);
    let id = office.ledger.lock().unwrap().created[0].0;
    (0..8).for_each(|act| office.count_up(id, act % 2 == 1));
    office.command(3);
    office.note();
    office.note();
    (office, id)
}

#[test]
fn a_store_that_loses_is_found_out_by_the_account() {
    let data = private();
    let (office, _) = told(data.path());
    let (wrong, reports, counted) = office.account();
    assert_eq!((wrong, reports, counted), (Vec::new(), 1, 8));
    for (what, falsify, words) in FALSIFIED {
        let data = private();
        let (office, id) = told(data.path());
        falsify(&office, id);
        let (wrong, ..) = office.account();
        assert!(wrong.iter().any(|wrong| wrong.contains(words)), "{what}: {wrong:?}");
    }
    figure(
        "C1",
        &format!("control: {} of {} falsified accounts are found out", FALSIFIED.len(), FALSIFIED.len()),
    );
}
