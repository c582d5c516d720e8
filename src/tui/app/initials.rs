//! The initials of Chinese text in pinyin, so that things are found without an input method.
//!
//! The first level of GB 2312 stands in the order of pinyin; that is all the table there is. A character with two readings
//! has the one that it is sorted by, but for the few that the form reads otherwise.

use encoding_rs::GBK;

/// The first character of each initial in GB 2312, and the end of its first level.
const STARTS: [(u16, char); 24] = [
    (0xb0a1, 'a'),
    (0xb0c5, 'b'),
    (0xb2c1, 'c'),
    (0xb4ee, 'd'),
    (0xb6ea, 'e'),
    (0xb7a2, 'f'),
    (0xb8c1, 'g'),
    (0xb9fe, 'h'),
    (0xbbf7, 'j'),
    (0xbfa6, 'k'),
    (0xc0ac, 'l'),
    (0xc2e8, 'm'),
    (0xc4c3, 'n'),
    (0xc5b6, 'o'),
    (0xc5be, 'p'),
    (0xc6da, 'q'),
    (0xc8bb, 'r'),
    (0xc8f6, 's'),
    (0xcbfa, 't'),
    (0xcdda, 'w'),
    (0xcef4, 'x'),
    (0xd1b9, 'y'),
    (0xd4d1, 'z'),
    (0xd7fa, ' '),
];

/// Characters that the form reads otherwise than they are sorted by.
const READINGS: [(char, char); 1] = [('重', 'c')];

/// The initials of a text: a letter for each Han character, other letters and digits as they are.
pub fn initials(text: &str) -> String {
    text.chars().filter_map(initial).collect()
}

fn initial(char: char) -> Option<char> {
    if char.is_ascii_alphanumeric() {
        return Some(char.to_ascii_lowercase());
    }
    if let Some((_, reading)) = READINGS.iter().find(|(known, _)| *known == char) {
        return Some(*reading);
    }
    let mut buffer = [0; 4];
    let (bytes, _, failed) = GBK.encode(char.encode_utf8(&mut buffer));
    let &[first, second] = bytes.as_ref() else { return None };
    // A second byte below is one of the characters that GBK has added, in another order.
    if failed || second < 0xa1 {
        return None;
    }
    let code = u16::from_be_bytes([first, second]);
    let after = STARTS.partition_point(|(start, _)| *start <= code);
    after.checked_sub(1).map(|at| STARTS[at].1).filter(|initial| *initial != ' ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Form;
    use crate::report::Place;

    #[test]
    fn initials_are_those_of_pinyin() {
        assert_eq!(initials("三（五）2.重复申请，商业企业"), "sw2cfsqsyqy");
        assert_eq!(initials("啊八擦搭蛾发嘎哈击喀垃妈拿哦啪期然撒塌挖昔压匝座"), "abcdefghjklmnopqrstwxyzz");
        assert_eq!(initials("镕 Ａ…x"), "x");
    }

    #[test]
    fn every_character_of_every_label_has_an_initial() {
        for form in Form::all() {
            for info in form.cells() {
                let label = Place::Cell(info.cell).label(form);
                let han = label.chars().filter(|char| ('\u{4e00}'..='\u{9fff}').contains(char));
                let missing: String = han.filter(|&char| initial(char).is_none()).collect();
                assert_eq!(missing, "", "{label}");
            }
        }
    }
}
