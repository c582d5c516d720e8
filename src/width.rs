//! The display width of text: the one place that knows how many columns a terminal gives a character.
//!
//! Terminals agree on ASCII and on Han. They do not agree on the East Asian Ambiguous characters (“ ” … — · ①),
//! which take one column in most terminals and two in some that Chinese offices use; [`Ambiguous`] says which kind
//! this one is. All lengths here are of the text as it is drawn, that is after [`drawn`].
//!
//! It does not ask the terminal anything (see `tui::terminal`), does not style, and never changes stored text.

mod graphemes;
mod shown;
mod wrap;

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

pub use graphemes::{LONGEST, graphemes};
pub use shown::{is_ordinary, shown};
pub use wrap::{lead, wrap, wrap_indented, wrap_measured};

/// Says how wide the terminal draws East Asian Ambiguous characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ambiguous {
    /// One column, as most terminals do.
    Narrow,
    /// Two columns: PuTTY with its CJK option, xterm -cjk_width, old Windows consoles.
    Wide,
    /// Not known: the frequent ones are drawn as substitutes that look alike and have one width everywhere,
    /// the others get two columns and are drawn in a way that holds on both kinds of terminal.
    #[default]
    Safe,
}

/// Measures text as it would be drawn, in columns.
pub fn width(text: &str, ambiguous: Ambiguous) -> usize {
    width_of_ordinary(text, ambiguous).unwrap_or_else(|| columns_of(&drawn(text, ambiguous), ambiguous))
}

/// The same, if every character is one of those that nearly all text is of: each is drawn by itself, in columns known here.
fn width_of_ordinary(text: &str, ambiguous: Ambiguous) -> Option<usize> {
    let quote = if ambiguous == Ambiguous::Narrow { 1 } else { 2 };
    let column = |char| match char {
        ' '..='~' => Some(1),
        '“'..='”' => Some(quote),
        _ => is_ordinary(char).then_some(2),
    };
    text.chars().map(column).sum()
}

/// Gives the text as it is put on a screen: sanitized by [`shown`] and, in [`Ambiguous::Safe`], with substitutes.
pub fn drawn(text: &str, ambiguous: Ambiguous) -> Cow<'_, str> {
    let text = shown(text);
    if ambiguous != Ambiguous::Safe || !text.chars().any(|char| substitute(char).is_some()) {
        return text;
    }
    let mut result = String::with_capacity(text.len());
    for char in text.chars() {
        match substitute(char) {
            Some(substitute) => result.push_str(substitute),
            None => result.push(char),
        }
    }
    Cow::Owned(result)
}

/// Measures one grapheme that has gone through [`drawn`] already.
pub fn grapheme_width(grapheme: &str, ambiguous: Ambiguous) -> usize {
    if is_plain(grapheme) {
        return grapheme.len();
    }
    let mut chars = grapheme.chars();
    if let (Some('\u{3400}'..='\u{9fff}'), None) = (chars.next(), chars.next()) {
        return 2;
    }
    match ambiguous {
        Ambiguous::Narrow => grapheme.width(),
        Ambiguous::Wide | Ambiguous::Safe => width_where_wide(grapheme),
    }
}

/// Tells whether every terminal of this kind draws this grapheme in the columns that [`grapheme_width`] says.
pub fn is_certain(grapheme: &str, ambiguous: Ambiguous) -> bool {
    if is_plain(grapheme) {
        return true;
    }
    let mut chars = grapheme.chars();
    let (Some(char), None) = (chars.next(), chars.next()) else {
        // Terminals disagree on combining sequences, flags and emoji with modifiers.
        return false;
    };
    let disputed = match char {
        '\u{4dc0}'..='\u{4dff}' | '\u{e000}'..='\u{f8ff}' | '\u{1f000}'..='\u{1ffff}' => true,
        '\u{2190}'..='\u{2bff}' => grapheme.width() == 2,
        _ => false,
    };
    let varies = match ambiguous {
        Ambiguous::Narrow => false,
        Ambiguous::Wide => is_ambiguous_letter(char),
        Ambiguous::Safe => grapheme.width() != width_where_wide(grapheme),
    };
    !disputed && !varies
}

/// Cuts or pads the text with spaces on the right, to exactly `columns`; what is cut off shows as `..`.
pub fn fit(text: &str, columns: usize, ambiguous: Ambiguous) -> String {
    let (mut text, used) = cut(text, columns, ambiguous);
    text.extend(std::iter::repeat_n(' ', columns - used));
    text
}

/// Cuts or pads the text with spaces on the left, to exactly `columns`, for numbers; what is cut off shows as `..`.
pub fn pad_left(text: &str, columns: usize, ambiguous: Ambiguous) -> String {
    let (text, used) = cut(text, columns, ambiguous);
    " ".repeat(columns - used) + &text
}

/// Gives the text as drawn within `columns`, and the columns it takes.
fn cut(text: &str, columns: usize, ambiguous: Ambiguous) -> (String, usize) {
    let text = drawn(text, ambiguous);
    let whole = columns_of(&text, ambiguous);
    if whole <= columns {
        return (text.into_owned(), whole);
    }
    let dots = columns.min(2);
    let (mut kept, mut used) = (String::new(), 0);
    for (_, grapheme) in graphemes(&text) {
        let wide = grapheme_width(grapheme, ambiguous);
        if used + wide > columns - dots {
            break;
        }
        kept.push_str(grapheme);
        used += wide;
    }
    kept.push_str(&".."[..dots]);
    (kept, used + dots)
}

fn columns_of(drawn: &str, ambiguous: Ambiguous) -> usize {
    graphemes(drawn).map(|(_, grapheme)| grapheme_width(grapheme, ambiguous)).sum()
}

/// Tells whether the text is printable ASCII, the common and cheap case.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

fn width_where_wide(grapheme: &str) -> usize {
    match grapheme.chars().next() {
        Some(char) if is_ambiguous_letter(char) => 2,
        // unicode-width widens these although they are not Ambiguous, and no terminal does.
        Some('\u{24ea}' | '\u{2780}'..='\u{2793}') => grapheme.width(),
        _ => grapheme.width_cjk(),
    }
}

/// Tells whether this is a letter of the class Ambiguous, which unicode-width leaves narrow in every context.
fn is_ambiguous_letter(char: char) -> bool {
    let after = AMBIGUOUS_LETTERS.partition_point(|&(first, _)| first <= char);
    after > 0 && char <= AMBIGUOUS_LETTERS[after - 1].1
}

/// The letters and modifier symbols of EastAsianWidth.txt's class A, without those that unicode-width widens.
const AMBIGUOUS_LETTERS: [(char, char); 61] = [
    ('\u{a8}', '\u{a8}'),
    ('\u{aa}', '\u{aa}'),
    ('\u{b4}', '\u{b4}'),
    ('\u{b8}', '\u{b8}'),
    ('\u{ba}', '\u{ba}'),
    ('\u{c6}', '\u{c6}'),
    ('\u{d0}', '\u{d0}'),
    ('\u{d8}', '\u{d8}'),
    ('\u{de}', '\u{e1}'),
    ('\u{e6}', '\u{e6}'),
    ('\u{e8}', '\u{ea}'),
    ('\u{ec}', '\u{ed}'),
    ('\u{f0}', '\u{f0}'),
    ('\u{f2}', '\u{f3}'),
    ('\u{f8}', '\u{fa}'),
    ('\u{fc}', '\u{fc}'),
    ('\u{fe}', '\u{fe}'),
    ('\u{101}', '\u{101}'),
    ('\u{111}', '\u{111}'),
    ('\u{113}', '\u{113}'),
    ('\u{11b}', '\u{11b}'),
    ('\u{126}', '\u{127}'),
    ('\u{12b}', '\u{12b}'),
    ('\u{131}', '\u{133}'),
    ('\u{138}', '\u{138}'),
    ('\u{13f}', '\u{142}'),
    ('\u{144}', '\u{144}'),
    ('\u{148}', '\u{14b}'),
    ('\u{14d}', '\u{14d}'),
    ('\u{152}', '\u{153}'),
    ('\u{166}', '\u{167}'),
    ('\u{16b}', '\u{16b}'),
    ('\u{1ce}', '\u{1ce}'),
    ('\u{1d0}', '\u{1d0}'),
    ('\u{1d2}', '\u{1d2}'),
    ('\u{1d4}', '\u{1d4}'),
    ('\u{1d6}', '\u{1d6}'),
    ('\u{1d8}', '\u{1d8}'),
    ('\u{1da}', '\u{1da}'),
    ('\u{1dc}', '\u{1dc}'),
    ('\u{251}', '\u{251}'),
    ('\u{261}', '\u{261}'),
    ('\u{2c4}', '\u{2c4}'),
    ('\u{2c7}', '\u{2c7}'),
    ('\u{2c9}', '\u{2cb}'),
    ('\u{2cd}', '\u{2cd}'),
    ('\u{2d0}', '\u{2d0}'),
    ('\u{2d8}', '\u{2db}'),
    ('\u{2dd}', '\u{2dd}'),
    ('\u{2df}', '\u{2df}'),
    ('\u{391}', '\u{3a1}'),
    ('\u{3a3}', '\u{3a9}'),
    ('\u{3b1}', '\u{3c1}'),
    ('\u{3c3}', '\u{3c9}'),
    ('\u{401}', '\u{401}'),
    ('\u{410}', '\u{44f}'),
    ('\u{451}', '\u{451}'),
    ('\u{207f}', '\u{207f}'),
    ('\u{2113}', '\u{2113}'),
    ('\u{2126}', '\u{2126}'),
    ('\u{212b}', '\u{212b}'),
];

/// Gives what stands for a frequent ambiguous character where its width is not known.
fn substitute(char: char) -> Option<&'static str> {
    const NUMBERED: [&str; 20] = [
        "(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)", "(11)", "(12)", "(13)",
        "(14)", "(15)", "(16)", "(17)", "(18)", "(19)", "(20)",
    ];
    const DOTTED: [&str; 20] = [
        "1.", "2.", "3.", "4.", "5.", "6.", "7.", "8.", "9.", "10.", "11.", "12.", "13.", "14.", "15.",
        "16.", "17.", "18.", "19.", "20.",
    ];
    const ROMAN: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    let nth = |first: char| (char as usize) - (first as usize);
    Some(match char {
        '“' | '”' => "＂",
        '‘' | '’' => "＇",
        '…' => "．．",
        '—' | '―' => "－",
        '–' => "-",
        '·' => "・",
        '×' => "x",
        '÷' => "/",
        '±' => "+-",
        '→' => "->",
        '←' => "<-",
        '≤' => "<=",
        '≥' => ">=",
        '≠' => "!=",
        '①'..='⑳' => NUMBERED[nth('①')],
        '⑴'..='⒇' => NUMBERED[nth('⑴')],
        '⒈'..='⒛' => DOTTED[nth('⒈')],
        'Ⅰ'..='Ⅻ' => ROMAN[nth('Ⅰ')],
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
