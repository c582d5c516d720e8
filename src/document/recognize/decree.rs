//! Which decree's form a document is on. Knows its words only; what is written on the form is not looked at.

use crate::document::{Block, Document};
use crate::form::Form;
use crate::text::key;

/// The form that a document is on, by the words that only one of them has; `None` if they do not tell.
pub(super) fn form_of(document: &Document) -> Option<&'static Form> {
    const OLD: [&str; 6] = [
        "本年新制作数量",
        "本年新公开数量",
        "对外公开总数量",
        "上一年项目数量",
        "采购项目数量",
        "其他对外管理服务事项",
    ];
    const NEW: [&str; 5] =
        ["本年制发件数", "本年废止件数", "现行有效件数", "本年处理决定数量", "本年收费金额"];
    let mut text = String::new();
    for block in &document.blocks {
        match block {
            Block::Heading { text: words, .. } | Block::Paragraph { text: words, .. } => {
                text.push_str(&key(words))
            }
            Block::Grid(grid) => {
                text.extend(grid.rows.iter().flat_map(|row| &row.cells).map(|cell| key(&cell.text)));
            }
        }
    }
    let count = |words: &[&str]| words.iter().filter(|word| text.contains(**word)).count();
    match count(&OLD).cmp(&count(&NEW)) {
        std::cmp::Ordering::Greater => Form::from_key("2019"),
        std::cmp::Ordering::Less => Form::from_key("2021"),
        std::cmp::Ordering::Equal => None,
    }
}
