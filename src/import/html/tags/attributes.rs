//! What the attributes of a tag make of its text. Reads no tags.

use std::borrow::Cow;

/// The declarations that hide, each with what its value begins with then.
const HIDING: [(&[u8], &[u8]); 3] =
    [(b"display", b"none"), (b"visibility", b"hidden"), (b"mso-hide", b"all")];

/// The attributes that matter.
#[derive(Default)]
pub(super) struct Attributes<'t> {
    pub(super) kept: Vec<(&'static str, &'t str)>,
    /// Whether it has the attribute that hides.
    has_hidden: bool,
    /// Whether each of [`HIDING`] hides.
    hides: [bool; HIDING.len()],
    is_struck: bool,
    raised: Option<&'static str>,
}

impl<'t> Attributes<'t> {
    /// Takes an attribute.
    pub(super) fn take(&mut self, name: &str, value: &'t str) {
        const KEPT: [&str; 5] = ["colspan", "rowspan", "href", "value", "type"];
        if let Some(kept) = KEPT.iter().find(|kept| name.eq_ignore_ascii_case(kept)) {
            self.kept.push((kept, value));
        } else if name.eq_ignore_ascii_case("hidden") {
            self.has_hidden = true;
        } else if name.eq_ignore_ascii_case("style") {
            for declaration in uncommented(value).as_bytes().split(|byte| *byte == b';') {
                self.style(declaration);
            }
        }
    }

    /// Whether no reader sees the element.
    pub(super) fn is_hidden(&self) -> bool {
        self.has_hidden || self.hides.contains(&true)
    }

    /// What its style makes of the text: `up`, `down`, `struck`.
    pub(super) fn look(&self) -> Option<&'static str> {
        if self.is_struck { Some("struck") } else { self.raised }
    }

    /// Takes one declaration of a style; it goes before an earlier one.
    fn style(&mut self, declaration: &[u8]) {
        // In bytes, which are trimmed and compared with less work than text: a page of an office program has thousands of
        // declarations, and hardly one matters. White space is ASCII in a style, as for a browser.
        const STRIKE: &[u8] = b"line-through";
        const RAISING: [(&[u8], &str); 2] = [(b"super", "up"), (b"sub", "down")];
        let Some(colon) = declaration.iter().position(|byte| *byte == b':') else { return };
        let (name, said) = (declaration[..colon].trim_ascii(), declaration[colon + 1..].trim_ascii_start());
        let begins =
            |with: &[u8]| said.get(..with.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(with));
        for (hides, (hiding, how)) in self.hides.iter_mut().zip(HIDING) {
            if name.eq_ignore_ascii_case(hiding) {
                *hides = begins(how);
            }
        }
        if name.eq_ignore_ascii_case(b"text-decoration") || name.eq_ignore_ascii_case(b"text-decoration-line")
        {
            self.is_struck = said.windows(STRIKE.len()).any(|words| words.eq_ignore_ascii_case(STRIKE));
        } else if name.eq_ignore_ascii_case(b"vertical-align") {
            self.raised = RAISING.iter().find(|(how, _)| begins(how)).map(|(_, raised)| *raised);
        }
    }
}

/// A style without its comments; one that is not closed goes on to the end.
fn uncommented(style: &str) -> Cow<'_, str> {
    // Looked for first, because hardly any style has one.
    if !style.contains('/') {
        return style.into();
    }
    let (mut rest, mut said) = (style, Cow::Borrowed(""));
    while let Some((before, comment)) = rest.split_once("/*") {
        said += before;
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    said + rest
}
