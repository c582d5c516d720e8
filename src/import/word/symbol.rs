//! Characters that Word takes from symbol fonts: ticks and boxes.
//!
//! Only those that forms are filled in with are known; another one is read as a character that is missing.

use super::super::xml::Element;

/// A character of a symbol font.
pub(super) fn symbol(element: &Element<'_>) -> char {
    let font = element.attribute("font").unwrap_or_default();
    let code = element.attribute("char").and_then(|code| u32::from_str_radix(code.trim(), 16).ok());
    // Symbol fonts stand where no characters are assigned.
    let place = code.map(|code| if (0xf000..=0xf0ff).contains(&code) { code - 0xf000 } else { code });
    match (font.as_str(), place) {
        ("Wingdings", Some(0xfc)) | ("Wingdings 2", Some(0x50)) => '✓',
        ("Wingdings", Some(0xfe)) | ("Wingdings 2", Some(0x52)) => '☑',
        ("Wingdings", Some(0x6f | 0xa8 | 0x71 | 0x72)) | ("Wingdings 2", Some(0xa3 | 0x2a | 0x30)) => '□',
        ("Wingdings", Some(0x6e | 0xa7)) => '■',
        ("Wingdings", Some(0x6c | 0x9f)) => '●',
        ("Symbol", Some(0xb7)) => '·',
        (_, Some(place)) if Some(place) == code => {
            char::from_u32(place).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        _ => char::REPLACEMENT_CHARACTER,
    }
}
