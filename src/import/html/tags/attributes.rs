//! What the attributes of a tag make of its text. Reads no tags.

use std::borrow::Cow;

/// The attributes that matter.
#[derive(Default)]
pub(super) struct Attributes<'t> {
    pub(super) kept: Vec<(&'static str, &'t str)>,
    pub(super) is_hidden: bool,
    /// What its style makes of the text: `up`, `down`, `struck`.
    pub(super) look: Option<&'static str>,
}

impl<'t> Attributes<'t> {
    /// Takes an attribute.
    pub(super) fn take(&mut self, name: &str, value: &'t str) {
        const KEPT: [&str; 5] = ["colspan", "rowspan", "href", "value", "type"];
        if let Some(kept) = KEPT.iter().find(|kept| name.eq_ignore_ascii_case(kept)) {
            self.kept.push((kept, value));
        } else if name.eq_ignore_ascii_case("hidden") {
            self.is_hidden = true;
        } else if name.eq_ignore_ascii_case("style") {
            for declaration in uncommented(value).as_bytes().split(|byte| *byte == b';') {
                self.style(declaration);
            }
        }
    }

    /// Takes one declaration of a style.
    fn style(&mut self, declaration: &[u8]) {
        // In bytes, which are trimmed and compared with less work than text: a page of an office program has thousands of
        // declarations, and hardly one matters. White space is ASCII in a style, as for a browser.
        const HIDING: [(&[u8], &[u8]); 3] =
            [(b"display", b"none"), (b"visibility", b"hidden"), (b"mso-hide", b"all")];
        const STRIKE: &[u8] = b"line-through";
        let Some(colon) = declaration.iter().position(|byte| *byte == b':') else { return };
        let (name, said) = (declaration[..colon].trim_ascii(), declaration[colon + 1..].trim_ascii_start());
        let begins = |text: &[u8], with: &[u8]| {
            text.get(..with.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(with))
        };
        let hides = |(hiding, how): &(&[u8], &[u8])| name.eq_ignore_ascii_case(hiding) && begins(said, how);
        self.is_hidden |= HIDING.iter().any(hides);
        if begins(name, b"text-decoration")
            && said.windows(STRIKE.len()).any(|words| words.eq_ignore_ascii_case(STRIKE))
        {
            self.look = Some("struck");
        } else if name.eq_ignore_ascii_case(b"vertical-align") && self.look != Some("struck") {
            let looks: [(&[u8], _); 2] = [(b"super", "up"), (b"sub", "down")];
            let look = looks.iter().find(|(how, _)| begins(said, how)).map(|(_, look)| *look);
            self.look = look.or(self.look);
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
