//! The tags of a page that matter, in one pass: what html5ever is given to read.
//!
//! html5ever takes the square of the time for elements in elements, and as long for what no reader sees. So the page is
//! written anew before: scripts, styles, comments and tags that only change the look are left out, blocks of all
//! kinds are `div`, and how deep elements stand in one another is counted. It closes an element only where html5ever
//! does so too, so that the count is never too low.

mod attributes;

use std::collections::{BTreeMap, BTreeSet};

use memchr::memchr;

use crate::import::ImportError;
use attributes::Attributes;

/// Elements may stand in one another this deep; those of a site some 40.
const DEEPEST: usize = 512;

/// The most tags that matter; a report has some 2,000.
const MOST: usize = 200_000;

/// The most elements that stand around all tags together, for which html5ever may look through them all at each: so many
/// tags may stand 50 deep.
const MOST_AROUND: usize = 50 * MOST;

/// Elements whose content no reader sees as text.
const UNSEEN: [&str; 18] = [
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript", "template",
    "svg", "math", "select", "button", "audio", "video", "canvas", "datalist",
];

/// Elements that only change the look. They are left out, and their content stays; one whose style hides it, raises it or
/// crosses it out is written as [`STYLED`].
const LOOKS: [&str; 27] = [
    "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "nobr", "output", "q", "samp", "small", "strong", "time", "tt", "u", "var",
];

/// What one of [`LOOKS`] is written as; no other element is, so that its end ends no other.
pub(super) const STYLED: &str = "x-look";

/// What elements of a name are written as; `None` where they are left out and their content stays, but for [`LOOKS`].
fn written(name: &str) -> Option<&'static str> {
    Some(match name {
        "address" | "article" | "aside" | "blockquote" | "center" | "details" | "dialog" | "dir" | "div"
        | "dl" | "fieldset" | "figcaption" | "figure" | "form" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
        | "header" | "hgroup" | "legend" | "main" | "menu" | "section" | "summary" => "div",
        "ul" | "ol" => "ul",
        "li" => "li",
        "dt" | "dd" => "dd",
        "p" => "p",
        "pre" | "listing" => "pre",
        "nav" | "footer" => "nav",
        "table" => "table",
        "caption" => "caption",
        "thead" | "tbody" | "tfoot" => "tbody",
        "tr" => "tr",
        "td" => "td",
        "th" => "th",
        "span" => "span",
        "a" => "x-link",
        "sup" => "x-up",
        "sub" => "x-down",
        "del" | "s" | "strike" => "x-struck",
        "br" | "hr" => "br",
        "img" => "img",
        "input" => "input",
        _ => return None,
    })
}

/// Writes a page anew.
///
/// # Errors
/// If elements stand too deep in one another, or are too many.
pub(super) fn cleaned(text: &str) -> Result<String, ImportError> {
    let mut cleaner = Cleaner { rest: text, ..Cleaner::default() };
    while let Some(at) = memchr(b'<', cleaner.rest.as_bytes()) {
        cleaner.out.push_str(&cleaner.rest[..at]);
        cleaner.rest = &cleaner.rest[at + 1..];
        cleaner.tag()?;
    }
    cleaner.out.push_str(cleaner.rest);
    Ok(cleaner.out)
}

#[derive(Default)]
struct Cleaner<'t> {
    /// What has not been read yet.
    rest: &'t str,
    out: String,
    /// The elements that are open, by what they are written as.
    open: Vec<&'static str>,
    /// How many tags have been written.
    count: usize,
    /// How many elements have been open around them, all together.
    around: usize,
    has_title: bool,
    /// Unseen elements that do not end any more.
    endless: BTreeSet<&'static str>,
    /// The open elements of each of [`LOOKS`], from the first that is written: whether each is.
    styled: BTreeMap<&'static str, Vec<bool>>,
}

impl<'t> Cleaner<'t> {
    /// Reads what stands behind a `<`.
    fn tag(&mut self) -> Result<(), ImportError> {
        if let Some(comment) = self.rest.strip_prefix("!--") {
            let is_empty = comment.starts_with('>') || comment.starts_with("->");
            self.rest = comment;
            self.skip_behind(if is_empty { ">" } else { "-->" });
            return Ok(());
        }
        let is_end = self.rest.starts_with('/');
        let name = &self.rest[usize::from(is_end)..];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            match self.rest.as_bytes().first() {
                Some(b'!' | b'?' | b'/') => self.skip_behind(">"),
                _ => self.out.push_str("&lt;"),
            }
            return Ok(());
        }
        let ends = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
        let (name, rest) = name.split_at(name.bytes().position(ends).unwrap_or(name.len()));
        self.rest = rest;
        let name = name.to_ascii_lowercase();
        let attributes = self.attributes();
        let unseen = UNSEEN.iter().find(|unseen| **unseen == name);
        match (unseen, written(&name)) {
            (Some(unseen), _) if !is_end => self.unseen(unseen),
            (None, Some(written)) if is_end => self.end(written),
            (None, Some(written)) => return self.start(written, &attributes),
            (None, None) => {
                if let Some(look) = LOOKS.iter().find(|look| **look == name) {
                    return self.styled(look, is_end, &attributes);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Reads the start or the end of one of [`LOOKS`].
    fn styled(
        &mut self,
        name: &'static str,
        is_end: bool,
        attributes: &Attributes<'_>,
    ) -> Result<(), ImportError> {
        let is_written = attributes.is_hidden() || attributes.look().is_some();
        let open = self.styled.entry(name).or_default();
        if is_end {
            if open.pop() == Some(true) {
                self.end_styled();
            }
        } else if is_written || !open.is_empty() {
            open.push(is_written);
            if is_written {
                return self.start(STYLED, attributes);
            }
        }
        Ok(())
    }

    /// Ends the innermost element with a look, in front of which it ends the blocks that began within: a browser ends what
    /// it hides there, too. It does not end one across a cell.
    fn end_styled(&mut self) {
        let is_of_a_table = |open: &str| matches!(open, "table" | "tbody" | "tr" | "td" | "th" | "caption");
        let Some(at) = self.open.iter().rposition(|open| *open == STYLED) else { return };
        if self.open[at..].iter().any(|open| is_of_a_table(open)) {
            return;
        }
        let within = self.open[at + 1..].iter().rev().copied();
        let blocks: Vec<&'static str> = within.filter(|open| !is_inline(open)).collect();
        blocks.into_iter().for_each(|block| self.end(block));
        self.end(STYLED);
    }

    fn skip_behind(&mut self, end: &str) {
        self.rest = self.rest.find(end).map_or("", |at| &self.rest[at + end.len()..]);
    }

    /// Reads the attributes of a tag, and its end.
    fn attributes(&mut self) -> Attributes<'t> {
        let mut attributes = Attributes::default();
        loop {
            self.rest = self.rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if self.rest.is_empty() {
                return attributes;
            }
            if let Some(rest) = self.rest.strip_prefix('>') {
                self.rest = rest;
                return attributes;
            }
            let ends = |(at, byte): (usize, u8)| {
                byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>') || (byte == b'=' && at > 0)
            };
            let end = self.rest.bytes().enumerate().position(ends).unwrap_or(self.rest.len());
            let (name, rest) = self.rest.split_at(end);
            let value = match rest.trim_ascii_start().strip_prefix('=') {
                Some(value) => {
                    self.rest = value.trim_ascii_start();
                    self.value()
                }
                None => {
                    self.rest = rest;
                    ""
                }
            };
            attributes.take(name, value);
        }
    }

    /// Reads the value of an attribute. A quote that is not closed before the cell ends has lost its end: the value ends
    /// with the tag then, so that no cell takes the number of another.
    fn value(&mut self) -> &'t str {
        let quote = self.rest.bytes().next().filter(|byte| matches!(byte, b'"' | b'\''));
        let text = &self.rest[usize::from(quote.is_some())..];
        let closed =
            quote.and_then(|quote| memchr(quote, text.as_bytes())).filter(|end| !has_cells(&text[..*end]));
        let ends = |byte: u8| byte == b'>' || (quote.is_none() && byte.is_ascii_whitespace());
        let (value, rest) =
            text.split_at(closed.or_else(|| text.bytes().position(ends)).unwrap_or(text.len()));
        self.rest = if closed.is_some() { &rest[1..] } else { rest };
        value
    }

    /// Leaves an element out with its content; the title of the page is kept, once.
    fn unseen(&mut self, name: &'static str) {
        let end = if self.endless.contains(name) { None } else { end_of(self.rest, name) };
        let Some(end) = end else {
            self.endless.insert(name);
            // What a browser takes for text to the end of the page is none.
            if matches!(name, "script" | "style" | "textarea" | "xmp") {
                self.rest = "";
            }
            return;
        };
        let (content, rest) = self.rest.split_at(end);
        if name == "title" && !self.has_title {
            self.has_title = true;
            self.out.extend(["<x-title>", &content.replace('<', "&lt;"), "</x-title>"]);
        }
        self.rest = rest;
    }

    fn start(&mut self, name: &'static str, attributes: &Attributes<'_>) -> Result<(), ImportError> {
        self.count += 1;
        if self.count > MOST {
            return Err(ImportError::TooMuch("网页的标签", MOST, "个"));
        }
        self.around += self.open.len();
        if self.around > MOST_AROUND {
            return Err(ImportError::TooMuch("网页的标签所在的嵌套合计", MOST_AROUND, "层"));
        }
        self.out.extend(["<", name]);
        for (name, value) in &attributes.kept {
            self.out.extend([" ", name, "=\"", &value.replace('"', "&quot;"), "\""]);
        }
        if let Some(look) = attributes.look() {
            self.out.extend([" look=", look]);
        }
        self.out.push_str(if attributes.is_hidden() { " hidden>" } else { ">" });
        if matches!(name, "br" | "img" | "input") {
            return Ok(());
        }
        self.close_for(name);
        self.open.push(name);
        // A table has a body and rows in it, whether they are written or not.
        let tables = self.open.iter().filter(|open| **open == "table").count();
        if self.open.len() + 2 * tables > DEEPEST {
            return Err(ImportError::TooMuch("网页的嵌套", DEEPEST, "层"));
        }
        Ok(())
    }

    fn end(&mut self, name: &'static str) {
        self.out.extend(["</", name, ">"]);
        let stops = |open: &str| match name {
            "table" => false,
            "tbody" | "tr" | "td" | "th" | "caption" => open == "table",
            name if is_inline(name) => !is_inline(open),
            "li" => matches!(open, "table" | "td" | "th" | "caption" | "ul"),
            _ => matches!(open, "table" | "td" | "th" | "caption"),
        };
        self.close(|open| open == name, stops);
    }

    /// Closes what the start of an element closes.
    fn close_for(&mut self, name: &str) {
        let is_cell = |open: &str| matches!(open, "table" | "td" | "th" | "caption");
        match name {
            "table" => {}
            name if is_inline(name) => {}
            "td" | "th" => self.close_within(|open| matches!(open, "tr" | "tbody" | "table")),
            "tr" => self.close_within(|open| matches!(open, "tbody" | "table")),
            "tbody" | "caption" => self.close_within(|open| open == "table"),
            _ => {
                if matches!(name, "li" | "dd") {
                    let passes = |open: &str| matches!(open, "div" | "p") || is_inline(open);
                    // Not every block that is written as div may be passed over: then it counts as one more.
                    self.close(|open| open == name, |open| !passes(open) || open == "div");
                }
                self.close(|open| open == "p", is_cell);
            }
        }
    }

    /// Closes the innermost element of a kind, unless another stops it.
    fn close(&mut self, is_meant: impl Fn(&str) -> bool, stops: impl Fn(&str) -> bool) {
        let found = self.open.iter().rposition(|open| is_meant(open) || stops(open));
        if let Some(at) = found.filter(|at| is_meant(self.open[*at])) {
            self.open.truncate(at);
        }
    }

    /// Closes all that is within the innermost element of a kind.
    fn close_within(&mut self, is_meant: impl Fn(&str) -> bool) {
        if let Some(at) = self.open.iter().rposition(|open| is_meant(open)) {
            self.open.truncate(at + 1);
        }
    }
}

/// Whether an element, as it is written, stands in a line.
pub(super) fn is_inline(name: &str) -> bool {
    matches!(name, "span" | "x-link" | "x-up" | "x-down" | "x-struck") || name == STYLED
}

/// Whether a text has the beginning or the end of a cell or row.
fn has_cells(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let name = text[at + 1..].trim_start_matches('/').as_bytes();
        matches!(name, [b't' | b'T', b'd' | b'D' | b'r' | b'R' | b'h' | b'H', b'>' | b' ' | b'\n', ..])
    })
}

/// Where the end tag of an element begins.
fn end_of(text: &str, name: &str) -> Option<usize> {
    let is_end = |at: &usize| {
        let found = text.as_bytes().get(at + 2..at + 2 + name.len());
        found.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    };
    text.match_indices("</").map(|(at, _)| at).find(is_end)
}
