//! What is done to a file: cut off, a bit flipped, something else in its place.

use std::fs;
use std::path::Path;

/// What is done to a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Damage {
    /// Only so many bytes are left.
    Cut(usize),
    /// This bit is flipped.
    Flip(usize),
    /// These bytes are in its place; and what they are.
    Replaced(&'static str, Vec<u8>),
    /// The file is gone.
    Gone,
    /// A directory with a file in it is in its place.
    Directory,
    /// A pipe that nobody writes to is in its place.
    Pipe,
    /// A link to nowhere is in its place.
    Dangling,
    /// A link to the file, which lies elsewhere.
    Link,
}

/// Every way to cut a file off and every bit of it.
pub(super) fn everywhere(sound: &[u8]) -> Vec<Damage> {
    (0..sound.len()).map(Damage::Cut).chain((0..8 * sound.len()).map(Damage::Flip)).collect()
}

/// What else may be in a file's place; `others` are files of the same kind.
pub(super) fn instead(sound: &[u8], others: &[(&'static str, &[u8])]) -> Vec<Damage> {
    let mut damages = vec![
        Damage::Gone,
        Damage::Directory,
        Damage::Pipe,
        Damage::Dangling,
        Damage::Link,
        Damage::Replaced("zeros", vec![0; sound.len()]),
        Damage::Replaced("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01".to_vec()),
        Damage::Replaced("another's JSON", br#"{"name":"package","version":"1.0.0"}"#.to_vec()),
        Damage::Replaced("a number", b"7\n".to_vec()),
        Damage::Replaced("itself twice", [sound, sound].concat()),
        Damage::Replaced("itself with a line more", [sound, b"x\n"].concat()),
        Damage::Replaced("deep JSON", "[".repeat(100_000).into_bytes()),
    ];
    damages.extend(others.iter().map(|(what, bytes)| Damage::Replaced(what, bytes.to_vec())));
    damages
}

impl Damage {
    /// The bytes of the damaged file, where there is one.
    pub(super) fn bytes(&self, sound: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Cut(length) => Some(sound[..*length].to_vec()),
            Self::Flip(bit) => {
                let mut bytes = sound.to_vec();
                bytes[bit / 8] ^= 1 << (bit % 8);
                Some(bytes)
            }
            Self::Replaced(_, bytes) => Some(bytes.clone()),
            Self::Link => Some(sound.to_vec()),
            Self::Gone | Self::Directory | Self::Pipe | Self::Dangling => None,
        }
    }

    /// Does it to the file at `path`, which is there and sound.
    pub(super) fn inflict(&self, path: &Path, sound: &[u8]) {
        let bytes = self.bytes(sound);
        match self {
            Self::Cut(_) | Self::Flip(_) | Self::Replaced(..) => fs::write(path, bytes.unwrap()).unwrap(),
            Self::Link => {
                let elsewhere = path.ancestors().find(|above| above.ends_with("data")).unwrap();
                let elsewhere = elsewhere.with_file_name("elsewhere");
                let _ = fs::remove_file(&elsewhere);
                fs::rename(path, &elsewhere).unwrap();
                std::os::unix::fs::symlink(elsewhere, path).unwrap();
            }
            Self::Gone | Self::Directory | Self::Pipe | Self::Dangling => {
                fs::remove_file(path).unwrap();
                match self {
                    Self::Directory => {
                        fs::create_dir(path).unwrap();
                        fs::write(path.join("something"), b"of somebody").unwrap();
                    }
                    Self::Pipe => {
                        let made = std::process::Command::new("mkfifo").arg(path).status().unwrap();
                        assert!(made.success());
                    }
                    Self::Dangling => std::os::unix::fs::symlink("/nowhere/at/all", path).unwrap(),
                    _ => {}
                }
            }
        }
    }
}
