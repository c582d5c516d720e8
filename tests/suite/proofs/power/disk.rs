//! What may be on a disk after the power went: a model of files and directories that knows what was made to last.
//!
//! Under [`Rules::Ordered`], as ext4 and XFS do it, changes of names reach the disk in their order, and any sync takes all of
//! them along. Under [`Rules::Weakest`], all that POSIX promises, each directory is for itself: changes of its names that
//! it was not synced after may be there or not, each alone. What was moved between two directories may be in both; in
//! neither only where the one that it left was synced first (nothing could be moved safely otherwise). Under both, what was written to a file and not synced may be there, in part, as zeros, or not at all.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::record::Op;
use crate::sound::Dice;

/// What a file system promises.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Rules {
    Ordered,
    Weakest,
}

/// What is there: a file with its content, or a directory.
pub(super) type State = BTreeMap<PathBuf, Option<Vec<u8>>>;

type Names = BTreeMap<String, usize>;

/// A name that went, and one that came, in one directory.
#[derive(Clone)]
struct Change {
    directory: usize,
    gone: Option<String>,
    come: Option<(String, usize)>,
    /// Of a name that went to another directory: what it is called there.
    moved: Option<(usize, String)>,
}

#[derive(Clone)]
enum Node {
    Directory { lasting: Names, now: Names },
    File { lasting: Vec<u8>, now: Vec<u8>, cut: bool, position: Option<usize> },
}

/// A disk, and what was asked of it.
#[derive(Clone)]
pub(super) struct Disk {
    rules: Rules,
    nodes: Vec<Node>,
    /// Changes of names that may be lost: together where they stand together.
    pending: Vec<Vec<Change>>,
}

impl Disk {
    /// An empty directory.
    pub(super) fn new(rules: Rules) -> Self {
        Self { rules, nodes: vec![empty()], pending: Vec::new() }
    }

    /// Does one thing.
    pub(super) fn perform(&mut self, op: &Op) {
        match op {
            Op::MakeDirectory(path) => {
                self.nodes.push(empty());
                self.name(path, self.nodes.len() - 1);
            }
            Op::Open { path, empties, appends } => {
                if self.find(path).is_none() {
                    self.nodes.push(Node::File { lasting: vec![], now: vec![], cut: false, position: None });
                    self.name(path, self.nodes.len() - 1);
                }
                if let Node::File { now, cut, position, .. } = self.node(path) {
                    *position = (!appends).then_some(0);
                    if *empties {
                        *cut |= !now.is_empty();
                        now.clear();
                    }
                }
            }
            Op::Write(path, bytes) => {
                let Node::File { now, position, .. } = self.node(path) else { panic!("{op:?}") };
                let at = position.unwrap_or(now.len());
                now.resize(now.len().max(at + bytes.len()), 0);
                now[at..at + bytes.len()].copy_from_slice(bytes);
                *position = position.map(|at| at + bytes.len());
            }
            Op::Cut(path, length) => {
                let Node::File { now, cut, position, .. } = self.node(path) else { panic!("{op:?}") };
                *cut |= *length < now.len();
                now.resize(*length, 0);
                *position = position.map(|at| at.min(*length));
            }
            Op::Sync(path) => self.sync(path),
            Op::Rename(from, to) => {
                let ((source, gone), (target, come)) = (self.place(from), self.place(to));
                let node = self.find(from).unwrap_or_else(|| panic!("{op:?}"));
                let gone = Some(gone);
                if source == target {
                    self.change(vec![Change {
                        directory: source,
                        gone,
                        come: Some((come, node)),
                        moved: None,
                    }]);
                } else {
                    let there = Some((come, node));
                    let moved = Some((target, to.file_name().unwrap().to_string_lossy().into_owned()));
                    let left = Change { directory: source, gone, come: None, moved };
                    self.change(vec![
                        Change { directory: target, gone: None, come: there, moved: None },
                        left,
                    ]);
                }
            }
            Op::Remove(path) => {
                let (directory, name) = self.place(path);
                self.change(vec![Change { directory, gone: Some(name), come: None, moved: None }]);
            }
        }
    }

    /// What may be there if the power goes now: everything that may be where that is little, else `most` of it at random.
    pub(super) fn states(&self, most: usize, dice: &mut Dice) -> BTreeSet<State> {
        let count = self.pending.len();
        let all: Vec<Vec<bool>> = match self.rules {
            Rules::Ordered => (0..=count).map(|kept| (0..count).map(|at| at < kept).collect()).collect(),
            Rules::Weakest if count < 7 => {
                (0..1_usize << count).map(|kept| (0..count).map(|at| kept >> at & 1 == 1).collect()).collect()
            }
            Rules::Weakest => (0..most).map(|_| (0..count).map(|_| dice.below(2) == 1).collect()).collect(),
        };
        let mut states = BTreeSet::new();
        for kept in &all {
            let directories = self.lasting(kept);
            for what in 0..5 {
                let mut state = State::new();
                self.gather(
                    0,
                    Path::new(""),
                    &directories,
                    &mut |file, dice: &mut Dice| {
                        let what = if what == 4 { dice.below(4) } else { what };
                        content(file, what)
                    },
                    &mut state,
                    dice,
                );
                states.insert(state);
            }
        }
        while states.len() > most {
            let at = dice.below(states.len());
            let one = states.iter().nth(at).unwrap().clone();
            states.remove(&one);
        }
        states
    }

    /// The names in every directory that last, with the changes that are kept.
    fn lasting(&self, kept: &[bool]) -> Vec<Names> {
        let mut directories: Vec<Names> = self
            .nodes
            .iter()
            .map(|node| match node {
                Node::Directory { lasting, .. } => lasting.clone(),
                Node::File { .. } => Names::new(),
            })
            .collect();
        for change in self.pending.iter().zip(kept).filter(|(_, kept)| **kept).flat_map(|(group, _)| group) {
            // A name goes by itself only once it has come where it was moved to.
            let arrived = |(to, name): &(usize, String)| directories[*to].contains_key(name);
            if change.moved.as_ref().is_none_or(arrived) {
                apply(change, &mut directories[change.directory]);
            }
        }
        directories
    }

    fn gather(
        &self,
        node: usize,
        path: &Path,
        directories: &[Names],
        content: &mut dyn FnMut(&Node, &mut Dice) -> Vec<u8>,
        state: &mut State,
        dice: &mut Dice,
    ) {
        for (name, &child) in &directories[node] {
            let path = path.join(name);
            match &self.nodes[child] {
                Node::Directory { .. } => {
                    state.insert(path.clone(), None);
                    self.gather(child, &path, directories, content, state, dice);
                }
                file => drop(state.insert(path, Some(content(file, dice)))),
            }
        }
    }

    fn sync(&mut self, path: &Path) {
        let Some(synced) = self.find(path) else { return };
        if let Node::File { lasting, now, cut, .. } = &mut self.nodes[synced] {
            (*lasting, *cut) = (now.clone(), false);
        }
        let rules = self.rules;
        let of_it = |group: &Vec<Change>| {
            rules == Rules::Ordered || group.iter().any(|change| change.directory == synced)
        };
        let (sure, pending): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.pending).into_iter().partition(of_it);
        self.pending = pending;
        for change in sure.into_iter().flatten() {
            let Node::Directory { lasting, .. } = &mut self.nodes[change.directory] else { continue };
            apply(&change, lasting);
        }
    }

    fn change(&mut self, changes: Vec<Change>) {
        for change in &changes {
            let Node::Directory { now, .. } = &mut self.nodes[change.directory] else {
                panic!("no directory")
            };
            apply(change, now);
        }
        match self.rules {
            Rules::Ordered => self.pending.push(changes),
            Rules::Weakest => self.pending.extend(changes.into_iter().map(|change| vec![change])),
        }
    }

    fn name(&mut self, path: &Path, node: usize) {
        let (directory, name) = self.place(path);
        self.change(vec![Change { directory, gone: None, come: Some((name, node)), moved: None }]);
    }

    /// The directory that a path is in, and its name there.
    fn place(&self, path: &Path) -> (usize, String) {
        let parent =
            self.find(path.parent().unwrap()).unwrap_or_else(|| panic!("nowhere: {}", path.display()));
        (parent, path.file_name().unwrap().to_string_lossy().into_owned())
    }

    fn node(&mut self, path: &Path) -> &mut Node {
        let found = self.find(path).unwrap_or_else(|| panic!("nowhere: {}", path.display()));
        &mut self.nodes[found]
    }

    fn find(&self, path: &Path) -> Option<usize> {
        path.iter().try_fold(0, |at, name| match &self.nodes[at] {
            Node::Directory { now, .. } => now.get(&*name.to_string_lossy()).copied(),
            Node::File { .. } => None,
        })
    }
}

fn empty() -> Node {
    Node::Directory { lasting: Names::new(), now: Names::new() }
}

fn apply(change: &Change, names: &mut Names) {
    if let Some(gone) = &change.gone {
        names.remove(gone);
    }
    if let Some((name, node)) = &change.come {
        names.insert(name.clone(), *node);
    }
}

/// What may be in a file: everything, what lasts, zeros where it is not sure, or a part.
fn content(file: &Node, what: usize) -> Vec<u8> {
    let Node::File { lasting, now, cut, .. } = file else { return Vec::new() };
    let sure = if *cut { 0 } else { lasting.len().min(now.len()) };
    match what {
        0 => now.clone(),
        1 => lasting.clone(),
        2 => now.iter().enumerate().map(|(at, &byte)| if at < sure { byte } else { 0 }).collect(),
        _ => now[..sure + (now.len() - sure) / 2].to_vec(),
    }
}

/// What `ops` leave under some rules, in words.
#[cfg(test)]
fn outcomes(rules: Rules, ops: &[Op]) -> BTreeSet<String> {
    let mut disk = Disk::new(rules);
    ops.iter().for_each(|op| disk.perform(op));
    let told = |(path, content): (&PathBuf, &Option<Vec<u8>>)| {
        format!("{}={} ", path.display(), String::from_utf8_lossy(content.as_deref().unwrap_or(b"/")))
    };
    disk.states(1000, &mut Dice::new(1)).iter().map(|state| state.iter().map(told).collect()).collect()
}

#[test]
fn what_was_not_made_to_last_may_be_lost_and_nothing_else() {
    let path = PathBuf::from;
    let open = |name| Op::Open { path: path(name), empties: true, appends: false };
    let (write, sync) = (Op::Write(path("t"), b"ab".to_vec()), |name| Op::Sync(path(name)));
    let rename = || Op::Rename(path("t"), path("f"));
    let set = |all: &[&str]| all.iter().map(|&one| one.to_owned()).collect::<BTreeSet<_>>();
    for rules in [Rules::Ordered, Rules::Weakest] {
        let whole = [open("t"), write.clone(), sync("t"), rename(), sync("")];
        assert_eq!(outcomes(rules, &whole), set(&["f=ab "]), "{rules:?}");
        let unsynced = [open("t"), write.clone(), rename(), sync("")];
        assert_eq!(outcomes(rules, &unsynced), set(&["f= ", "f=\0\0 ", "f=a ", "f=ab "]), "{rules:?}");
    }
    let unsure = [open("t"), write.clone(), sync("t"), rename()];
    assert_eq!(outcomes(Rules::Ordered, &unsure), set(&["f=ab ", "t=ab "]));
    assert_eq!(outcomes(Rules::Weakest, &unsure), set(&["", "f=ab ", "t=ab "]));
    let moved =
        [Op::MakeDirectory(path("d")), open("t"), sync("t"), sync(""), Op::Rename(path("t"), path("d/t"))];
    assert_eq!(outcomes(Rules::Ordered, &moved), set(&["d=/ t= ", "d=/ d/t= "]));
    assert_eq!(outcomes(Rules::Weakest, &moved), set(&["d=/ t= ", "d=/ d/t= ", "d=/ d/t= t= "]));
    let left = [&moved[..], &[sync("")]].concat();
    assert_eq!(outcomes(Rules::Weakest, &left), set(&["d=/ ", "d=/ d/t= "]));
}
