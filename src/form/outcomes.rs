//! How requests end, by the groups in which table 3 gives the outcomes.
//!
//! Which rows there are is said by the decrees; here they are only gathered under the headings that they stand under.

use super::terms::{Row, Section};
use super::{Form, leaves, mark};

/// A group of outcomes; one that has no heading over it is its own only row.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its official label: `（三）不予公开`.
    pub label: &'static str,
    /// Its rows with their labels, in the order of the form.
    pub rows: Vec<(Row, &'static str)>,
}

impl Outcome {
    /// Its name without the number before and the remark behind: `部分公开`.
    pub fn name(&self) -> &'static str {
        let bare = self.label.strip_prefix(mark(self.label)).filter(|bare| !bare.is_empty());
        let bare = bare.unwrap_or(self.label);
        bare.find('（').map_or(bare, |remark| &bare[..remark])
    }
}

impl Form {
    /// The groups of outcomes, in the order of the form; both decrees have the same six.
    pub fn outcomes(&self) -> Vec<Outcome> {
        let blocks = self.table(Section::Requests).map_or(&[][..], |table| table.blocks);
        let mut outcomes: Vec<Outcome> = Vec::new();
        for row in blocks.iter().flat_map(|block| leaves(block.rows)) {
            if row.groups.is_empty() || row.is_total {
                continue;
            }
            let label = row.groups.get(1).copied().unwrap_or(row.label);
            match outcomes.last_mut().filter(|last| last.label == label) {
                Some(last) => last.rows.push((row.key, row.label)),
                None => outcomes.push(Outcome { label, rows: vec![(row.key, row.label)] }),
            }
        }
        outcomes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_have_the_same_six_outcomes() {
        let names = |form: &Form| form.outcomes().iter().map(Outcome::name).collect::<Vec<_>>();
        let expected = ["予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理"];
        for form in Form::all() {
            assert_eq!(names(form), expected, "{}", form.decree.key);
        }
        let rows = |form: &Form| form.outcomes().iter().map(|outcome| outcome.rows.len()).collect::<Vec<_>>();
        assert_eq!(rows(Form::current()), [1, 1, 8, 3, 5, 3]);
        assert_eq!(rows(&Form::all()[1]), [1, 1, 8, 3, 5, 1]);
    }
}
