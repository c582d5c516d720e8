//! The keys in force: the table as it comes, with what the configuration has changed.

use std::borrow::Cow;

use super::{BINDINGS, Binding, Command, Context, Key, distinct};

/// The keys in force.
#[derive(Clone, Debug)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

/// A key that asks for two things in one place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Clash {
    /// The key.
    pub key: Key,
    /// What it asks for.
    pub commands: [Command; 2],
    /// Where it does.
    pub on: Vec<Context>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self { bindings: BINDINGS.to_vec() }
    }
}

impl Keymap {
    /// The table, with other keys for these commands wherever they hold.
    pub fn rebound(own: &[(Command, Vec<Key>)]) -> Self {
        Self { bindings: BINDINGS.iter().map(|binding| rebound(binding, own)).collect() }
    }

    /// What a key asks for here; nothing if it is no key here.
    pub fn command(&self, context: Context, key: Key) -> Option<Command> {
        let mut keys = self.bindings(context).flat_map(|binding| binding.keys.iter());
        keys.find(|(known, _)| *known == key).map(|(_, command)| *command)
    }

    /// The lines of the table that hold here.
    pub fn bindings(&self, context: Context) -> impl Iterator<Item = &Binding> {
        self.bindings.iter().filter(move |binding| binding.on.contains(&context))
    }

    /// The keys of a command; it has the same wherever it holds.
    pub fn keys(&self, command: Command) -> Vec<Key> {
        let keys = self.bindings.iter().flat_map(|binding| binding.keys.iter());
        distinct(keys.filter(|(_, known)| *known == command).map(|(key, _)| *key))
    }

    /// How a command is called for: by its first key, or if it has none by its title in the palette.
    pub fn way(&self, command: Command) -> String {
        match self.keys(command).first() {
            Some(key) => key.to_string(),
            None => format!("{} {}", self.way(Command::Palette), title(command)),
        }
    }

    /// Every key that asks for two things in one place.
    pub fn clashes(&self) -> Vec<Clash> {
        let mut clashes: Vec<Clash> = Vec::new();
        for context in Context::ALL {
            let keys: Vec<(Key, Command)> =
                self.bindings(context).flat_map(|binding| binding.keys.iter().copied()).collect();
            for (nth, &(key, command)) in keys.iter().enumerate() {
                let Some(&(_, before)) = keys[..nth].iter().find(|(known, _)| *known == key) else {
                    continue;
                };
                let commands = [before, command];
                match clashes.iter_mut().find(|clash| clash.key == key && clash.commands == commands) {
                    Some(known) => known.on.push(context),
                    None => clashes.push(Clash { key, commands, on: vec![context] }),
                }
            }
        }
        clashes
    }
}

/// What the palette calls a command; empty if the palette does not have it.
pub(super) fn title(command: Command) -> &'static str {
    BINDINGS
        .iter()
        .filter(|binding| binding.command == command)
        .map(|binding| binding.title)
        .max()
        .unwrap_or_default()
}

/// A line of the table with other keys.
fn rebound(binding: &Binding, own: &[(Command, Vec<Key>)]) -> Binding {
    let mut line = binding.clone();
    let keys = binding.commands().into_iter().flat_map(|command| {
        let others = own.iter().rfind(|(known, _)| *known == command);
        let keys: Vec<Key> = match others {
            Some((_, keys)) => keys.clone(),
            None => binding.keys.iter().filter(|(_, known)| *known == command).map(|(key, _)| *key).collect(),
        };
        keys.into_iter().map(move |key| (key, command))
    });
    line.keys = Cow::Owned(keys.collect());
    if line.keys != binding.keys {
        line.called = "";
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keymap::Code;

    #[test]
    fn other_keys_hold_wherever_the_command_does_and_are_called_by_their_names() {
        let own = [
            (Command::NextFinding, vec![Key::plain(Code::F(12)), Key::alt('n')]),
            (Command::BackTab, vec![Key::alt('b')]),
            (Command::Redo, Vec::new()),
        ];
        let keymap = Keymap::rebound(&own);
        for context in [Context::Grid, Context::Prose, Context::Findings] {
            assert_eq!(keymap.command(context, Key::plain(Code::F(8))), None);
            assert_eq!(keymap.command(context, Key::alt('n')), Some(Command::NextFinding));
        }
        let line =
            |command| keymap.bindings(Context::Grid).find(|binding| binding.command == command).unwrap();
        assert_eq!(line(Command::NextFinding).key(), "F12");
        assert_eq!(line(Command::NextFinding).explained(), "到下一处问题，也可以按 Alt+N");
        assert_eq!(line(Command::Tab).key(), "Tab/Alt+B");
        assert_eq!(keymap.way(Command::Redo), "Ctrl+P 重做");
        assert_eq!(keymap.keys(Command::Redo), []);
        assert_eq!(keymap.clashes(), []);
    }

    #[test]
    fn a_key_given_twice_in_one_place_is_a_clash_and_in_two_places_is_none() {
        let clash = |command, key| Keymap::rebound(&[(command, vec![key])]).clashes();
        assert_eq!(clash(Command::New, Key::ctrl('y')), []);
        let found = clash(Command::Undo, Key::ctrl('n'));
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].commands, [Command::New, Command::Undo]);
        assert_eq!(found[0].on, [Context::Library]);
        assert_eq!(found[1].commands, [Command::NextFinding, Command::Undo]);
    }
}
