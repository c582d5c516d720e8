//! The units of a register: who has to report, by which names, under whom.
//!
//! Reads a list of them, finds the unit that a name is of, and says whose total is whose. A name is taken for a unit only
//! where it is one of its names, blanks aside; what merely looks like one is told. Reads no files.

mod read;
pub mod roster;

use std::collections::BTreeMap;

pub use read::Fault;
pub use roster::{Filed, Roster, own_name, unit_of};

use crate::form::terms::Level;
use crate::text::{differ_by_place, full_name, squeezed};

/// A unit that has to report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unit {
    /// Its code; its full name where the list has no codes.
    pub code: String,
    /// Its full name. 单位全称
    pub name: String,
    /// What it is called beside that. 简称
    pub short_names: Vec<String>,
    /// Its level, where the list or its name says it.
    pub level: Option<Level>,
    /// The unit that it is under, as a number in [`Units::all`].
    pub parent: Option<usize>,
    /// The names of the units that it was renamed or merged from. 原名
    pub former_names: Vec<String>,
}

impl Unit {
    /// A unit of which nothing but its name is known.
    fn named(name: &str) -> Self {
        Self {
            code: name.to_owned(),
            name: name.to_owned(),
            short_names: Vec::new(),
            level: Level::of_name(name),
            parent: None,
            former_names: Vec::new(),
        }
    }
}

/// By what a unit was found, the surest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum By {
    /// Its full name.
    Name,
    /// A short name.
    ShortName,
    /// A former name.
    FormerName,
}

/// The unit that a name is of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Match {
    /// This one.
    Unit(usize, By),
    /// One of these, perhaps: several have the name, or theirs differs by the place before it.
    Unsure(Vec<usize>),
    /// None.
    Unknown,
}

/// The units of a register, in its order.
#[derive(Clone, Default, Debug)]
pub struct Units {
    all: Vec<Unit>,
    names: BTreeMap<String, Vec<(By, usize)>>,
}

/// Whose reports a total is of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scope {
    /// The unit whose total it is, if it is a unit's.
    pub parent: Option<usize>,
    /// The units that are added up, in the order of the register.
    pub units: Vec<usize>,
}

/// Why a total cannot be of what was asked for.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ScopeError {
    /// The register has no unit of this code or name.
    #[error("单位名册里没有“{0}”")]
    NoUnit(String),
    /// No unit is left.
    #[error("单位名册里{0}没有要汇总的单位")]
    Nobody(String),
}

impl Units {
    /// A register that is made of names, each a unit of its own.
    pub fn of_names<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let mut by_name: BTreeMap<String, Unit> = BTreeMap::new();
        for name in names.into_iter().filter(|name| !name.trim().is_empty()) {
            by_name.entry(normal(name)).or_insert_with(|| Unit::named(&normal(name)));
        }
        Self::new(by_name.into_values().collect())
    }

    fn new(all: Vec<Unit>) -> Self {
        let mut names: BTreeMap<String, Vec<(By, usize)>> = BTreeMap::new();
        for (number, unit) in all.iter().enumerate() {
            let short = unit.short_names.iter().map(|name| (By::ShortName, name));
            let former = unit.former_names.iter().map(|name| (By::FormerName, name));
            let all = std::iter::once((By::Name, &unit.name)).chain(short).chain(former);
            // A report that names itself 西坪镇 is read as that of 西坪镇人民政府.
            let all = all.flat_map(|(by, name)| [(by, normal(name)), (by, full_name(&normal(name)))]);
            for (by, name) in all {
                let known = names.entry(name).or_default();
                if !known.iter().any(|(_, other)| *other == number) {
                    known.push((by, number));
                }
            }
        }
        Self { all, names }
    }

    /// Every unit, in the order of the register.
    pub fn all(&self) -> &[Unit] {
        &self.all
    }

    /// The unit of this code or, where none has it, of this full name.
    pub fn by_code(&self, code: &str) -> Option<usize> {
        let has = |of: fn(&Unit) -> &str| self.all.iter().position(|unit| normal(of(unit)) == normal(code));
        has(|unit| &unit.code).or_else(|| has(|unit| &unit.name))
    }

    /// The unit that a name is of: by full name, else by short name, else by former name; never by what it merely resembles.
    pub fn find(&self, name: &str) -> Match {
        let name = normal(name);
        if name.is_empty() {
            return Match::Unknown;
        }
        if let Some(known) = self.names.get(&name) {
            let surest = known.iter().map(|(by, _)| *by).min().unwrap_or(By::FormerName);
            let of_it: Vec<usize> =
                known.iter().filter(|(by, _)| *by == surest).map(|(_, unit)| *unit).collect();
            return match of_it[..] {
                [unit] => Match::Unit(unit, surest),
                _ => Match::Unsure(of_it),
            };
        }
        let alike = self.names.iter().filter(|(known, _)| differ_by_place(known, &name));
        let mut alike: Vec<usize> = alike.flat_map(|(_, units)| units).map(|(_, unit)| *unit).collect();
        alike.sort_unstable();
        alike.dedup();
        if alike.is_empty() { Match::Unknown } else { Match::Unsure(alike) }
    }

    /// The units whose reports make a total: those right under `parent` (a code or a full name), or those of a level
    /// anywhere under it. Without a parent, those under the only unit that has others under it and none above; else those
    /// that have none above. So no unit is added up beside the one it is under, unless they are of one level.
    ///
    /// # Errors
    /// If there is no such parent, or no unit to add up.
    pub fn scope(&self, parent: Option<&str>, level: Option<Level>) -> Result<Scope, ScopeError> {
        let parent = match parent {
            Some(code) => Some(self.by_code(code).ok_or_else(|| ScopeError::NoUnit(code.to_owned()))?),
            None => self.only_root(),
        };
        let is_in = |unit: &usize| match level {
            Some(level) => self.all[*unit].level == Some(level) && self.is_under(*unit, parent),
            None => self.all[*unit].parent == parent,
        };
        let units: Vec<usize> = (0..self.all.len()).filter(is_in).collect();
        if units.is_empty() {
            let under = parent.map(|parent| format!("“{}”下面", self.all[parent].name)).unwrap_or_default();
            let of_level = level.map(|level| format!("层级是{}的", level.label())).unwrap_or_default();
            return Err(ScopeError::Nobody(under + &of_level));
        }
        Ok(Scope { parent, units })
    }

    /// The only unit without one above it, if it has others under it.
    fn only_root(&self) -> Option<usize> {
        let mut roots = (0..self.all.len()).filter(|unit| self.all[*unit].parent.is_none());
        let root = roots.next().filter(|_| roots.next().is_none())?;
        (self.all.len() > 1).then_some(root)
    }

    /// Whether a unit is somewhere under another; every unit is under none.
    fn is_under(&self, unit: usize, parent: Option<usize>) -> bool {
        let mut above = std::iter::successors(self.all[unit].parent, |above| self.all[*above].parent);
        parent.is_none() || above.any(|above| Some(above) == parent)
    }
}

/// A name as names are compared: without blanks, digits half-width, brackets full-width.
fn normal(name: &str) -> String {
    let bracket = |c| match c {
        '(' => '（',
        ')' => '）',
        other => other,
    };
    squeezed(name).chars().map(bracket).collect()
}
