//! The control: savers that are broken on purpose, played and judged exactly as the program is.
//!
//! Each is this test binary itself, which becomes the saver when it is started so.

use std::fmt::Write as _;
use std::fs::{File, OpenOptions};
use std::io::{BufRead as _, Write as _};
use std::path::Path;

use super::session::{Found, Session, Shows, Step, Subject};

/// The variable that makes a saver of the test below.
const FLAW: &str = "NIANBAO_TEST_FLAW";

/// How many lines are typed.
const LINES: usize = 4;

/// What is wrong with a saver. Whatever becomes of what is typed, each calls it kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Flaw {
    /// The file is emptied and written again in its place, and never synced; what fails is not noticed.
    InPlace,
    /// A new file takes the place of the old one, and was not synced.
    NoSync,
    /// It was, but not the directory.
    NoSyncOfTheDirectory,
}

impl Flaw {
    pub(super) const ALL: [Self; 3] = [Self::InPlace, Self::NoSync, Self::NoSyncOfTheDirectory];

    fn save(self, path: &Path, text: &str) -> std::io::Result<()> {
        if self == Self::InPlace {
            return File::create(path)?.write_all(text.as_bytes());
        }
        let beside = path.with_extension("new");
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(&beside)?;
        file.write_all(text.as_bytes())?;
        if self == Self::NoSyncOfTheDirectory {
            file.sync_all()?;
        }
        std::fs::rename(beside, path)
    }
}

/// Becomes the saver that the variable names; else there is nothing to do.
#[test]
fn saver() {
    let Ok(flaw) = std::env::var(FLAW) else { return };
    let flaw = Flaw::ALL.into_iter().find(|one| format!("{one:?}") == flaw).unwrap();
    let path = Path::new(&std::env::var_os("NIANBAO_DATA_DIR").unwrap()).join("kept");
    let _ = std::fs::create_dir_all(path.parent().unwrap());
    let say = |said: &str| std::io::stdout().write_all(format!("{said}\n").as_bytes()).unwrap();
    let mut text = String::new();
    say("ready");
    for (number, line) in std::io::stdin().lock().lines().take(LINES).enumerate() {
        writeln!(text, "{}", line.unwrap()).unwrap();
        let _ = flaw.save(&path, &text);
        say(&format!("kept {}.", number + 1));
    }
}

impl Subject for Flaw {
    fn command(&self, _: &Path) -> (Vec<String>, Vec<(String, String)>) {
        let program = std::env::current_exe().unwrap().to_string_lossy().into_owned();
        let (_, test) = module_path!().split_once("::").unwrap();
        let words = [&program, &format!("{test}::saver"), "--exact", "--nocapture", "--color", "never"];
        (words.map(str::to_owned).into(), vec![(FLAW.to_owned(), format!("{self:?}"))])
    }

    fn steps(&self, _: &Path) -> Vec<Step> {
        let ready = Step::new("start", vec![(String::new(), Shows::Text("ready".to_owned()))]);
        let line = |number| (format!("line {number}\n"), Shows::Text(format!("kept {number}.")));
        std::iter::once(ready)
            .chain((1..=LINES).map(|number| Step::new("line", vec![line(number)])))
            .collect()
    }

    fn is_saved(&self, _: &str) -> bool {
        true
    }

    fn refusal(&self, _: &str) -> Option<String> {
        None
    }

    fn found(&self, root: &Path) -> Result<Found, String> {
        let kept = std::fs::read_to_string(root.join("data/kept")).unwrap_or_default();
        Ok(Found { kept, ..Found::default() })
    }

    fn matters(&self, path: &Path) -> bool {
        path.file_name().is_some_and(|name| name == "kept")
    }

    fn write_again(&self, _: &Path) -> Result<(), String> {
        Ok(())
    }

    fn save_elsewhere(&self, _: &mut Session<'_>) -> Result<String, String> {
        Err("it refuses nothing".to_owned())
    }
}
