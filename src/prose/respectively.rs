//! Names first, numbers after: 予以公开、部分公开、不予公开的分别为34件、6件、3件.
//!
//! Read only where there are as many numbers as names; anything else claims nothing.

use super::claim::Claim;
use super::figure::Figure;
use super::lex::{Mark, Token};
use super::lexicon::Word;
use super::reader::Reader;
use super::subject;

/// Reads the claims of the list that 分别 at `at` pairs with the numbers behind it.
pub(super) fn read(reader: &mut Reader<'_>, tokens: &[Token], at: usize) {
    let names = names(tokens, at);
    let figures = figures(&tokens[at + 1..]);
    if names.len() < 2 || names.len() != figures.len() {
        return;
    }
    for (name, figure) in names.iter().zip(figures) {
        let Some(subject) = subject::of_name(reader, tokens, name, figure).filter(|_| figure.is_exact) else {
            continue;
        };
        reader.add(Claim {
            range: figure.number.start..figure.end,
            number: Some(figure.number.clone()),
            is_denial: false,
            value: figure.value.trimmed(),
            time: reader.time(),
            scope: reader.scope(&subject),
            subject,
        });
    }
}

/// The names in the clause before 分别, each with the words that lead to it.
fn names(tokens: &[Token], at: usize) -> Vec<Vec<&Token>> {
    let mut names: Vec<Vec<&Token>> = vec![Vec::new()];
    for token in subject::clause_before(tokens, at) {
        if token.figure().is_some() {
            return Vec::new();
        }
        let Some(name) = names.last_mut() else { continue };
        name.push(token);
        let is_name = matches!(
            token.word(),
            Some(
                Word::Outcome(_)
                    | Word::Reason(_)
                    | Word::Applicant(_)
                    | Word::Dispute(_)
                    | Word::Verdict(_)
                    | Word::Receive { .. }
                    | Word::Conclude
                    | Word::Deed(_)
                    | Word::Decision(_)
            )
        );
        if is_name {
            names.push(Vec::new());
        }
    }
    names.pop();
    names
}

/// The numbers behind 分别, joined by 、 and 和.
fn figures(tokens: &[Token]) -> Vec<&Figure> {
    let goes_on = |token: &&Token| {
        token.figure().is_some() || token.is(Mark::Pause) || token.word() == Some(Word::Filler)
    };
    tokens.iter().take_while(goes_on).filter_map(Token::figure).collect()
}
