//! The seal of our files of JSON: the checksum of everything before it, as the last member of the object.
//!
//! Every reader of JSON reads such a file as if there were no seal. What the file means is whoever keeps it to say.

/// What the seal of a file says of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Seal {
    /// It is what was written.
    Sound,
    /// It has none: an earlier version of the program has written it, or somebody else.
    Missing,
    /// It is not what was written.
    Broken,
}

/// The name of the member.
pub(super) const NAME: &str = "crc32";

/// What stands before the checksum.
const MEMBER: &str = r#","crc32":""#;

/// The bytes of a JSON object that has members, with its seal.
pub(super) fn seal(json: &str) -> Vec<u8> {
    let body = json.strip_suffix('}').unwrap_or(json);
    format!("{body}{MEMBER}{}", end(body)).into_bytes()
}

/// Looks at the seal of a file.
pub(super) fn look(bytes: &[u8]) -> Seal {
    match std::str::from_utf8(bytes).map(|text| text.rsplit_once(MEMBER)) {
        Ok(Some((body, rest))) if rest == end(body) => Seal::Sound,
        Ok(None) => Seal::Missing,
        Ok(Some(_)) | Err(_) => Seal::Broken,
    }
}

/// What follows the member's name and its first quotation mark, to the end of the file.
fn end(body: &str) -> String {
    format!("{:08x}\"}}\n", crc32fast::hash(body.as_bytes()))
}
