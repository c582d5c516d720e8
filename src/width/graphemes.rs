//! A text by what is seen as one character.

use unicode_segmentation::UnicodeSegmentation;

use super::is_ordinary;

/// The most bytes of what is seen as one character: any character with its marks.
pub const LONGEST: usize = 16;

/// The graphemes of a text with where they begin, in bytes, as Unicode has them; one of more than [`LONGEST`] bytes, as a letter
/// under a heap of accents, comes in pieces, each measured and drawn for itself. Nearly all text is of characters that settle on
/// no other, which needs no looking up.
pub fn graphemes(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        let mut chars = rest.chars();
        let first = chars.next()?;
        let len = match chars.next() {
            _ if !is_ordinary(first) => None,
            None => Some(first.len_utf8()),
            Some(next) => is_ordinary(next).then(|| first.len_utf8()),
        };
        let grapheme = len.map_or_else(|| rest.graphemes(true).next(), |len| rest.get(..len))?;
        let grapheme = &grapheme[..grapheme.floor_char_boundary(LONGEST)];
        let begin = at;
        at += grapheme.len();
        Some((begin, grapheme))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn they_are_those_of_unicode(text in "([ -~“”、】一-龥！～]|[\u{0}-\u{20}]|[\u{300}-\u{310}]|\u{200d}|\u{fe0f}|👍|🏽|🇨|🇳|각|ᄀ|\u{600}|क|\u{94d})*") {
            let ours: Vec<(usize, &str)> = graphemes(&text).collect();
            prop_assert!(ours.iter().all(|(_, grapheme)| (1..=LONGEST).contains(&grapheme.len())), "{ours:?}");
            // A piece of a long one goes on where the one before it ends.
            let is_piece = |at: usize| text.grapheme_indices(true).all(|(begin, _)| begin != at);
            let whole = ours.chunk_by(|_, (at, _)| is_piece(*at)).map(|pieces| {
                (pieces[0].0, pieces.iter().map(|(_, piece)| *piece).collect::<String>())
            });
            let theirs = text.grapheme_indices(true).map(|(at, grapheme)| (at, grapheme.to_owned()));
            prop_assert_eq!(whole.collect::<Vec<_>>(), theirs.collect::<Vec<_>>());
        }
    }
}
