//! An axis of a table: a tree of lines, and what is read off it.
//!
//! Which axes a table has, and what its sums are, is said in [`form`](super).

use super::terms::Row;

/// One line of an axis: a row or a column of a table.
#[derive(Debug)]
pub enum Line<K: 'static> {
    /// A line that holds numbers.
    Leaf(K, &'static str),
    /// A heading over further lines.
    Group(&'static str, &'static [Self]),
    /// The sum of all the leaves beside it, those inside groups included.
    Total(K, &'static str),
}

/// A leaf or total of an axis, with the headings above it.
#[derive(Clone, Debug)]
pub struct Leaf<K> {
    /// Its key.
    pub key: K,
    /// Its own official label.
    pub label: &'static str,
    /// The labels of the groups it is in, outermost first.
    pub groups: Vec<&'static str>,
    /// Whether it is the total of its axis.
    pub is_total: bool,
}

impl<K> Leaf<K> {
    /// The official label, with the numbers of its groups before it: `三（三）4.保护第三方合法权益`.
    ///
    /// A group without a number (行政诉讼) is written out.
    pub fn name(&self) -> String {
        let mut name: String = self.groups.iter().map(|group| mark(group)).collect();
        if self.groups.iter().any(|group| mark(group) == *group) {
            name.push('，');
        }
        name + self.label
    }
}

/// The leaves and totals of an axis, in order.
pub fn leaves<K: Copy>(lines: &'static [Line<K>]) -> Vec<Leaf<K>> {
    fn walk<K: Copy>(lines: &'static [Line<K>], groups: &mut Vec<&'static str>, out: &mut Vec<Leaf<K>>) {
        for line in lines {
            match line {
                Line::Leaf(key, label) | Line::Total(key, label) => out.push(Leaf {
                    key: *key,
                    label,
                    groups: groups.clone(),
                    is_total: matches!(line, Line::Total(..)),
                }),
                Line::Group(label, lines) => {
                    groups.push(label);
                    walk(lines, groups, out);
                    groups.pop();
                }
            }
        }
    }
    let mut out = Vec::new();
    walk(lines, &mut Vec::new(), &mut out);
    out
}

/// The number at the head of a label: `三` of `三、本年度办理结果`, `（三）` of `（三）不予公开`; else the whole label.
pub fn mark(label: &str) -> &str {
    match label.find(['、', '）']) {
        Some(end) if label.starts_with('（') => &label[..end + '）'.len_utf8()],
        Some(end) if label[..end].chars().count() == 1 => &label[..end],
        _ => label,
    }
}

/// The total of an axis, wherever in the tree it stands.
pub(super) fn total<K: Copy>(lines: &'static [Line<K>]) -> Option<K> {
    leaves(lines).iter().find(|leaf| leaf.is_total).map(|leaf| leaf.key)
}

/// The leaves beside a total, those inside groups included.
pub(super) fn summands(lines: &'static [Line<Row>], total: Row) -> Vec<Row> {
    let here = lines.iter().any(|line| matches!(line, Line::Total(key, _) if *key == total));
    if here {
        return leaves(lines).iter().map(|leaf| leaf.key).filter(|key| *key != total).collect();
    }
    lines
        .iter()
        .find_map(|line| match line {
            Line::Group(_, lines) => Some(summands(lines, total)).filter(|found| !found.is_empty()),
            _ => None,
        })
        .unwrap_or_default()
}
