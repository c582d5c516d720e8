//! The words in which two sentences differ.
//!
//! A number is one word, and so is a run of letters; of Chinese every character is one. Nothing is said of meaning.

use super::align;

/// A stretch of two sentences that were paired.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Words {
    /// What both have.
    Same(String),
    /// What one has in place of what the other has; one of them may be empty.
    Other {
        /// The words of the old sentence.
        old: String,
        /// The words of the new one.
        new: String,
    },
}

/// Takes two sentences apart into what both have and what only one has, in order.
pub fn words(old: &str, new: &str) -> Vec<Words> {
    let (old, new) = (taken_apart(old), taken_apart(new));
    let mut pairs = align::equal(&old, &new);
    drop_lone(&mut pairs, old.len(), new.len());
    let mut all: Vec<Words> = Vec::new();
    let (mut a, mut b) = (0, 0);
    for (next_a, next_b) in pairs.into_iter().chain([(old.len(), new.len())]) {
        if (a, b) != (next_a, next_b) {
            all.push(Words::Other { old: old[a..next_a].concat(), new: new[b..next_b].concat() });
        }
        let same = old.get(next_a).copied().unwrap_or_default();
        match all.last_mut() {
            Some(Words::Same(before)) => before.push_str(same),
            _ if same.is_empty() => {}
            _ => all.push(Words::Same(same.to_owned())),
        }
        (a, b) = (next_a + 1, next_b + 1);
    }
    all
}

/// Drops what stands alone between words that differ: one character that both happen to have is no help to a reader.
fn drop_lone(pairs: &mut Vec<(usize, usize)>, old: usize, new: usize) {
    let is_together = |one: (usize, usize), next: (usize, usize)| next == (one.0 + 1, one.1 + 1);
    let all = pairs.clone();
    let mut nth = 0usize;
    pairs.retain(|&pair| {
        let before = nth.checked_sub(1).map(|before| all[before]);
        let next = all.get(nth + 1);
        nth += 1;
        let is_at_an_end = pair == (0, 0) || (pair.0 + 1, pair.1 + 1) == (old, new);
        is_at_an_end
            || before.is_some_and(|before| is_together(before, pair))
            || next.is_some_and(|&next| is_together(pair, next))
    });
}

/// The words of a sentence.
fn taken_apart(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_of_it = |c: char| match first {
            '0'..='9' => c.is_ascii_digit() || matches!(c, '.' | ','),
            _ => first.is_ascii_alphabetic() && c.is_ascii_alphabetic(),
        };
        let end =
            rest[first.len_utf8()..].find(|c| !is_of_it(c)).map_or(rest.len(), |end| end + first.len_utf8());
        words.push(&rest[..end]);
        rest = &rest[end..];
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The two sentences with what differs in brackets.
    fn marked(old: &str, new: &str) -> [String; 2] {
        let mut sides = [String::new(), String::new()];
        for one in words(old, new) {
            match one {
                Words::Same(same) => sides.iter_mut().for_each(|side| side.push_str(&same)),
                Words::Other { old, new } => {
                    sides[0] += &format!("[{old}]");
                    sides[1] += &format!("[{new}]");
                }
            }
        }
        sides
    }

    #[test]
    fn a_number_is_one_word_and_a_chance_character_is_none() {
        assert_eq!(
            marked("收到申请12件，办结11件。", "收到申请15件，办结11件。"),
            ["收到申请[12]件，办结11件。", "收到申请[15]件，办结11件。"]
        );
        assert_eq!(marked("收费1,200.50元。", "收费1,300元。"), ["收费[1,200.50]元。", "收费[1,300]元。"]);
        assert_eq!(marked("举办培训。", "举办两次培训。"), ["举办[]培训。", "举办[两次]培训。"]);
        assert_eq!(marked("人员力量不足。", "更新有时不及时。"), ["[人员力量不足]。", "[更新有时不及时]。"]);
        assert_eq!(words("一样。", "一样。"), [Words::Same("一样。".to_owned())]);
        assert_eq!(words("", ""), []);
    }

    #[test]
    fn sentences_as_long_as_none_are_still_compared() {
        let text = |middle: &str| format!("开头{}结尾。", middle.repeat(25_000));
        let all = words(&text("甲乙"), &text("丙丁"));
        assert_eq!((&all[0], &all[2]), (&Words::Same("开头".to_owned()), &Words::Same("结尾。".to_owned())));
        assert_eq!(all.len(), 3);
    }

    proptest! {
        #[test]
        fn either_sentence_is_put_together_again(old in "[甲乙a1,，。]{0,14}", new in "[甲乙a1,，。]{0,14}") {
            let (mut one, mut other) = (String::new(), String::new());
            for words in words(&old, &new) {
                match words {
                    Words::Same(same) => {
                        one += &same;
                        other += &same;
                    }
                    Words::Other { old, new } => {
                        prop_assert!(old != new);
                        one += &old;
                        other += &new;
                    }
                }
            }
            prop_assert_eq!((one, other), (old, new));
        }
    }
}
