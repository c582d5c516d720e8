//! What is remembered for a user from one time to the next: small, and not precious. Who remembers what is the callers'.

use std::collections::BTreeMap;

use super::sealed::{self, Seal};
use super::{Library, disk};

/// What is remembered.
pub(super) const MEMORY: &str = "memory.json";

impl Library {
    /// What was last remembered under a key, for this user.
    pub fn recall(&self, key: &str) -> Option<String> {
        self.memory().remove(key)
    }

    /// Remembers something small for this user. Not precious: a failure is no error.
    pub fn remember(&self, key: &str, value: &str) {
        let mut memory = self.memory();
        if memory.insert(key.to_owned(), value.to_owned()).as_deref() != Some(value) {
            let json = serde_json::to_string(&memory).unwrap_or_default();
            let _ = disk::replace(&self.directory.join(MEMORY), &sealed::seal(&json));
        }
    }

    fn memory(&self) -> BTreeMap<String, String> {
        let bytes = disk::read_own(&self.directory.join(MEMORY)).ok().flatten().unwrap_or_default();
        let mut memory: BTreeMap<_, _> = match sealed::look(&bytes) {
            Seal::Broken => BTreeMap::new(),
            Seal::Sound | Seal::Missing => serde_json::from_slice(&bytes).unwrap_or_default(),
        };
        memory.remove(sealed::NAME);
        memory
    }
}
