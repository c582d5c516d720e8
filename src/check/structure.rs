//! Family S: whether the report has the parts that the form has. S01–S05 are evaluated on the notices of an import; a
//! report typed in has none, and there they do not apply.

use super::{Basis, Facts, Review, Rule, Severity};
use crate::form::Form;
use crate::form::terms::Field;
use crate::report::{Notice, NoticeKind, Place};

/// The rules of this file.
pub(super) static RULES: &[&Rule] = &[&S01, &S02, &S03, &S04, &S05, &S06];

pub(super) static S01: Rule = Rule {
    id: "S01",
    name: "section-missing",
    severity: Severity::Error,
    basis: Basis::Decree("附件规定的六个部分"),
    title: "六个部分缺一不可，不重复，不颠倒",
    explanation: "年度报告由六个部分组成：总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议\
                  行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项。没有内容的部分也要保留标题，写明“无”。",
    wrong: &[
        &[("!section-missing", "problems")],
        &[("!section-doubled", "overview")],
        &[("!section-order", "disputes")],
    ],
    right: &[&[], &[("!section-title", "problems")]],
    unknown: &[],
    run: |facts, review| {
        use NoticeKind::{SectionDoubled, SectionMissing, SectionOrder};
        noticed(&S01, &[SectionMissing, SectionDoubled, SectionOrder], facts, review);
    },
};

pub(super) static S02: Rule = Rule {
    id: "S02",
    name: "section-title",
    severity: Severity::Warning,
    basis: Basis::Decree("附件规定的六个部分"),
    title: "各部分标题与规定的一致",
    explanation: "六个部分的标题和序号照规定写，不增字、不减字、不改字，方便上级机关和公众查找、比对。",
    wrong: &[&[("!section-title", "problems")]],
    right: &[&[], &[("!section-missing", "problems")]],
    unknown: &[],
    run: |facts, review| noticed(&S02, &[NoticeKind::SectionTitle], facts, review),
};

pub(super) static S03: Rule = Rule {
    id: "S03",
    name: "table-missing",
    severity: Severity::Error,
    basis: Basis::Form,
    title: "第二、三、四部分各有一张统计表",
    explanation: "这三个部分是统计表。原文件里没有找到表格时，可能贴的是图片，也可能粘贴时丢了：请补上表格，或者在这里逐格填写。\
                  没有找到的表一律按空白处理，不会当作零。",
    wrong: &[&[("!table-missing", "requests")]],
    right: &[
        &[],
        &[("!extra-cells", "requests")],
        &[("!table-missing", "requests"), ("!section-missing", "requests")],
    ],
    unknown: &[],
    run: |facts, review| noticed(&S03, &[NoticeKind::TableMissing], facts, review),
};

pub(super) static S04: Rule = Rule {
    id: "S04",
    name: "label-changed",
    severity: Severity::Warning,
    basis: Basis::Form,
    title: "表格的行名、列名与规定的一致",
    explanation: "行名、列名和所属的大项照规定的表样写。改了字、丢了大项（如“（六）其他处理”），读表的人和汇总的程序都可能\
                  把数看到别的行去。",
    wrong: &[
        &[("!label-changed", "requests/barred_by_law/total")],
        &[("!group-lost", "requests/handled_otherwise/total")],
    ],
    right: &[&[], &[("!number-reread", "requests/received/total")]],
    unknown: &[],
    run: |facts, review| noticed(&S04, &[NoticeKind::LabelChanged, NoticeKind::GroupLost], facts, review),
};

pub(super) static S05: Rule = Rule {
    id: "S05",
    name: "extra-cells",
    severity: Severity::Warning,
    basis: Basis::Form,
    title: "表格没有多出的行和列",
    explanation: "不要在统计表里加“小计”“备注”等行或列；要说明的写在第一部分或第六部分。",
    wrong: &[&[("!extra-cells", "requests")]],
    right: &[&[], &[("!label-changed", "requests/received/total")]],
    unknown: &[],
    run: |facts, review| noticed(&S05, &[NoticeKind::ExtraCells], facts, review),
};

pub(super) static S06: Rule = Rule {
    id: "S06",
    name: "old-form",
    severity: Severity::Error,
    basis: Basis::Decree("自 2021 年度的报告起使用新格式"),
    title: "2021 年度起的报告用新表样",
    explanation: "2019 年的试行格式（国办公开办函〔2019〕60号）只用于 2019、2020 两个年度。2021 年度起第二部分的栏目和\
                  第三部分的“（六）其他处理”都变了，旧表里的数不能照搬，请换用新表样重新填写。",
    wrong: &[&[("!form", "2019"), ("@year", "2022")]],
    right: &[&[], &[("!form", "2019"), ("@year", "2020")]],
    unknown: &[&[("!form", "2019"), ("@year", "")]],
    run: old_form,
};

/// Reports every notice of these kinds.
fn noticed(rule: &'static Rule, kinds: &[NoticeKind], facts: &Facts<'_>, review: &mut Review) {
    // Where S01 misses the whole section, its table goes without saying.
    let is_within_missing = |notice: &Notice| {
        notice.kind == NoticeKind::TableMissing
            && notice.place.and_then(Place::section).is_some_and(|section| facts.is_missing(section))
    };
    let of_these = |notice: &&Notice| kinds.contains(&notice.kind) && !is_within_missing(notice);
    for notice in facts.report.notices().filter(of_these) {
        let at = if notice.at.is_empty() { String::new() } else { format!("（原文件{}）", notice.at) };
        review.find(rule, format!("{}{at}", notice.message), notice.place.into_iter().collect());
    }
}

fn old_form(facts: &Facts<'_>, review: &mut Review) {
    if facts.form.decree.key == Form::current().decree.key {
        return;
    }
    let Some(year) = facts.year else {
        review.cannot_tell(&S06, || "不知道报告年度，没有核对表样".to_owned());
        return;
    };
    let due = Form::for_year(year).filter(|due| due.decree.first_year > facts.form.decree.first_year);
    if let Some(due) = due {
        let message = format!(
            "{year} 年度的报告用的是 {} 年的旧表样（{}），应改用{}的表样重新填写。",
            facts.form.decree.key, facts.form.decree.document, due.decree.document
        );
        review.find(&S06, message, vec![Field::Year.into()]);
    }
}
