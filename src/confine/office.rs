//! LibreOffice, where it is installed: a file that it knows becomes one that we do.
//!
//! It runs with a profile of its own that is taken away afterwards, with no macros, no links followed, no screen, and not
//! for ever. It decides nothing about what is in the file.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File};
use std::io::{self, Read as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use rustix::io::Errno;
use rustix::process::{
    Pid, Signal, WaitId, WaitIdOptions, geteuid, kill_process_group, test_kill_process, waitid,
};

use super::TICK;
use crate::import::{ImportError, Kind};

/// The most bytes of a converted file.
const LARGEST: u64 = 50 << 20;

/// Its address space, of which it takes some 2 GiB for any file,
#[cfg(target_os = "linux")]
const MOST_MEMORY: u64 = 4 << 30;
/// and the longest file that it may write.
#[cfg(target_os = "linux")]
const LONGEST_FILE: u64 = 256 << 20;

/// What its profile says: no macros, nothing fetched that a file links to.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"#;

/// LibreOffice as it is found.
pub(super) struct Office {
    /// The names or paths under which it is tried.
    programs: Vec<OsString>,
    /// How long a conversion may take.
    patience: Duration,
}

impl Default for Office {
    fn default() -> Self {
        let programs = ["soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice"];
        Self { programs: programs.map(OsString::from).to_vec(), patience: Duration::from_secs(90) }
    }
}

impl Office {
    /// Converts a file to one that is read without it; nothing if it is not installed.
    ///
    /// # Errors
    /// If it cannot be started, takes too long or gives nothing; and if the file is not wanted any more.
    pub(super) fn convert(
        &self,
        bytes: &[u8],
        is_wanted: &mut dyn FnMut() -> bool,
    ) -> Result<Option<Vec<u8>>, ImportError> {
        let (from, to) = endings(bytes);
        let room = Room::new().map_err(ImportError::NotStarted)?;
        let given = room.fill(bytes, from).map_err(ImportError::NotStarted)?;
        let Some(child) = self.start(&room, &given, to).map_err(ImportError::NotStarted)? else {
            return Ok(None);
        };
        self.wait(Group(child), is_wanted)?;
        let mut converted = Vec::new();
        let read = File::open(room.0.join("out").join("report").with_extension(to))
            .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut converted));
        match read {
            Ok(_) if converted.len() as u64 > LARGEST => {
                Err(ImportError::TooMuch("转换后的文件", (LARGEST >> 20) as usize, "MB"))
            }
            Ok(_) => Ok(Some(converted)),
            Err(_) => Err(ImportError::NotConverted),
        }
    }

    /// Starts it under the first name that there is.
    fn start(&self, room: &Room, given: &Path, to: &str) -> io::Result<Option<Child>> {
        let mut profile = OsString::from("-env:UserInstallation=file://");
        profile.push(room.0.join("profile"));
        for program in &self.programs {
            let mut command = Command::new(program);
            command.arg(&profile).args(["--headless", "--norestore", "--nologo", "--nolockcheck"]);
            command.args(["--convert-to", to, "--outdir"]).arg(room.0.join("out")).arg(given);
            command.env("HOME", &room.0).current_dir(&room.0).process_group(0);
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            match command.spawn() {
                Ok(child) => {
                    hold(&child);
                    return Ok(Some(child));
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    fn wait(&self, group: Group, is_wanted: &mut dyn FnMut() -> bool) -> Result<(), ImportError> {
        let deadline = Instant::now() + self.patience;
        while !group.has_ended().map_err(ImportError::NotStarted)? {
            if !is_wanted() {
                return Err(ImportError::Stopped);
            }
            if Instant::now() >= deadline {
                let seconds = usize::try_from(self.patience.as_secs()).unwrap_or(usize::MAX);
                return Err(ImportError::TooMuch("用 LibreOffice 转换的时间", seconds, "秒"));
            }
            std::thread::sleep(TICK);
        }
        Ok(())
    }
}

/// Holds a process and all that it starts from now on to limits, where the system can do that from outside.
#[cfg(target_os = "linux")]
fn hold(child: &Child) {
    use rustix::process::{Resource, Rlimit, prlimit};
    for (resource, most) in
        [(Resource::As, MOST_MEMORY), (Resource::Fsize, LONGEST_FILE), (Resource::Core, 0)]
    {
        // What is limited more tightly already stays so.
        let _ = prlimit(
            Some(Pid::from_child(child)),
            resource,
            Rlimit { current: Some(most), maximum: Some(most) },
        );
    }
}

#[cfg(not(target_os = "linux"))]
fn hold(_: &Child) {}

/// The ending under which a file is given to it, and the format that is asked for.
fn endings(bytes: &[u8]) -> (&'static str, &'static str) {
    match Kind::of(bytes) {
        Kind::Rtf => ("rtf", "docx"),
        Kind::OpenOther => ("ods", "xlsx"),
        _ => ("wps", "docx"),
    }
}

/// A process with all that it starts; none of them outlives this.
struct Group(Child);

impl Group {
    fn id(&self) -> Pid {
        Pid::from_child(&self.0)
    }

    /// Whether its first process has ended. It is not waited for: as long as it is not, its number is given to nobody, and
    /// it can be told which processes are its group.
    fn has_ended(&self) -> io::Result<bool> {
        let asked = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        match waitid(WaitId::Pid(self.id()), asked) {
            Ok(status) => Ok(status.is_some()),
            Err(Errno::INTR) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        let _ = kill_process_group(self.id(), Signal::KILL);
        let _ = self.0.wait();
    }
}

/// A directory of its own that only its owner may enter; it goes with this.
struct Room(PathBuf);

impl Room {
    fn new() -> io::Result<Self> {
        sweep(&std::env::temp_dir());
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
        for _ in 0..100 {
            let name = format!("nianbao-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
            let path = std::env::temp_dir().join(name);
            match DirBuilder::new().mode(0o700).create(&path) {
                Ok(()) => return Ok(Self(path)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
                Err(error) => return Err(error),
            }
        }
        Err(last)
    }

    /// Puts the profile and the file in; gives the file.
    fn fill(&self, bytes: &[u8], ending: &str) -> io::Result<PathBuf> {
        let user = self.0.join("profile").join("user");
        fs::create_dir_all(&user)?;
        fs::write(user.join("registrymodifications.xcu"), SETTINGS)?;
        let given = self.0.join("report").with_extension(ending);
        fs::write(&given, bytes)?;
        Ok(given)
    }
}

/// Takes away the rooms of programs that ended without doing so. A room that was used a short while ago stays: its program
/// may live where its number cannot be seen.
fn sweep(directory: &Path) {
    const AGE: Duration = Duration::from_secs(10 * 60);
    let Ok(entries) = fs::read_dir(directory) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let numbers = name.to_str().and_then(|name| name.strip_prefix("nianbao-")?.split_once('-'));
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let pid = numbers.filter(|(_, nth)| is_number(nth)).and_then(|(pid, _)| pid.parse().ok());
        let Some(pid) = pid.and_then(Pid::from_raw) else { continue };
        // What the entry itself is, not what it leads to.
        let Ok(room) = entry.metadata() else { continue };
        let is_old = room.modified().is_ok_and(|time| time.elapsed().is_ok_and(|age| age >= AGE));
        let is_ours = room.is_dir() && room.uid() == geteuid().as_raw();
        if is_ours && is_old && test_kill_process(pid) == Err(Errno::SRCH) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is running on behalf of this process, or lies in a directory of it.
    fn left_over() -> Vec<String> {
        let mark = format!("nianbao-{}-", std::process::id());
        let names = |directory: &Path| {
            let entries = fs::read_dir(directory).unwrap().flatten();
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect::<Vec<_>>()
        };
        let commands = names(Path::new("/proc")).into_iter().filter_map(|pid| {
            let command = fs::read(Path::new("/proc").join(pid).join("cmdline")).ok()?;
            Some(String::from_utf8_lossy(&command).into_owned())
        });
        commands.chain(names(&std::env::temp_dir())).filter(|name| name.contains(&mark)).collect()
    }

    /// What is killed may take a moment to be gone.
    #[track_caller]
    fn assert_gone() {
        let is_gone = || {
            std::thread::sleep(TICK);
            left_over().is_empty()
        };
        assert!((0..200).any(|_| is_gone()), "{:?}", left_over());
    }

    #[test]
    fn rooms_of_the_dead_are_swept_and_no_others() {
        let directory = tempfile::tempdir().unwrap();
        let mut child = Command::new("true").spawn().unwrap();
        let (dead, alive) = (child.id(), std::process::id());
        child.wait().unwrap();
        let kept = [
            format!("nianbao-{alive}-0"),
            format!("nianbao-{dead}-"),
            format!("nianbao-{dead}-x"),
            format!("nianbao-{dead}"),
            "nianbao-0-0".to_owned(),
            "nianbao--1-0".to_owned(),
            format!("other-{dead}-0"),
        ];
        let room = |name: &str| directory.path().join(name);
        let age = |name: &str| {
            let hour = std::time::SystemTime::now() - Duration::from_secs(3600);
            File::open(room(name)).unwrap().set_modified(hour).unwrap();
        };
        for name in kept.iter().map(String::as_str).chain([format!("nianbao-{dead}-0").as_str()]) {
            fs::create_dir_all(room(name).join("profile")).unwrap();
            age(name);
        }
        // One that was used just now, a file, and what only leads to a directory.
        fs::create_dir(room(&format!("nianbao-{dead}-1"))).unwrap();
        fs::write(room(&format!("nianbao-{dead}-2")), "").unwrap();
        age(&format!("nianbao-{dead}-2"));
        std::os::unix::fs::symlink(room(&kept[6]), room(&format!("nianbao-{dead}-3"))).unwrap();
        sweep(directory.path());
        assert!(!room(&format!("nianbao-{dead}-0")).exists());
        for name in kept.iter().cloned().chain((1..4).map(|nth| format!("nianbao-{dead}-{nth}"))) {
            assert!(room(&name).exists(), "{name}");
        }
        assert!(room(&kept[6]).join("profile").exists());
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_conversion_is_held_to_limits() {
        let says = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/office/limits.sh");
        let office = Office { programs: vec![says.into()], ..Office::default() };
        let said = office.convert(b"{\\rtf1 x}", &mut || true).unwrap().unwrap();
        // In KiB, and in blocks of 512 bytes.
        let [memory, file, core] = [MOST_MEMORY / 1024, LONGEST_FILE / 512, 0].map(|limit| limit.to_string());
        assert_eq!(String::from_utf8(said).unwrap().trim(), format!("{memory} {file} {core}"));
    }

    #[test]
    fn a_conversion_that_hangs_or_is_not_wanted_leaves_nothing_behind() {
        let hangs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/office/hangs.sh");
        let programs = vec!["no-such-office".into(), hangs.into()];
        let office = Office { programs, patience: Duration::from_secs(1) };
        let mut seen = 0;
        let mut look = || {
            seen = seen.max(left_over().len());
            true
        };
        let error = office.convert(b"{\\rtf1 x}", &mut look).unwrap_err();
        assert!(error.to_string().contains("LibreOffice 转换的时间超过 1 秒"), "{error}");
        assert!(seen > 2, "the directory, the program and what it started were there: {seen}");
        assert_gone();
        let error = office.convert(b"{\\rtf1 x}", &mut || false).unwrap_err();
        assert!(matches!(error, ImportError::Stopped));
        assert_gone();
        let none = Office { programs: vec!["no-such-office".into()], ..office };
        assert!(none.convert(b"{\\rtf1 x}", &mut || true).unwrap().is_none());
        let nothing = Office { programs: vec!["true".into()], ..none };
        let error = nothing.convert(b"{\\rtf1 x}", &mut || true).unwrap_err();
        assert!(matches!(error, ImportError::NotConverted));
        assert_gone();
    }
}
