//! What the attributes of a tag make of its text. Reads no tags.

use std::borrow::Cow;

/// The attributes that matter. Of two of one name the first counts, of two declarations of one property the last, as in a
/// browser.
#[derive(Default)]
pub(super) struct Attributes<'t> {
    pub(super) kept: Vec<(&'static str, &'t str)>,
    /// Whether it has the attribute that hides.
    has_hidden: bool,
    has_style: bool,
    /// Whether it is shown at all, whether what it takes is left empty, and whether an office program hides it.
    display: Property<bool>,
    visibility: Property<bool>,
    mso_hide: Property<bool>,
    is_struck: Property<bool>,
    raised: Property<&'static str>,
}

/// What the declarations of a property have said so far, if anything.
#[derive(Default)]
struct Property<T> {
    said: Option<T>,
    is_important: bool,
}

impl<T> Property<T> {
    fn say(&mut self, said: Option<T>, is_important: bool) {
        if is_important || !self.is_important {
            *self = Self { said, is_important };
        }
    }
}

impl<'t> Attributes<'t> {
    /// Takes an attribute.
    pub(super) fn take(&mut self, name: &str, value: &'t str) {
        const KEPT: [&str; 5] = ["colspan", "rowspan", "href", "value", "type"];
        if let Some(kept) = KEPT.iter().find(|kept| name.eq_ignore_ascii_case(kept)) {
            self.kept.push((kept, value));
        } else if name.eq_ignore_ascii_case("hidden") {
            self.has_hidden = true;
        } else if name.eq_ignore_ascii_case("style") && !self.has_style {
            self.has_style = true;
            for declaration in uncommented(value).as_bytes().split(|byte| *byte == b';') {
                self.style(declaration);
            }
        }
    }

    /// Whether no reader sees the element. The attribute gives way to a style.
    pub(super) fn is_hidden(&self) -> bool {
        let hides = |property: &Property<bool>| property.said == Some(true);
        self.display.said.unwrap_or(self.has_hidden) || hides(&self.visibility) || hides(&self.mso_hide)
    }

    /// What its style makes of the text: `up`, `down`, `struck`.
    pub(super) fn look(&self) -> Option<&'static str> {
        if self.is_struck.said == Some(true) { Some("struck") } else { self.raised.said }
    }

    /// Takes one declaration of a style.
    fn style(&mut self, declaration: &[u8]) {
        // In bytes, which are trimmed and compared with less work than text: a page of an office program has thousands of
        // declarations, and hardly one matters. White space is ASCII in a style, as for a browser.
        let Some(colon) = declaration.iter().position(|byte| *byte == b':') else { return };
        let (name, said) = (declaration[..colon].trim_ascii(), declaration[colon + 1..].trim_ascii_start());
        // What is empty or no word is passed over, and lengths with it. A word that no browser knows is not: what is shown
        // is seen.
        let is_word = |said: &[u8]| said.first().is_some_and(u8::is_ascii_alphabetic);
        if !is_word(said.strip_prefix(b"-").unwrap_or(said)) {
            return;
        }
        let is = |property: &[u8]| name.eq_ignore_ascii_case(property);
        let begins =
            |with: &[u8]| said.get(..with.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(with));
        let has = |word: &[u8]| said.windows(word.len()).any(|words| words.eq_ignore_ascii_case(word));
        let is_important = || {
            let last = said.rsplit(|byte| *byte == b'!').next().unwrap_or_default();
            last.len() < said.len() && last.trim_ascii().eq_ignore_ascii_case(b"important")
        };
        if is(b"display") {
            self.display.say(Some(begins(b"none")), is_important());
        } else if is(b"visibility") {
            self.visibility.say(Some(begins(b"hidden") || begins(b"collapse")), is_important());
        } else if is(b"mso-hide") {
            self.mso_hide.say(Some(begins(b"all")), is_important());
        } else if is(b"text-decoration") || is(b"text-decoration-line") {
            self.is_struck.say(Some(has(b"line-through")), is_important());
        } else if is(b"vertical-align") {
            let raised = match () {
                () if begins(b"super") => Some("up"),
                () if begins(b"sub") => Some("down"),
                () => None,
            };
            self.raised.say(raised, is_important());
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
