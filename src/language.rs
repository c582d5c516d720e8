//! The language of the interface: Chinese as everything is written here, or English through one phrasebook.
//!
//! What the program says is Chinese from the rules to the letters, and part of it is kept: a finding that was explained is
//! known again by its words, a letter quotes them, and `check --json` prints them. So nothing above this module knows of
//! another language. What is shown goes through [`Language::say`] at the edge, once: in the command line's
//! [`Output`](crate::cli::print::Output) and the screens' [`Frame`](crate::tui::screen::Frame), and before them where it is
//! measured or sought.
//!
//! The phrasebook is the files in `language/english`: the Chinese of each message as it stands in the source, and below it
//! the English, with the same holes. `tests/suite/english.rs` asks for every message. Labels of the form stay Chinese, with
//! a gloss; what goes into a report, a letter or JSON does not come through here.

mod phrasebook;
mod template;

use std::borrow::Cow;

use phrasebook::Phrasebook;

/// The language in which the program speaks with its user.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Language {
    /// As offices in China speak.
    #[default]
    Chinese,
    /// For those who read no Chinese.
    English,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::Chinese, Self::English];

    /// Its key, on the command line and in the configuration (BCP 47).
    pub const fn key(self) -> &'static str {
        match self {
            Self::Chinese => "zh",
            Self::English => "en",
        }
    }

    /// The keys, as they may be written: `zh 或 en`.
    pub fn keys() -> String {
        Self::ALL.map(Self::key).join(" 或 ")
    }

    /// The language that a tag means: `en`, `zh-CN`, or what systems write, `en_US.UTF-8`.
    pub fn of(tag: &str) -> Option<Self> {
        let is_its = |language: &Self| {
            let rest =
                tag.get(..2).filter(|head| head.eq_ignore_ascii_case(language.key())).map(|_| &tag[2..]);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_', '.']))
        };
        Self::ALL.into_iter().find(is_its)
    }

    /// Puts what the program says into this language; what is not the program's own words, such as names, is left as it is.
    pub fn say(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Chinese => Cow::Borrowed(text),
            Self::English => Phrasebook::english().say(text),
        }
    }

    /// Whether every word that is sought stands in one of these texts, in upper or lower case: names, and what the program says,
    /// as it is or in this language.
    pub fn has_words(self, names: &[&str], own: &[&str], sought: &str) -> bool {
        let has = |text: &str, word: &str| text.to_lowercase().contains(word);
        sought.to_lowercase().split_whitespace().all(|word| {
            names.iter().chain(own).any(|text| has(text, word))
                || own.iter().any(|text| has(&self.say(text), word))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_known_by_its_language() {
        for (tag, language) in [
            ("en", Some(Language::English)),
            ("EN-gb", Some(Language::English)),
            ("en_US.UTF-8", Some(Language::English)),
            ("zh-CN", Some(Language::Chinese)),
            ("english", None),
            ("C", None),
            ("é", None),
            ("", None),
        ] {
            assert_eq!(Language::of(tag), language, "{tag}");
        }
    }

    #[test]
    fn words_are_sought_as_they_are_and_as_they_are_said() {
        for (words, chinese, english) in [
            ("", true, true),
            ("s04 没有", true, true),
            ("no FINDING", false, true),
            ("没有 表", false, false),
        ] {
            let found = [Language::Chinese, Language::English]
                .map(|language| language.has_words(&["S04"], &["没有问题"], words));
            assert_eq!(found, [chinese, english], "{words}: {}", Language::English.say("没有问题"));
        }
    }
}
