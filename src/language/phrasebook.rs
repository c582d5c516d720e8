//! Finds the phrases that a message was made of, and says it in English.
//!
//! A message is a phrase, or one with holes that are filled in, or several joined. What stands in a hole is said in the same way: it
//! may be a message, a label or a list of them, and stays as it is where the phrasebook does not have it. Where a message
//! can be taken apart in several ways, the one that leaves the least of it in Chinese is right.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use super::template::{Held, Print, Template, parted, taken_apart};

/// The pairs, a file for each region of the source.
const FILES: [&str; 6] = [
    include_str!("english/commands.txt"),
    include_str!("english/core.txt"),
    include_str!("english/form.txt"),
    include_str!("english/keys.txt"),
    include_str!("english/rules.txt"),
    include_str!("english/screens.txt"),
];

/// What joins messages, and what joins them in English.
const JOINTS: [(&str, &str); 8] = [
    ("\n", "\n"),
    (STOP, ". "),
    ("  ", "  "),
    ("；", "; "),
    ("，", ", "),
    ("：", ": "),
    ("、", ", "),
    (" ", " "),
];

/// What ends a sentence, and may belong to its phrase.
const STOP: &str = "。";

/// How many messages and parts of messages are remembered; a session has some thousand.
const MOST_REMEMBERED: usize = 10_000;

/// How many templates a message is tried with, of those that it may be made of.
const MOST_TEMPLATES: usize = 8;

/// What is longer, in bytes, is a text of somebody's, and no message.
const LONGEST: usize = 4_000;

/// Every phrase in Chinese and in English.
#[derive(Debug, Default)]
pub(super) struct Phrasebook {
    /// Those without holes.
    whole: HashMap<String, String>,
    /// Those with holes, the one with the most words of its own first.
    templates: Vec<Template>,
    /// What was said before.
    said: Mutex<HashMap<String, Said>>,
}

/// A message in English, as far as it is known.
#[derive(Clone, Default, Debug)]
struct Said {
    english: String,
    /// How many Han characters were left as they are, but for what is quoted.
    left: usize,
}

impl Phrasebook {
    /// The one of this program.
    pub(super) fn english() -> &'static Self {
        static ENGLISH: OnceLock<Phrasebook> = OnceLock::new();
        ENGLISH.get_or_init(|| Self::of(&FILES))
    }

    fn of(files: &[&str]) -> Self {
        let mut book = Self::default();
        for (chinese, english) in files.iter().flat_map(|file| pairs(file)) {
            let (chinese, english) = (chinese.trim(), english.trim());
            // What is added to a message may be all that stands between two joints.
            for (joint, said) in JOINTS {
                if let Some((chinese, english)) = chinese.strip_prefix(joint).zip(english.strip_prefix(said))
                {
                    book.add(chinese, english);
                }
            }
            book.add(chinese, english);
        }
        book.templates.sort_by_key(|template| Reverse(template.weight()));
        book
    }

    fn add(&mut self, chinese: &str, english: &str) {
        match Template::of(chinese, english) {
            Some(template) => self.templates.push(template),
            None => {
                let [chinese, english] = [chinese, english].map(|phrase| taken_apart(phrase).0.concat());
                self.whole.insert(chinese, english);
            }
        }
    }

    /// Says a message, as far as it is known; the blanks at its ends stay.
    pub(super) fn say<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if text.is_ascii() || text.len() > LONGEST {
            return Cow::Borrowed(text);
        }
        let mut known = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() > MOST_REMEMBERED {
            known.clear();
        }
        Cow::Owned(Speaker { book: self, known: &mut known }.say(text).english)
    }
}

/// Says messages out of a book, with what is known of their parts.
struct Speaker<'b> {
    book: &'b Phrasebook,
    known: &'b mut HashMap<String, Said>,
}

impl Speaker<'_> {
    /// A text in English; the blanks at its ends stay.
    fn say(&mut self, text: &str) -> Said {
        let behind = text.trim_start();
        let message = behind.trim_end();
        let (before, after) = (&text[..text.len() - behind.len()], &behind[message.len()..]);
        let Said { english, left } = self.best(message);
        Said { english: format!("{before}{english}{after}"), left }
    }

    /// A message in English, in the way that leaves the least of it; of those the one with the longest phrases.
    fn best(&mut self, message: &str) -> Said {
        if let Some(english) = self.book.whole.get(message) {
            return Said { english: english.clone(), left: 0 };
        }
        let left = message.chars().filter(|char| matches!(char, '\u{3400}'..='\u{9fff}')).count();
        let mut best = Said { english: message.to_owned(), left };
        if left == 0 {
            return best;
        }
        if let Some(said) = self.known.get(message) {
            return said.clone();
        }
        let print = Print::of(message);
        let book = self.book;
        let fitting =
            book.templates.iter().filter_map(|template| Some((template, template.holes(message, print)?)));
        for (template, holes) in fitting.take(MOST_TEMPLATES) {
            best = self.better(best, |speaker| speaker.filled(template, &holes));
        }
        for (joint, english) in JOINTS {
            if let Some((first, rest)) = parted(message, joint) {
                best = self.better(best, |speaker| speaker.joined(first, (joint, english), rest));
            }
        }
        if let Some((before, inside)) =
            message.strip_suffix('）').and_then(|message| message.split_once('（'))
        {
            best = self.better(best, |speaker| speaker.bracketed(before, inside));
        }
        self.known.insert(message.to_owned(), best.clone());
        best
    }

    /// The better of two ways; the second is not gone where the first leaves nothing.
    fn better(&mut self, one: Said, other: impl FnOnce(&mut Self) -> Said) -> Said {
        if one.left == 0 {
            return one;
        }
        let other = other(self);
        if other.left < one.left { other } else { one }
    }

    /// A phrase with its holes filled in.
    fn filled(&mut self, template: &Template, holes: &[Held<'_>]) -> Said {
        let mut filled = Said::default();
        for (words, hole) in &template.english {
            filled.english += words;
            if let Some(hole) = hole.and_then(|nth| holes.get(nth)) {
                let said = self.held(*hole);
                filled.english += &said.english;
                filled.left += said.left;
            }
        }
        filled
    }

    /// What stands in a hole. Of what is quoted labels are said, and somebody else's words stay.
    fn held(&mut self, held: Held<'_>) -> Said {
        if !held.is_quoted {
            return self.say(held.text);
        }
        let label = |part: &str| self.book.whole.get(part).map(String::as_str);
        let labels: Option<Vec<&str>> = held.text.split('，').map(label).collect();
        Said { english: labels.map_or_else(|| held.text.to_owned(), |labels| labels.join(", ")), left: 0 }
    }

    /// A message, and those that are joined to it.
    fn joined(&mut self, first: &str, (joint, english): (&str, &str), rest: &str) -> Said {
        let mut said = self.say(first);
        let mut between = english;
        if joint == STOP && !rest.is_empty() {
            let sentence = self.say(&format!("{first}{STOP}"));
            if sentence.left < said.left {
                (said, between) = (sentence, " ");
            }
        }
        let rest = if rest.is_empty() { Said::default() } else { self.say(rest) };
        // Behind a colon something follows, if only in the next column.
        let between =
            if rest.english.is_empty() && joint != "：" { between.trim_end_matches(' ') } else { between };
        Said { english: said.english + between + &rest.english, left: said.left + rest.left }
    }

    /// A message with something in brackets at its end.
    fn bracketed(&mut self, before: &str, inside: &str) -> Said {
        let said = self.say(before);
        let added = self.book.whole.get(&format!("（{inside}）")).cloned();
        let added = added.map_or_else(|| self.say(inside), |english| Said { english, left: 0 });
        let english = match added.english.starts_with(|char: char| char.is_ascii_punctuation()) {
            true => format!("{}{}", said.english, added.english),
            false => format!("{} ({})", said.english, added.english),
        };
        Said { english, left: said.left + added.left }
    }
}

/// The pairs of a file: two lines each, with a blank one between them. `# src/` begins a comment, `- ` what is never shown.
fn pairs(file: &str) -> impl Iterator<Item = (String, String)> {
    let is_said = |line: &&str| !line.is_empty() && !line.starts_with("# src/") && !line.starts_with("- ");
    let mut lines = file.lines().filter(is_said);
    std::iter::from_fn(move || Some((plain(lines.next()?), plain(lines.next()?))))
}

/// A line without the escapes of Rust.
fn plain(line: &str) -> String {
    line.replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book() -> Phrasebook {
        Phrasebook::of(&["# src/a.rs\n\
            共 {} 份\n{} reports\n\n\
            {label}：原 {old}，改为 {new}\n{label} becomes {new} (was {old})\n\n\
            {}：{}。请核对{then}\n{}: {}. Check it{then}\n\n\
            {a}{b}不是日期\n{a}{b} is no date\n\n\
            没有“{}”：{why}\nno “{}”: {why}\n\n\
            - 从来不说\n\
            空\nblank\n\n\
            错误 {count}\nerrors {count}\n\n\
            提示 {count}\nwarnings {count}\n\n\
            写作 {{}} 的\nwritten {{}}\n"])
    }

    #[test]
    fn a_message_is_said_with_what_stands_in_its_holes() {
        for (chinese, english) in [
            ("共 12 份", "12 reports"),
            ("  共 12 份 ", "  12 reports "),
            ("商业企业：原 空，改为 3", "商业企业 becomes 3 (was blank)"),
            ("甲：差 3。请核对", "甲: 差 3. Check it"),
            ("没有“空”：空", "no “blank”: blank"),
            ("没有“共 3 份：空”：共 3 份（空）", "no “共 3 份：空”: 3 reports (blank)"),
            ("二月三十日不是日期", "二月三十日 is no date"),
            ("写作 {{}} 的", "写作 {{}} 的"),
            ("写作 {} 的", "written {}"),
        ] {
            assert_eq!(book().say(chinese), english);
        }
    }

    #[test]
    fn messages_in_a_row_are_said_one_by_one_and_names_are_left() {
        let book = book();
        assert_eq!(book.say("合计：错误 2，提示 0"), "合计: errors 2, warnings 0");
        assert_eq!(book.say("共 3 份。空。"), "3 reports. blank.");
        assert_eq!(book.say("“空，空”，空"), "“空，空”, blank");
        for unknown in ["从来不说", "云溪镇人民政府，2025 年", "plain"] {
            assert_eq!(book.say(unknown), unknown);
        }
        // What was said before is said again.
        assert_eq!(book.say(" 空"), " blank");
        assert_eq!(book.say("空"), "blank");
    }

    #[test]
    fn every_pair_has_the_same_holes_and_words_of_its_own() {
        for (chinese, english) in FILES.iter().flat_map(|file| pairs(file)) {
            let ((words, mut holes), (_, mut asked)) = (taken_apart(&chinese), taken_apart(&english));
            holes.sort();
            asked.sort();
            assert_eq!(holes, asked, "{chinese}\n{english}");
            assert!(!words.concat().is_ascii(), "says nothing of its own: {chinese}");
            assert!(!english.is_empty(), "{chinese}");
        }
    }
}
