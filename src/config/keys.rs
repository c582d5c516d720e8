//! The table `[keys]` of the configuration: which keys ask for which commands.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Reader;
use crate::keymap::{self, Command, Context, Key, Keymap};

impl Reader<'_> {
    /// Reads the table, and takes care that every key asks for one thing in one place.
    pub(super) fn keys(&mut self, table: &DeTable<'_>) {
        let mut own = Vec::new();
        for (name, value) in table {
            let Some(command) = Command::of_name(name.get_ref()) else {
                let names: Vec<&str> = Command::all().into_iter().map(Command::name).collect();
                let reason = format!("没有“{}”这个命令，可用的有 {}", name.get_ref(), names.join("、"));
                self.fault(name.span(), reason);
                continue;
            };
            self.config.lines.insert(command.name(), self.line(&name.span()));
            if let Some(keys) = self.keys_of(command, value) {
                own.push((command, keys));
            }
        }
        self.config.keys = Keymap::rebound(&own);
        for clash in self.config.keys.clashes() {
            let [first, second] = clash.commands.map(Command::name);
            let places: Vec<&str> = clash.on.iter().copied().map(Context::label).collect();
            let reason = format!(
                "{} 在{}里既是 {first} 又是 {second}：换一个键，或者给另一个命令也换键",
                clash.key,
                places.join("、")
            );
            let lines = [first, second].map(|name| self.config.lines.get(name).copied());
            let line = lines.into_iter().flatten().max().unwrap_or_default();
            self.faults.push(super::Fault { line, reason });
        }
    }

    /// The keys of one command: one, or a list.
    fn keys_of(&mut self, command: Command, value: &Spanned<DeValue<'_>>) -> Option<Vec<Key>> {
        let items: Vec<(&DeValue<'_>, std::ops::Range<usize>)> = match value.get_ref() {
            DeValue::Array(items) => items.iter().map(|item| (item.get_ref(), item.span())).collect(),
            one => vec![(one, value.span())],
        };
        if items.is_empty() && !command.is_in_palette() {
            let reason = format!("{} 不在命令面板里，至少要有一个键", command.name());
            self.fault(value.span(), reason);
            return None;
        }
        let mut keys: Vec<Key> = Vec::new();
        for (item, span) in items {
            let read = match item.as_str() {
                Some(text) => keymap::read(text),
                None => Err(format!(
                    "{} 应写成一个键，如 \"F8\"，或者几个，如 [\"F8\", \"Ctrl+N\"]",
                    command.name()
                )),
            };
            match read {
                Ok(key) if keys.contains(&key) => self.fault(span, format!("{key} 写了两次")),
                Ok(key) => keys.push(key),
                Err(reason) => self.fault(span, reason),
            }
        }
        Some(keys)
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    fn faults(text: &str) -> Vec<String> {
        parse(text.as_bytes()).unwrap_err().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn keys_are_given_to_commands_by_name() {
        let text = "mouse = true\n[keys]\nnext_finding = [\"F8\", \"alt+n\"]\nundo = \"Ctrl+B\"\nprevious_finding = []\n";
        let config = parse(text.as_bytes()).unwrap();
        assert!(config.mouse);
        let keys = |command| config.keys.keys(command).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(keys(Command::NextFinding), ["F8", "Alt+N"]);
        assert_eq!(keys(Command::Undo), ["Ctrl+B"]);
        assert_eq!(keys(Command::PreviousFinding), [""; 0]);
        assert_eq!(keys(Command::Redo), ["Ctrl+Y"]);
        assert_eq!(config.lines["undo"], 4);
        assert!(parse(b"[keys]\n").unwrap().keys.clashes().is_empty());
    }

    #[test]
    fn two_commands_may_change_their_keys_with_each_other() {
        let config = parse(b"[keys]\nundo = \"Ctrl+Y\"\nredo = \"Ctrl+Z\"\n").unwrap();
        assert_eq!(config.keys.command(Context::Grid, Key::ctrl('z')), Some(Command::Redo));
    }

    #[test]
    fn what_cannot_be_followed_is_named_with_its_line_and_what_may_stand_there() {
        for (text, line, said) in [
            ("undoo = \"F8\"", 2, "没有“undoo”这个命令，可用的有 enter、"),
            ("undo = \"F13\"", 2, "“F13”不是键的写法，可以写 F1 至 F12"),
            ("undo = 8", 2, "undo 应写成一个键"),
            ("undo = [\n\"F12\",\n\"Ctrl+Enter\"]", 4, "Ctrl+Enter 用不了：终端里它和 Enter 分不开"),
            ("undo = \"u\"", 2, "U 用不了：单个字符要留给输入法"),
            ("undo = [\"F12\", \"f12\"]", 2, "F12 写了两次"),
            ("palette = []", 2, "palette 不在命令面板里，至少要有一个键"),
            ("escape = []", 2, "至少要有一个键"),
            (
                "# 说明\nundo = \"F8\"",
                3,
                "F8 在封面、正在填写封面、统计表、正在填写一格、文字部分、检查结果里既是 next_finding 又是 undo",
            ),
            ("redo = \"F12\"\nmend = \"F12\"", 3, "既是 mend 又是 redo"),
            ("copy = \"Tab\"", 2, "Tab 在统计表里既是 tab 又是 copy"),
        ] {
            let faults = faults(&format!("[keys]\n{text}\n"));
            assert_eq!(faults.len(), 1, "{faults:?}");
            assert!(
                faults[0].starts_with(&format!("第 {line} 行：")) && faults[0].contains(said),
                "{faults:?}"
            );
        }
    }
}
