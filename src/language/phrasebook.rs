//! Finds the phrases that a message was made of, and says it in English.
//!
//! A message is a phrase, or one with holes that are filled in, or several joined. What stands in a hole is said in the same
//! way: it may be a message, a label or a list of them, and stays as it is where the phrasebook does not have it. Where a
//! message can be taken apart in several ways, of those that are tried the one that leaves the least of it in Chinese is taken.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use super::template::{How, Print, Template, bracketed, counted, parted, taken_apart};
use crate::text::is_han;

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

/// The joints that messages stand between; at the others it may be but words.
const STRONG: [&str; 6] = ["\n", STOP, "  ", "；", "：", "、"];

/// What ends a sentence, and may belong to its phrase.
const STOP: &str = "。";

/// How many messages and parts of messages are remembered; a session has some thousand.
const MOST_REMEMBERED: usize = 10_000;

/// How many templates a message is tried with, of those that it may be made of.
const MOST_TEMPLATES: usize = 8;

/// What is longer, in bytes, is a text of somebody's, and no message.
const LONGEST: usize = 2_000;

/// How many parts of one message are looked at: of what has more joints than any message some stay as they are.
const MOST_PARTS: usize = 500;

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
    /// How many joints of messages were taken for something within a hole.
    missed: usize,
}

impl Said {
    fn is_better_than(&self, other: &Self) -> bool {
        (self.left, self.missed) < (other.left, other.missed)
    }

    /// Adds what is said of another part of the message.
    fn add(&mut self, part: &Self) {
        self.left += part.left;
        self.missed += part.missed;
    }
}

impl Phrasebook {
    /// The one of this program.
    pub(super) fn english() -> &'static Self {
        static ENGLISH: OnceLock<Phrasebook> = OnceLock::new();
        ENGLISH.get_or_init(|| Self::of(&FILES))
    }

    fn of(files: &[&str]) -> Self {
        let mut book = Self::default();
        let pairs: Vec<(String, String)> = files.iter().flat_map(|file| pairs(file)).collect();
        let trimmed = || pairs.iter().map(|(chinese, english)| (chinese.trim(), english.trim()));
        trimmed().for_each(|(chinese, english)| book.add(chinese, english));
        // What is added to a message, or goes before others, may be all that stands between two joints.
        for (chinese, english) in trimmed() {
            for (joint, said) in JOINTS {
                let starts = chinese.strip_prefix(joint).zip(english.strip_prefix(said));
                let ends = chinese.strip_suffix(joint).zip(english.strip_suffix(said.trim_end()));
                starts.into_iter().chain(ends).for_each(|(chinese, english)| book.add(chinese, english));
            }
        }
        book.templates.sort_by_key(|template| Reverse(template.weight()));
        book
    }

    /// Adds a pair; of several for one phrase the first counts.
    fn add(&mut self, chinese: &str, english: &str) {
        match Template::of(chinese, english) {
            Some(template) => self.templates.push(template),
            None if chinese.is_ascii() => {}
            None => {
                let [chinese, english] = [chinese, english].map(|phrase| taken_apart(phrase).0.concat());
                self.whole.entry(chinese).or_insert(english);
            }
        }
    }

    /// Says a message, as far as it is known; the blanks at its ends stay.
    pub(super) fn say<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if text.is_ascii() || text.len() > LONGEST {
            return Cow::Borrowed(text);
        }
        let mut known = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() + MOST_PARTS > MOST_REMEMBERED {
            known.clear();
        }
        Cow::Owned(Speaker { book: self, known: &mut known, budget: MOST_PARTS }.say(text).english)
    }
}

/// Says messages out of a book, with what is known of their parts.
struct Speaker<'b> {
    book: &'b Phrasebook,
    known: &'b mut HashMap<String, Said>,
    /// How many more parts are looked at.
    budget: usize,
}

impl Speaker<'_> {
    /// A text in English; the blanks at its ends stay.
    fn say(&mut self, text: &str) -> Said {
        let behind = text.trim_start();
        let message = behind.trim_end();
        let (before, after) = (&text[..text.len() - behind.len()], &behind[message.len()..]);
        let said = self.best(message);
        Said { english: format!("{before}{}{after}", said.english), ..said }
    }

    /// A message in English, in the way that leaves the least of it; of those the one with the longest phrases.
    fn best(&mut self, message: &str) -> Said {
        if let Some(english) = self.book.whole.get(message) {
            return Said { english: english.clone(), ..Said::default() };
        }
        let left = message.chars().filter(|char| is_han(*char)).count();
        let mut best = Said { english: message.to_owned(), left, missed: 0 };
        if left == 0 {
            // Rules before what is said of them, `A01、A02：`; a number at the end of a sentence.
            let before = message.strip_suffix('：').map(|list| list.replace('、', ", ") + ":");
            let last = || message.strip_suffix(STOP).map(|number| number.to_owned() + ".");
            return Said { english: before.or_else(last).unwrap_or(best.english), ..best };
        }
        if self.budget == 0 {
            return best;
        }
        if let Some(said) = self.known.get(message) {
            return said.clone();
        }
        self.budget -= 1;
        let print = Print::of(message);
        let book = self.book;
        let fitting =
            book.templates.iter().filter_map(|template| Some((template, template.holes(message, print)?)));
        for (template, holes) in fitting.take(MOST_TEMPLATES) {
            best = self.better(best, |speaker| speaker.filled(template, &holes));
        }
        for joint in JOINTS {
            let mut places = parted(message, joint.0);
            for (first, rest) in [places.next(), places.next_back()].into_iter().flatten() {
                best = self.better(best, |speaker| speaker.joined(first, joint, rest));
            }
        }
        let quoted = message.strip_prefix('“').and_then(|message| message.strip_suffix('”'));
        if let Some(quoted) = quoted.filter(|quoted| !quoted.contains(['“', '”'])) {
            let quoted = self.held(quoted, How::Label);
            best = self.better(best, |_| Said { english: format!("\"{}\"", quoted.english), ..quoted });
        }
        if let Some((before, inside)) = bracketed(message) {
            best = self.better(best, |speaker| speaker.bracketed(before, inside));
        }
        // What was left for want of a budget may be said another time.
        if self.budget > 0 {
            self.known.insert(message.to_owned(), best.clone());
        }
        best
    }

    /// The better of two ways; the second is not gone where the first leaves nothing to be wished for.
    fn better(&mut self, one: Said, other: impl FnOnce(&mut Self) -> Said) -> Said {
        if !Said::default().is_better_than(&one) {
            return one;
        }
        let other = other(self);
        if other.is_better_than(&one) { other } else { one }
    }

    /// A phrase with its holes filled in.
    fn filled(&mut self, template: &Template, holes: &[&str]) -> Said {
        let (mut filled, mut before) = (Said::default(), "");
        for (words, hole) in &template.english {
            let words = counted(before, words);
            filled.english += if filled.english.ends_with(' ') { words.trim_start() } else { &words };
            let Some((hole, text)) = hole.and_then(|hole| Some((hole, *holes.get(hole.nth)?))) else {
                continue;
            };
            before = text;
            let said = self.held(text, hole.how);
            let is_spaced = filled.english.ends_with(' ');
            filled.english += if is_spaced { said.english.trim_start() } else { &said.english };
            filled.add(&said);
            if template.goes_on(hole.nth) && hole.how == How::Freely {
                filled.missed += missed(text);
            }
        }
        filled
    }

    /// What stands in a hole. Somebody else's words stay, and are nothing that is left.
    fn held(&mut self, text: &str, how: How) -> Said {
        let as_written = || Said { english: text.to_owned(), ..Said::default() };
        match how {
            How::Freely => self.say(text),
            How::Throughout => Some(self.say(text)).filter(|said| said.left == 0).unwrap_or_else(as_written),
            How::Label => {
                self.label(text).map_or_else(as_written, |english| Said { english, ..Said::default() })
            }
        }
    }

    /// A label of the form, or several: those that have a gloss behind them.
    fn label(&self, text: &str) -> Option<String> {
        let gloss = |label: &str| self.book.whole.get(label).filter(|gloss| gloss.starts_with(label));
        if let Some((first, rest)) = parted(text, "，").next().filter(|_| gloss(text).is_none()) {
            return Some(format!("{}, {}", gloss(first)?, self.label(rest)?));
        }
        gloss(text).cloned()
    }

    /// A message, and those that are joined to it.
    fn joined(&mut self, first: &str, (joint, english): (&str, &str), rest: &str) -> Said {
        let mut said = self.say(first);
        let mut between = english;
        if joint == STOP && !rest.is_empty() {
            let sentence = self.say(&format!("{first}{STOP}"));
            if sentence.is_better_than(&said) {
                (said, between) = (sentence, " ");
            }
        }
        let rest = if rest.is_empty() { Said::default() } else { self.say(rest) };
        // Behind a colon something follows, if only in the next column.
        let between =
            if rest.english.is_empty() && joint != "：" { between.trim_end_matches(' ') } else { between };
        said.english = std::mem::take(&mut said.english) + between + rest.english.trim_start();
        said.add(&rest);
        said
    }

    /// A message with something in brackets at its end.
    fn bracketed(&mut self, before: &str, inside: &str) -> Said {
        let mut said = if before.is_empty() { Said::default() } else { self.say(before) };
        let blank = if before.is_empty() { "" } else { " " };
        match self.book.whole.get(&format!("（{inside}）")) {
            Some(whole) if whole.starts_with(',') => said.english += whole,
            Some(whole) => said.english = said.english + blank + whole,
            None => {
                let inside = self.say(inside);
                said.add(&inside);
                said.english += &format!("{blank}({})", inside.english);
            }
        }
        said
    }
}

/// How many joints that messages stand between are in a text; behind a numeral `、` is of a label, as of 一、总体情况.
fn missed(text: &str) -> usize {
    let is_of_label = |before: &str| before.ends_with(|char: char| "一二三四五六".contains(char));
    let count = |joint: &str| {
        parted(text.trim(), joint).filter(|(before, _)| joint != "、" || !is_of_label(before)).count()
    };
    STRONG.iter().map(|joint| count(joint)).sum()
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
    use super::super::template::unmarked;
    use super::*;

    fn book() -> Phrasebook {
        Phrasebook::of(&["# src/a.rs\n\
            共 {} 份\n{} [report|reports]\n\n\
            {label}：原 {old}，改为 {new}\n{label} becomes {new} (was {old})\n\n\
            {}：{}。请核对{then}\n{}: {}. Check it{then}\n\n\
            {a}{b}不是日期\n{a}{b} is no date\n\n\
            没有“{}”：{why}\nno “{}”: {why}\n\n\
            - 从来不说\n\
            空\nblank\n\n\
            总计\n总计 (total)\n\n\
            撤销“{}”，{why}\nundo “{?}”, {why!}\n\n\
            错误 {count}\nerrors {count}\n\n\
            提示 {count}\nwarnings {count}\n\n\
            写作 {{}} 的\nwritten {{}}\n"])
    }

    #[test]
    fn a_message_is_said_with_what_stands_in_its_holes() {
        for (chinese, english) in [
            ("共 12 份", "12 reports"),
            ("共 1 份", "1 report"),
            ("  共 12 份 ", "  12 reports "),
            ("商业企业：原 空，改为 3", "商业企业 becomes 3 (was blank)"),
            ("甲：差 3。请核对", "甲: 差 3. Check it"),
            ("没有“空”：空", "no “空”: blank"),
            ("旅游局（甲）（共 3 份）", "旅游局（甲） (3 reports)"),
            ("（空）", "(blank)"),
            ("  A01、A02：", "  A01, A02:"),
            ("合计：错误 2，提示 1。", "合计: errors 2, warnings 1."),
            ("表、图（2）.docx", "表、图（2）.docx"),
            ("没有“总计，总计”：空", "no “总计 (total), 总计 (total)”: blank"),
            ("撤销“空”，空", "undo “blank”, blank"),
            ("撤销“空”，共 3 份，空山", "undo “blank”, 共 3 份，空山"),
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
        assert_eq!(book.say("“空，空”，空"), "\"空，空\", blank");
        for unknown in ["从来不说", "云溪镇人民政府，2025 年", "plain"] {
            assert_eq!(book.say(unknown), unknown);
        }
        // What has more joints than any message costs no more than one.
        let long = "甲，乙、".repeat(300);
        assert_eq!(book.say(&long[..1_998]), &long[..1_998]);
        // What was said before is said again.
        assert_eq!(book.say(" 空"), " blank");
        assert_eq!(book.say("空"), "blank");
    }

    #[test]
    fn every_pair_has_the_same_holes_and_words_of_its_own() {
        for (chinese, english) in FILES.iter().flat_map(|file| pairs(file)) {
            let ((words, mut holes), (_, mut asked)) = (taken_apart(&chinese), taken_apart(&english));
            asked.iter_mut().for_each(|hole| *hole = unmarked(hole).to_owned());
            holes.sort();
            asked.sort();
            assert_eq!(holes, asked, "{chinese}\n{english}");
            assert!(!words.concat().is_ascii(), "says nothing of its own: {chinese}");
            assert!(!english.is_empty(), "{chinese}");
            // What is counted is said of one and of many, behind a hole.
            for (at, _) in english.match_indices('[') {
                let choice = english[at..].split_once(']').map_or("", |(choice, _)| choice);
                let options = choice.matches('|').count();
                assert!(options == 0 || options == 1 && english[..at].contains('}'), "{english}");
            }
        }
    }
}
