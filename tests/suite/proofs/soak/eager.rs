//! The control: a saver that says that a number is kept a moment before it is.
//!
//! It is this test binary itself, which becomes the saver when it is started so.

use std::io::{BufRead as _, Write as _};
use std::path::Path;
use std::time::Duration;

use portable_pty::CommandBuilder;

use super::{Act, Keeper, SIZE, Seen, State};
use crate::sound::Dice;
use crate::terminal::{Line, Terminal};

/// The variable that makes a saver of the test below: the file to keep.
const FILE: &str = "NIANBAO_TEST_EAGER";

/// How late it saves.
const LATE: Duration = Duration::from_millis(20);

/// The saver.
pub(super) struct Eager;

/// Becomes the saver, if the variable is there; else there is nothing to do.
#[test]
fn saver() {
    let Some(path) = std::env::var_os(FILE) else { return };
    let say = |said: &str| std::io::stdout().write_all(format!("{said}\n").as_bytes()).unwrap();
    let mut kept = std::fs::read_to_string(&path).unwrap_or_default();
    say("ready");
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        say(&format!("kept {line}."));
        std::thread::sleep(LATE);
        kept += &format!("{line}\n");
        std::fs::write(&path, &kept).unwrap();
    }
}

impl Keeper for Eager {
    fn create(&self, _: &Path, name: &str) -> String {
        name.to_owned()
    }

    fn start(&self, data: &Path, name: &str) -> Terminal {
        let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
        let (_, test) = module_path!().split_once("::").unwrap();
        command.args([&format!("{test}::saver"), "--exact", "--nocapture", "--color", "never"]);
        let file = data.join(name).to_string_lossy().into_owned();
        Terminal::run(Line::NEAR, command, data, SIZE, &[(FILE, &file)])
    }

    fn open(&self, terminal: &mut Terminal, _: &str) -> bool {
        terminal.wait_until(|t| t.text().contains("ready"))
    }

    fn any(&self, _: &State, dice: &mut Dice, number: &mut u64) -> Act {
        *number += 1;
        Act::Number((dice.below(9), dice.below(9)), *number)
    }

    fn begin(&self, _: &mut Terminal, act: &Act) -> (String, Seen) {
        let Act::Number((row, column), number) = *act else { panic!("it keeps numbers only") };
        let line = format!("{row} {column} {number}");
        let said = format!("kept {line}.");
        (format!("{line}\n"), Box::new(move |t| t.text().contains(&said)))
    }

    fn found(&self, data: &Path, id: &str) -> Result<State, String> {
        let mut found = State::default();
        for line in std::fs::read_to_string(data.join(id)).unwrap_or_default().lines() {
            let mut numbers = line.split(' ').map(|number| number.parse::<usize>().unwrap());
            let mut next = || numbers.next().unwrap();
            found.numbers.insert((next(), next()), next() as u64);
        }
        Ok(found)
    }

    fn examined(&self, _: &Path) -> Result<(), String> {
        Ok(())
    }
}
