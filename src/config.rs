//! The configuration: one file of the user, read at the start and never written.
//!
//! It holds what custom decides, as the [`Profile`] of the checks has it, and how the interface is worked. What cannot be
//! followed is an error that names the line; nothing is passed over.
#![expect(clippy::disallowed_methods, reason = "an edge: reads the environment and the file of the user")]

mod keys;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::check::profile::{Kind, OFF, Profile, SETTINGS, Setting};
use crate::check::{self, RULES};
use crate::keymap::Keymap;
use crate::language::Language;
use crate::store::{self, StoreError};

/// What the user decided, and where.
#[derive(Clone, Default, Debug)]
pub struct Config {
    /// What the checks go by.
    pub profile: Profile,
    /// Where the file is, or would be; `None` if there is no home directory.
    pub path: Option<PathBuf>,
    /// The keys in force.
    pub keys: Keymap,
    /// Whether the interface takes the mouse.
    pub mouse: bool,
    /// The language to speak, where it is said.
    pub language: Option<Language>,
    /// The line in which each setting of the profile and each command was set.
    pub lines: BTreeMap<&'static str, usize>,
}

/// Why the configuration cannot be followed.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("配置文件读不了：{0}")]
    Store(#[from] StoreError),
    /// The file says what cannot be followed.
    #[error("配置文件 {} 有 {} 处不对：{}", .path.display(), .faults.len(), listed(.faults))]
    Faults {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, line by line.
        faults: Vec<Fault>,
    },
}

impl ConfigError {
    /// What to do now.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Store(_) => "请检查文件名和读取权限；不写 --config 就用默认位置的配置文件。",
            Self::Faults { .. } => "请按上面写的行号改好，或把这几行删掉，删掉的用默认值。",
        }
    }
}

/// Something in the file that cannot be followed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, and what may stand there.
    pub reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "第 {} 行：{}", self.line, self.reason)
    }
}

fn listed(faults: &[Fault]) -> String {
    faults.iter().map(|fault| format!("\n  {fault}")).collect()
}

impl Config {
    /// Reads the file that `said` names, else the one that `NIANBAO_CONFIG` names, else the user's own if there is one.
    ///
    /// # Errors
    /// If a file that was named is not there, or the file cannot be read or followed.
    pub fn load(said: Option<PathBuf>) -> Result<Self, ConfigError> {
        let from_environment =
            || std::env::var_os("NIANBAO_CONFIG").filter(|name| !name.is_empty()).map(PathBuf::from);
        if let Some(path) = said.or_else(from_environment) {
            return Self::read(path);
        }
        let directories = directories::ProjectDirs::from("", "", "nianbao");
        match directories.map(|directories| directories.config_dir().join("config.toml")) {
            Some(path) if path.exists() => Self::read(path),
            path => Ok(Self { path, ..Self::default() }),
        }
    }

    /// Checks what the environment says of the language.
    ///
    /// # Errors
    /// If that is none that is spoken here.
    pub fn check_environment() -> Result<(), String> {
        match std::env::var(LANGUAGE_VARIABLE) {
            Ok(tag) if !tag.is_empty() && Language::of(&tag).is_none() => {
                Err(format!("环境变量 {LANGUAGE_VARIABLE} 只能是 {}", Language::keys()))
            }
            _ => Ok(()),
        }
    }

    /// The language to speak: the one that was `said`, else what `NIANBAO_LANG` says, else the file.
    pub fn language(said: Option<&str>, file: Option<PathBuf>) -> Language {
        let from_environment = std::env::var(LANGUAGE_VARIABLE).ok();
        let tag = said.map(str::to_owned).or(from_environment);
        let of_file = || Self::load(file).ok()?.language;
        tag.and_then(|tag| Language::of(&tag)).or_else(of_file).unwrap_or_default()
    }

    fn read(path: PathBuf) -> Result<Self, ConfigError> {
        let bytes = store::read_input(&path)?;
        match parse(&bytes) {
            Ok(config) => Ok(Self { path: Some(path), ..config }),
            Err(faults) => Err(ConfigError::Faults { path, faults }),
        }
    }

    /// The file, where there is one or may be one.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Says as a comment of the file where it is, and whether it is there.
    pub fn file_note(&self) -> String {
        let path = self.path().map(|path| path.display().to_string()).unwrap_or_default();
        let is_there = self.path().is_some_and(Path::exists);
        format!("# 配置文件：{path}{}", if is_there { "" } else { "（还没有，用默认值）" })
    }
}

/// The table of the file that holds the profile.
const PROFILE: &str = "profile";

/// The table of the file that binds keys to commands.
pub const KEYS: &str = "keys";

/// The setting of whether the interface takes the mouse.
const MOUSE: &str = "mouse";

/// The variable that says the language.
const LANGUAGE_VARIABLE: &str = "NIANBAO_LANG";

/// The setting of the language.
const LANGUAGE: &str = "lang";

/// Reads the text of a configuration.
///
/// # Errors
/// Everything that cannot be followed, in the order of the lines.
pub fn parse(bytes: &[u8]) -> Result<Config, Vec<Fault>> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let line = 1 + bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count();
            return Err(vec![Fault {
                line, reason: "不是 UTF-8 编码的文字，请另存为 UTF-8".to_owned()
            }]);
        }
    };
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { text, config: Config::default(), faults: Vec::new() };
    for error in errors {
        let reason = format!("写法不对（{}）", error.message().lines().next().unwrap_or_default());
        reader.fault(error.span().unwrap_or_default(), reason);
    }
    if reader.faults.is_empty() {
        reader.top(table.get_ref());
    }
    reader.faults.sort();
    if reader.faults.is_empty() { Ok(reader.config) } else { Err(reader.faults) }
}

struct Reader<'a> {
    text: &'a str,
    config: Config,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn line(&self, span: &Range<usize>) -> usize {
        1 + self.text[..span.start.min(self.text.len())].matches('\n').count()
    }

    fn fault(&mut self, span: Range<usize>, reason: String) {
        self.faults.push(Fault { line: self.line(&span), reason });
    }

    fn top(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            match (key.get_ref().as_ref(), value.get_ref()) {
                (PROFILE, DeValue::Table(profile)) => self.profile(profile),
                (KEYS, DeValue::Table(keys)) => self.keys(keys),
                (table @ (PROFILE | KEYS), _) => {
                    self.fault(key.span(), format!("请写成 [{table}]，设置写在它下面"));
                }
                (MOUSE, DeValue::Boolean(mouse)) => self.config.mouse = *mouse,
                (MOUSE, _) => self.fault(value.span(), format!("{MOUSE} 应写成 true 或 false")),
                (LANGUAGE, said) => match said.as_str().and_then(Language::of) {
                    Some(language) => self.config.language = Some(language),
                    None => self.fault(value.span(), format!("{LANGUAGE} 应写成 {}", Language::keys())),
                },
                (other, _) => {
                    let reason = format!(
                        "没有“{other}”这一节，只有 [{PROFILE}]、[{KEYS}] 和单独一行的 {MOUSE}、{LANGUAGE}"
                    );
                    self.fault(key.span(), reason);
                }
            }
        }
    }

    fn profile(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            if name == OFF {
                self.config.lines.insert(OFF, self.line(&key.span()));
                self.off(value);
                continue;
            }
            let Some(setting) = SETTINGS.iter().find(|setting| setting.key == name) else {
                let keys: Vec<&str> = SETTINGS.iter().map(|setting| setting.key).chain([OFF]).collect();
                self.fault(key.span(), format!("没有“{name}”这个设置，可用的有 {}", keys.join("、")));
                continue;
            };
            match read(setting, value.get_ref()) {
                Some(number) => {
                    (setting.set)(&mut self.config.profile, number);
                    self.config.lines.insert(setting.key, self.line(&key.span()));
                }
                None => self.fault(value.span(), format!("{name} 应写成{}", setting.kind)),
            }
        }
    }

    /// The rules that are not to be run.
    fn off(&mut self, value: &Spanned<DeValue<'_>>) {
        let Some(array) = value.get_ref().as_array() else {
            return self.fault(value.span(), format!("{OFF} 应写成规则编号的列表，如 [\"S08\", \"T01\"]"));
        };
        for item in array {
            let named = item.get_ref().as_str();
            let by_name = |name: &str| RULES.iter().copied().find(|rule| rule.name == name);
            match named.and_then(|named| check::rule(named).or_else(|| by_name(named))) {
                Some(rule) if rule.is_optional() => {
                    self.config.profile.off.insert(rule.id);
                }
                Some(rule) => {
                    let reason = format!("{} 依据的是表样或法规，不能关掉，只有各地做法可以关", rule.id);
                    self.fault(item.span(), reason);
                }
                None => {
                    let ids: Vec<&str> =
                        RULES.iter().filter(|rule| rule.is_optional()).map(|rule| rule.id).collect();
                    let written = &self.text[item.span()];
                    let reason = format!("没有 {written} 这条规则，可以关的有 {}", ids.join("、"));
                    self.fault(item.span(), reason);
                }
            }
        }
    }
}

/// The value of a setting, if it is one that the setting may have.
fn read(setting: &Setting, value: &DeValue<'_>) -> Option<i64> {
    match setting.kind {
        Kind::Switch => value.as_bool().map(i64::from),
        Kind::Number(least, most) => {
            let number = value.as_integer()?;
            let number = i64::from_str_radix(number.as_str(), number.radix()).ok()?;
            (least..=most).contains(&number).then_some(number)
        }
        Kind::Day => {
            let (month, day) = value.as_str()?.split_once('-')?;
            let part = |text: &str, most: i64| {
                let number = text.parse().ok().filter(|number| (1..=most).contains(number));
                number.filter(|_| text.len() == 2)
            };
            let month = part(month, 12)?;
            let longest = match month {
                2 => 29,
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            Some(month * 100 + part(day, longest)?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<String> {
        parse(text.as_bytes()).unwrap_err().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_setting_is_read_as_it_is_written() {
        let changed = [0, 800, 228, 65, 25, 40];
        let mut text = format!("# 本县的做法\n[{PROFILE}]\n");
        for (setting, value) in SETTINGS.iter().zip(changed) {
            assert_ne!((setting.get)(&Profile::DEFAULT), value, "{}", setting.key);
            text += &format!("{} = {}\n", setting.key, setting.written(value));
        }
        let config = parse((text + "off = [\"s08\", \"punctuation\"]\n").as_bytes()).unwrap();
        assert_eq!(SETTINGS.each_ref().map(|setting| (setting.get)(&config.profile)), changed);
        assert_eq!(config.profile.off.iter().collect::<Vec<_>>(), [&"S08", &"T01"]);
        assert_eq!(config.lines[SETTINGS[0].key], 3);
        assert_eq!(config.lines[OFF], 9);
    }

    #[test]
    fn an_empty_file_changes_nothing() {
        for text in ["", "# 说明\n", "[profile]\n"] {
            assert_eq!(parse(text.as_bytes()).unwrap().profile, Profile::DEFAULT);
        }
    }

    #[test]
    fn the_language_is_one_that_there_is() {
        for (text, language) in
            [("lang = \"en\"", Some(Language::English)), ("lang = \"zh-CN\"", Some(Language::Chinese))]
        {
            assert_eq!(parse(text.as_bytes()).unwrap().language, language);
        }
        for wrong in ["lang = \"fr\"", "lang = 1", "[lang]"] {
            assert_eq!(faults(wrong), ["第 1 行：lang 应写成 zh 或 en"], "{wrong}");
        }
    }

    #[test]
    fn every_fault_is_named_with_its_line() {
        let faults =
            faults("[profile]\nfee_statment = true\n\noverview_limit = \"千\"\noff = [\"A01\",\n\"X9\"]\n");
        assert_eq!(faults.len(), 4);
        assert!(faults[0].starts_with("第 2 行：没有“fee_statment”") && faults[0].contains("fee_statement"));
        assert!(faults[1].starts_with("第 4 行：overview_limit 应写成 0 到 100000 之间的整数"));
        assert!(faults[2].starts_with("第 5 行：A01"));
        assert!(faults[3].starts_with("第 6 行：没有 \"X9\" 这条规则"));
    }

    #[test]
    fn what_is_no_configuration_is_refused_with_a_line() {
        assert!(faults("[profile]\nsimilarity = \n")[0].starts_with("第 2 行：写法不对"));
        assert!(faults("similarity = 70\n")[0].starts_with("第 1 行：没有“similarity”这一节"));
        assert!(faults("profile = 1\n")[0].contains("[profile]"));
        assert!(faults("keys = 1\n")[0].contains("请写成 [keys]"));
        assert!(faults("\nmouse = 1\n")[0].starts_with("第 2 行：mouse 应写成 true 或 false"));
        assert!(faults("[mouse]\n")[0].contains("mouse 应写成 true 或 false"));
        let day = "[profile]\ntownship_deadline = ";
        for wrong in ["\"13-01\"", "\"02-30\"", "\"1-31\"", "2026-01-31", "\"01-32\"", "131"] {
            assert!(faults(&format!("{day}{wrong}\n"))[0].contains("\"01-31\""), "{wrong}");
        }
        let latin = parse(b"[profile]\n# \xb1\xbe\n").unwrap_err();
        assert_eq!(latin[0].line, 2);
    }
}
