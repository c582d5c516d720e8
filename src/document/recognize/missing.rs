//! What of a report is not there, or not where or as it should be: sections and tables. It mends nothing.

use super::BY_HAND;
use super::sections::Part;
use super::{EXPORTED, Recognized};
use crate::form::Form;
use crate::report::{NoticeKind, Place};

/// Says which sections are missing, doubled, out of order or titled otherwise.
pub(super) fn tell_sections(parts: &[Part<'_>], form: &Form, to: &mut Recognized) {
    let mut furthest = None;
    for official in form.decree.headings {
        let section = official.section;
        let name = format!("{}、{}", official.numeral, official.title);
        let found: Vec<&Part<'_>> = parts.iter().filter(|part| part.section == Some(section)).collect();
        let Some(first) = found.first() else {
            let message = format!("没有找到“{name}”这一部分，请补上。");
            to.notice(NoticeKind::SectionMissing, Some(section.into()), "", "", message);
            continue;
        };
        to.origin(section, first.at.to_owned());
        if let [_, second, ..] = found[..] {
            let message = format!("原文件里“{name}”出现了两次，已合在一处，请核对。{EXPORTED}");
            to.notice(NoticeKind::SectionDoubled, Some(section.into()), &second.heading, second.at, message);
        }
        if !first.is_official {
            let message = format!("原文件里标题写作“{}”，规定的是“{name}”。{EXPORTED}", first.heading.trim());
            to.notice(NoticeKind::SectionTitle, Some(section.into()), &first.heading, first.at, message);
        }
        let position = parts.iter().position(|part| part.section == Some(section));
        if position < furthest {
            let message = format!("原文件里“{name}”的位置不对，六个部分要按规定的顺序排。{EXPORTED}");
            to.notice(NoticeKind::SectionOrder, Some(section.into()), &first.heading, first.at, message);
        }
        furthest = furthest.max(position);
    }
}

/// Says which tables are missing.
pub(super) fn tell_tables(form: &Form, to: &mut Recognized) {
    for table in form.decree.tables {
        if !to.tables.contains(&table.section) {
            let place = Place::from(table.section);
            let message = format!("没有找到“{}”的统计表，可能是图片{BY_HAND}", place.label(form));
            to.notice(NoticeKind::TableMissing, Some(place), "", "", message);
        }
    }
}
