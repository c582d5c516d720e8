//! Where pairs of characters stand in a text.

/// What stands for a character where there is none.
pub(super) const NONE: char = '\0';

/// Two characters as one number.
pub(super) const fn pair([first, second]: [char; 2]) -> usize {
    first as usize * 61 + second as usize
}

/// Where each pair of neighbouring characters stands in a text: a list of words is found by them without going through
/// the text.
#[derive(Debug)]
pub struct Pairs {
    /// The last character of each bucket of pairs, by its number and one more; 0 for none.
    lasts: Vec<u32>,
    /// For each character the one of its bucket before it, in the same way.
    befores: Vec<u32>,
}

impl Pairs {
    /// The pairs of these characters.
    pub fn new(chars: &[(usize, char)]) -> Self {
        // With most of them empty few pairs are looked for in vain.
        let buckets = 4 * chars.len().next_power_of_two();
        let (mut lasts, mut befores) = (vec![0; buckets], vec![0; chars.len()]);
        // No text that is read has more characters.
        for (number, (before, two)) in (1_u32..).zip(befores.iter_mut().zip(chars.windows(2))) {
            let bucket = pair([two[0].1, two[1].1]) & (buckets - 1);
            *before = std::mem::replace(&mut lasts[bucket], number);
        }
        Self { lasts, befores }
    }

    /// Where two characters stand side by side, by the number of the first, from the last to the first.
    pub fn of<'a>(&'a self, head: [char; 2], chars: &'a [(usize, char)]) -> impl Iterator<Item = usize> + 'a {
        // There are a power of two of buckets: no division is needed for any word that is looked for.
        let mut next = self.lasts[pair(head) & (self.lasts.len() - 1)];
        let bucket = std::iter::from_fn(move || {
            let this = usize::try_from(next.checked_sub(1)?).ok()?;
            next = self.befores[this];
            Some(this)
        });
        bucket.filter(move |&nth| {
            chars[nth].1 == head[0] && chars.get(nth + 1).is_some_and(|(_, c)| *c == head[1])
        })
    }
}
