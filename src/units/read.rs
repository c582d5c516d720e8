//! The register of units, read from a list: its columns by their heads, its faults with the row and the remedy.
//!
//! A list with a fault gives no register: a unit that is left out would not be missed.

use std::collections::BTreeMap;

use super::{Unit, Units, normal};
use crate::document::Document;
use crate::document::listing::{Entry, Heads, Listing};
use crate::form::terms::Level;

/// What is wrong in a list, where, and what mends it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// The row, as the file counts: `第 3 行`; empty where the whole list is meant.
    pub at: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.at.is_empty() {
            true => f.write_str(&self.message),
            false => write!(f, "{}：{}", self.at, self.message),
        }
    }
}

/// The columns, in the order of [`COLUMNS`].
const CODE: usize = 0;
const NAME: usize = 1;
const SHORT_NAMES: usize = 2;
const LEVEL: usize = 3;
const PARENT: usize = 4;
const FORMER_NAMES: usize = 5;

/// The heads by which each column is known.
const COLUMNS: [Heads; 6] = [
    &["代码", "统一社会信用代码", "信用代码", "单位代码", "机构代码", "机关代码", "编码", "单位编码"],
    &["全称", "单位全称", "机关全称", "单位名称", "机构名称", "机关名称", "名称", "单位", "报送单位"],
    &["简称", "别名", "单位简称", "机关简称", "简称或别名", "其他名称"],
    &["层级", "级别", "单位层级", "单位级别", "单位类别", "类别"],
    &[
        "上级",
        "上级代码",
        "上级单位",
        "上级单位代码",
        "上级机关",
        "主管单位",
        "隶属",
        "隶属单位",
        "所属单位",
        "上级统一社会信用代码",
    ],
    &[
        "原名",
        "原名称",
        "曾用名",
        "由更名",
        "由合并",
        "合并自",
        "更名自",
        "由更名或合并",
        "原名或合并自",
        "合并或更名自",
    ],
];

/// What offices call a level, beside its key and its label.
const LEVELS: [(Level, &[&str]); 8] = [
    (Level::Township, &["镇", "乡", "乡镇政府", "乡镇人民政府"]),
    (Level::Street, &["街道办", "街道办事处"]),
    (
        Level::CountyDepartment,
        &["县直部门", "县直单位", "县直", "区直部门", "区直单位", "区级部门", "县区部门", "部门"],
    ),
    (Level::County, &["县", "区", "县区", "县政府", "区政府", "县级", "县区政府", "县级人民政府"]),
    (Level::CityDepartment, &["市直部门", "市直单位", "市直"]),
    (Level::City, &["市", "市政府", "市级", "市级人民政府"]),
    (Level::ProvinceDepartment, &["省直部门", "省直单位", "省直"]),
    (Level::Province, &["省", "省政府", "省级", "省级人民政府"]),
];

impl Units {
    /// Reads a register from the list in a document.
    ///
    /// # Errors
    /// If it has faults; all of them are given.
    pub fn read(document: &Document) -> Result<Self, Vec<Fault>> {
        let whole = |message: &str| vec![Fault { at: String::new(), message: message.to_owned() }];
        let listing =
            Listing::read(document, &COLUMNS).filter(|listing| listing.has[NAME]).ok_or_else(|| {
                whole(
                    "没有认出表头。第一行请写：代码、全称、简称、层级、上级、原名；至少要有全称和另外一栏。",
                )
            })?;
        if listing.rows.is_empty() {
            return Err(whole("表头下面没有单位，请每个单位写一行。"));
        }
        let mut reader = Reader { has_codes: listing.has[CODE], ..Reader::default() };
        listing.rows.iter().for_each(|row| reader.row(row));
        reader.parents();
        reader.circles();
        if reader.faults.is_empty() { Ok(Self::new(reader.units)) } else { Err(reader.faults) }
    }
}

#[derive(Default)]
struct Reader<'l> {
    has_codes: bool,
    units: Vec<Unit>,
    /// The row of each unit.
    rows: Vec<&'l Entry>,
    /// The first row of each code, and of each full name.
    codes: BTreeMap<String, usize>,
    names: BTreeMap<String, usize>,
    faults: Vec<Fault>,
}

impl<'l> Reader<'l> {
    fn fault(&mut self, row: &Entry, message: String) {
        self.faults.push(Fault { at: row.at.clone(), message });
    }

    fn row(&mut self, row: &'l Entry) {
        if let Some(stray) = &row.stray {
            let message =
                format!("这一行只有“{stray}”一格，看不出是哪一栏。是单位的请补全这一行，不是的请删去。");
            return self.fault(row, message);
        }
        let name = row.text(NAME);
        if name.is_empty() {
            return self.fault(row, "没有写单位全称。请补上；不是单位的请删去这一行。".to_owned());
        }
        let code = if self.has_codes { row.text(CODE) } else { name };
        if code.is_empty() {
            return self.fault(row, format!("“{name}”没有代码。请补上；都没有代码的，请删去代码这一栏。"));
        }
        let level = self.level(row, name);
        let number = self.units.len();
        if let Some(first) = self.codes.get(&normal(code)).filter(|_| self.has_codes) {
            let (first, other) = (self.rows[*first].at.clone(), self.units[*first].name.clone());
            self.fault(row, format!("代码“{code}”与{first}的“{other}”相同。请改正其中一个。"));
        }
        if let Some(first) = self.names.get(&normal(name)) {
            let first = self.rows[*first].at.clone();
            let remedy = "同一个单位请只留一行；不是同一个的，请在前面写上所在的县、市。";
            self.fault(row, format!("“{name}”在{first}已经有了。{remedy}"));
        }
        self.codes.entry(normal(code)).or_insert(number);
        self.names.entry(normal(name)).or_insert(number);
        self.rows.push(row);
        self.units.push(Unit {
            code: code.to_owned(),
            name: name.to_owned(),
            short_names: row.several(SHORT_NAMES).map(str::to_owned).collect(),
            level,
            parent: None,
            former_names: row.several(FORMER_NAMES).filter_map(former).map(str::to_owned).collect(),
        });
    }

    fn level(&mut self, row: &Entry, name: &str) -> Option<Level> {
        let text = normal(row.text(LEVEL));
        if text.is_empty() {
            return Level::of_name(name);
        }
        let is_meant = |level: &&Level| {
            let others = LEVELS.iter().find(|(of, _)| of == *level).map_or(&[][..], |(_, names)| names);
            level.key() == text || level.label() == text || others.contains(&text.as_str())
        };
        let found = Level::ALL.iter().find(is_meant).copied();
        if found.is_none() {
            let known: Vec<&str> = Level::ALL.iter().map(|level| level.label()).collect();
            self.fault(row, format!("层级“{text}”不认识。请写{}中的一个，或者留空。", known.join("、")));
        }
        found
    }

    /// Finds the unit that each is under, by its code or its full name.
    fn parents(&mut self) {
        for number in 0..self.units.len() {
            let row = self.rows[number];
            let said = normal(row.text(PARENT));
            if said.is_empty() {
                continue;
            }
            let above = self.codes.get(&said).or_else(|| self.names.get(&said)).copied();
            match above {
                Some(above) if above == number => {
                    let message =
                        format!("“{}”的上级写成了它自己。请改正；没有上级的请留空。", row.text(NAME));
                    self.fault(row, message);
                }
                Some(above) => self.units[number].parent = Some(above),
                None => {
                    let remedy = "请写上级的代码或全称；上级不在名册里的，请先给它加一行，或者留空。";
                    self.fault(row, format!("上级“{}”不在名册里。{remedy}", row.text(PARENT)));
                }
            }
        }
    }

    /// Finds the circles of units, each of which is under the next, and tells each of them once.
    fn circles(&mut self) {
        let mut is_cleared = vec![false; self.units.len()];
        for number in 0..self.units.len() {
            let mut path: Vec<usize> = Vec::new();
            let mut next = Some(number);
            while let Some(unit) = next.filter(|unit| !is_cleared[*unit] && !path.contains(unit)) {
                path.push(unit);
                next = self.units[unit].parent;
            }
            if let Some(from) = next.and_then(|unit| path.iter().position(|on| *on == unit)) {
                let names: Vec<&str> =
                    path[from..].iter().map(|unit| self.units[*unit].name.as_str()).collect();
                let names = format!("{} → {}", names.join(" → "), names[0]);
                self.fault(self.rows[path[from]], format!("上级绕成了一圈：{names}。请改正其中一个的上级。"));
            }
            path.iter().for_each(|unit| is_cleared[*unit] = true);
        }
    }
}

/// The name in the words for a former one: `由青石乡人民政府更名` is 青石乡人民政府.
fn former(words: &str) -> Option<&str> {
    const AROUND: [&str; 9] = ["更名而来", "合并而来", "更名", "改名", "合并", "并入", "撤并", "划转", "等"];
    let bare = words.trim_start_matches(['由', '自', '原']);
    let end = AROUND.iter().find_map(|word| bare.strip_suffix(word)).unwrap_or(bare);
    (!end.is_empty()).then_some(end)
}
