//! The adjustments of a total: a cell, an amount, a reason. Read from a list with the heads 位置, 调整数 and 理由.

use crate::document::Document;
use crate::document::listing::{Entry, Heads, Listing};
use crate::form::{Cell, Form};
use crate::number::{self, Decimal, Reading};
use crate::report::Place;
use crate::text::key;
use crate::units::Fault;

/// A number that is added to a cell of a total, or with a minus taken away.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Adjustment {
    /// The cell.
    pub cell: Cell,
    /// The number.
    pub amount: Decimal,
    /// Why.
    pub reason: String,
}

impl Adjustment {
    /// The number with its sign: `+3`, `-2`.
    pub fn signed(&self) -> String {
        signed(self.amount)
    }
}

/// A number with its sign: `+3`, `-2`.
pub fn signed(number: Decimal) -> String {
    if number.is_negative() { number.to_string() } else { format!("+{number}") }
}

const PLACE: usize = 0;
const AMOUNT: usize = 1;
const REASON: usize = 2;

const COLUMNS: [Heads; 3] = [
    &["位置", "格", "项目", "指标", "调整位置"],
    &["调整数", "调整", "数", "数量", "增减", "数额", "加减"],
    &["理由", "原因", "说明", "调整理由", "调整原因", "备注"],
];

/// Reads the adjustments of a total on `form` from the list in a document.
///
/// # Errors
/// If it has faults; all of them are given.
pub fn read(document: &Document, form: &Form) -> Result<Vec<Adjustment>, Vec<Fault>> {
    let listing = Listing::read(document, &COLUMNS).filter(|listing| listing.has.iter().all(|has| *has));
    let Some(listing) = listing else {
        let message = "没有认出表头。第一行请写：位置、调整数、理由。".to_owned();
        return Err(vec![Fault { at: String::new(), message }]);
    };
    let (mut adjustments, mut faults) = (Vec::new(), Vec::new());
    for row in &listing.rows {
        match adjustment(row, form) {
            Ok(adjustment) => adjustments.push(adjustment),
            Err(message) => faults.push(Fault { at: row.at.clone(), message }),
        }
    }
    if faults.is_empty() { Ok(adjustments) } else { Err(faults) }
}

fn adjustment(row: &Entry, form: &Form) -> Result<Adjustment, String> {
    if let Some(stray) = &row.stray {
        return Err(format!("这一行只有“{stray}”一格。是调整的请补全位置、调整数和理由，不是的请删去。"));
    }
    let spelled = row.text(PLACE);
    let cell = cell(form, spelled).ok_or_else(|| {
        let year = form.decree.key;
        format!(
            "{year} 年表样里没有“{spelled}”这一格。请写成 requests/received/total，或“一、本年新收政府信息公开申请数量，总计”这样。"
        )
    })?;
    let written = row.text(AMOUNT);
    let amount = match number::read(written.strip_prefix(['+', '＋']).unwrap_or(written)) {
        Reading::Plain(amount) | Reading::Loose(amount) => amount,
        Reading::Blank | Reading::Text => {
            return Err(format!("调整数“{written}”不是数。请写 3 或 -3 这样的数。"));
        }
    };
    let reason = row.text(REASON).to_owned();
    if reason.is_empty() {
        return Err("没有写理由。每一处调整都要写明理由。".to_owned());
    }
    Ok(Adjustment { cell, amount, reason })
}

/// The cell of a form that is spelled as in files, or named as in messages.
pub fn cell(form: &Form, spelled: &str) -> Option<Cell> {
    let is_named = |info: &&crate::form::CellInfo| key(&Place::Cell(info.cell).label(form)) == key(spelled);
    let by_place = Place::parse(spelled).and_then(Place::cell);
    let by_label = || form.cells().iter().find(is_named).map(|info| info.cell);
    by_place.or_else(by_label).filter(|cell| form.index(*cell).is_some())
}
