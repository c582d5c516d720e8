//! What stands before the first section: the title, under it perhaps a byline and what a web page says, and the lead.

use super::labels::Labels;
use super::sections::Part;
use super::signature::{self, Signature};
use super::{Line, Recognized, leave_out, page, title};
use crate::document::Block;
use crate::form::Form;
use crate::form::terms::Section;
use crate::text::key;

/// A page says no more about a text than so many lines under its title.
const MOST_DATA: usize = 8;

/// Reads it.
pub(super) fn read(part: &Part<'_>, labels: &Labels, form: &'static Form, to: &mut Recognized) {
    let (mut lines, mut is_marked) = (Vec::new(), Vec::new());
    for block in &part.blocks {
        if let Block::Heading { text, at, .. } | Block::Paragraph { text, at } = block {
            lines.push((text.clone(), at.as_str()));
            is_marked.push(matches!(block, Block::Heading { level: 0, .. }));
        }
    }
    if let Some(found) = title::find(&lines, &is_marked) {
        to.title = Some(title::joined(&lines[found.clone()]));
        let title = to.title.as_deref().map(key);
        let is_another = |(text, _): &Line<'_>| Some(key(text)) != title;
        let before: Vec<Line<'_>> = lines.drain(..found.end).take(found.start).filter(is_another).collect();
        let message = "标题前面的文字没有读入，多半是索引号、文号等附带信息；要保留的请写进引言。";
        to.left_out(&before, None, message);
        let mut data = take_data(&mut lines);
        to.byline = signature::at_top(&mut lines);
        data.extend(take_data(&mut lines));
        keep_data(&data, to);
    }
    for (line, _) in &lines {
        to.push(Section::Lead, line);
    }
    for block in &part.blocks {
        if let Block::Grid(grid) = block {
            leave_out(grid, None, labels, form, to);
        }
    }
}

/// Takes the lines of data off the top of a text.
fn take_data<'d>(lines: &mut Vec<Line<'d>>) -> Vec<Line<'d>> {
    let end = lines.iter().take(MOST_DATA).take_while(|(line, _)| page::is_data(line)).count();
    lines.drain(..end).collect()
}

/// Keeps the day of publishing that a page says, and quotes its lines where they say more.
fn keep_data(data: &[Line<'_>], to: &mut Recognized) {
    let Some((_, at)) = data.first() else { return };
    let (day, is_all) = page::published(data);
    if !is_all {
        let message = "标题下面是网页上的附带信息，只读入了发布日期；要保留的请写进引言。";
        let without = "标题下面是网页上的附带信息，没有读入；要保留的请写进引言。";
        to.left_out(data, Some(Section::Lead), if day.is_some() { message } else { without });
    }
    let byline = to.byline.get_or_insert(Signature { organ: None, day: None, at: (*at).to_owned() });
    byline.day = byline.day.or(day);
}
