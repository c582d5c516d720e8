//! Lists of words, looked for at the beginning or the end of a text: many words cost hardly more than one, at every
//! character of every text.

use super::pairs::{NONE, Pairs, pair};

/// Characters that are looked for in a text.
#[derive(Debug)]
pub struct Chars {
    filter: Filter,
    chars: &'static [char],
}

impl Chars {
    /// The characters that are given.
    pub const fn new(chars: &'static [char]) -> Self {
        Self { filter: Filter::of(chars), chars }
    }

    /// Whether a character is one of them.
    #[inline]
    pub fn has(&self, c: char) -> bool {
        self.filter.may_have(c) && self.chars.contains(&c)
    }

    /// What tells most other characters from them.
    pub const fn filter(&self) -> &Filter {
        &self.filter
    }
}

/// Characters, by the last bits of their numbers: most others are known not to be among them by one look.
#[derive(Debug)]
pub struct Filter([u64; BITS / 64]);

const BITS: usize = 4096;

impl Filter {
    const fn of(chars: &[char]) -> Self {
        let mut filter = Self([0; BITS / 64]);
        let mut nth = 0;
        while nth < chars.len() {
            filter.add(chars[nth] as usize);
            nth += 1;
        }
        filter
    }

    const fn add(&mut self, code: usize) {
        self.0[code % BITS / 64] |= 1 << (code % 64);
    }

    /// Whether a character may be one of them; what may not, is none.
    #[inline]
    pub const fn may_have(&self, c: char) -> bool {
        let code = c as usize;
        self.0[code % BITS / 64] >> (code % 64) & 1 == 1
    }

    /// The characters of several filters.
    pub fn all(filters: &[&Self]) -> Self {
        Self(std::array::from_fn(|at| filters.iter().fold(0, |bits, filter| bits | filter.0[at])))
    }
}

/// Words with what they mean, found at the beginning of a text.
#[derive(Debug)]
pub struct Words<T> {
    /// What tells most characters from the words of one.
    singles: Filter,
    /// What tells most pairs of characters from those that the words begin with: a power of two of bits, by the last bits of
    /// [`pair`].
    pairs: Vec<u64>,
    /// These pairs, each once; before them the words of one character.
    heads: Vec<[char; 2]>,
    /// How many words there are of one character.
    alone: usize,
    /// The words, bucket by bucket, in each the longest first.
    words: Vec<Entry<T>>,
    /// Where each bucket begins.
    begins: [u16; BUCKETS + 1],
}

/// A word, taken apart.
#[derive(Debug)]
struct Entry<T> {
    head: Head,
    rest: &'static str,
    word: &'static str,
    meaning: T,
}

/// Up to three characters that a word or a text begins with, filled up with noughts: nearly all words are told from a text
/// by them.
type Head = [char; 3];

const BUCKETS: usize = 1024;

/// Bits for each pair of characters that words begin with: one in so many others is looked at in vain.
const BITS_OF_A_PAIR: usize = 32;

impl<T: Copy> Words<T> {
    /// Words by what they mean; an empty one is none.
    pub fn new(words: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        let entry = |(word, meaning): (&'static str, T)| {
            let mut chars = word.chars();
            let head = std::array::from_fn(|_| chars.next().unwrap_or(NONE));
            (!word.is_empty()).then_some(Entry { head, rest: chars.as_str(), word, meaning })
        };
        let mut words: Vec<Entry<T>> = words.into_iter().filter_map(entry).collect();
        let bucket = |entry: &Entry<T>| pair([entry.head[0], entry.head[1]]) % BUCKETS;
        words.sort_by_key(|entry| (bucket(entry), std::cmp::Reverse(entry.word.len())));
        let before = |nth| words.partition_point(|entry| bucket(entry) < nth);
        let begins = std::array::from_fn(|nth| u16::try_from(before(nth)).unwrap_or(u16::MAX));
        let mut heads: Vec<[char; 2]> =
            words.iter().map(|Entry { head: [one, two, _], .. }| [*one, *two]).collect();
        heads.sort_unstable_by_key(|[first, second]| (*second, *first));
        heads.dedup();
        let alone = heads.partition_point(|[_, second]| *second == NONE);
        let singles = Filter::of(&heads[..alone].iter().map(|[first, _]| *first).collect::<Vec<_>>());
        let mut pairs = vec![0; (heads.len() * BITS_OF_A_PAIR / 64).next_power_of_two()];
        let last = pairs.len() - 1;
        for code in heads[alone..].iter().map(|head| pair(*head)) {
            pairs[(code / 64) & last] |= 1 << (code % 64);
        }
        Self { singles, pairs, heads, alone, words, begins }
    }

    /// What tells most characters from the words of one.
    pub const fn singles(&self) -> &Filter {
        &self.singles
    }

    /// Whether two characters may begin a word of two or more.
    #[inline]
    pub fn may_have(&self, two: [char; 2]) -> bool {
        let code = pair(two);
        self.pairs[(code / 64) & (self.pairs.len() - 1)] >> (code % 64) & 1 == 1
    }

    /// The longest word that a text begins with.
    pub fn beginning(&self, text: &str) -> Option<(&'static str, T)> {
        let mut chars = text.chars();
        let mut next = || chars.next().unwrap_or(NONE);
        let (first, second) = (next(), next());
        if !self.may_have([first, second]) && !self.singles.may_have(first) {
            return None;
        }
        let head = [first, second, next()];
        self.longest(head, || chars.as_str())
    }

    /// The same where the characters of a text are known: the longest word that it has where `chars` begin.
    pub fn at(&self, text: &str, chars: &[(usize, char)]) -> Option<(&'static str, T)> {
        let char = |nth: usize| chars.get(nth).map_or(NONE, |(_, c)| *c);
        let (first, second) = (char(0), char(1));
        if !self.may_have([first, second]) && !self.singles.may_have(first) {
            return None;
        }
        self.longest([first, second, char(2)], || chars.get(3).map_or("", |(at, _)| &text[*at..]))
    }

    /// The longest word that begins with these characters, which `rest` follows.
    fn longest<'t>(&self, head: Head, rest: impl Fn() -> &'t str) -> Option<(&'static str, T)> {
        let [first, second, third] = head;
        let goes_on = |entry: &Entry<T>| match entry.head[2] {
            NONE => true,
            next => next == third && (entry.rest.is_empty() || rest().starts_with(entry.rest)),
        };
        let mut two = self.bucket([first, second]).iter();
        let found = two.find(|entry| entry.head[0] == first && entry.head[1] == second && goes_on(entry));
        let alone = || self.bucket([first, NONE]).iter().find(|entry| entry.head == [first, NONE, NONE]);
        let found = found.or_else(|| self.singles.may_have(first).then(alone)?);
        found.map(|entry| (entry.word, entry.meaning))
    }

    /// The words that begin with two characters, among others.
    fn bucket(&self, two: [char; 2]) -> &[Entry<T>] {
        let bucket = pair(two) % BUCKETS;
        &self.words[usize::from(self.begins[bucket])..usize::from(self.begins[bucket + 1])]
    }

    /// Where such words stand in a text of these characters, one behind the other.
    pub fn among<'a>(
        &'a self,
        text: &'a str,
        chars: &'a [(usize, char)],
        pairs: &'a Pairs,
    ) -> impl Iterator<Item = (usize, &'static str, T)> + 'a {
        let mut end = 0;
        self.begins(chars, pairs).into_iter().filter_map(move |nth| {
            let at = chars[nth].0;
            if at < end {
                return None;
            }
            let (word, meaning) = self.at(text, &chars[nth..])?;
            end = at + word.len();
            Some((at, word, meaning))
        })
    }

    /// The characters, by their numbers, that such words begin at, in order.
    pub fn everywhere(&self, text: &str, chars: &[(usize, char)], pairs: &Pairs) -> Vec<usize> {
        let mut begins = self.begins(chars, pairs);
        begins.retain(|nth| self.at(text, &chars[*nth..]).is_some());
        begins
    }

    /// The characters, by their numbers, that the first two of a word begin at.
    fn begins(&self, chars: &[(usize, char)], pairs: &Pairs) -> Vec<usize> {
        let (alone, heads) = self.heads.split_at(self.alone);
        let mut begins = Vec::new();
        // An iterator over iterators is not inlined, and every list of words is looked for in every section.
        for head in heads {
            for nth in pairs.of(*head, chars) {
                begins.push(nth);
            }
        }
        if !alone.is_empty() {
            let is_alone = |c: char| alone.iter().any(|head| head[0] == c);
            begins.extend((0..chars.len()).filter(|nth| is_alone(chars[*nth].1)));
        }
        begins.sort_unstable();
        begins.dedup();
        begins
    }
}

impl Words<()> {
    /// Words that mean one thing.
    pub fn of(words: &[&'static str]) -> Self {
        Self::new(words.iter().map(|word| (*word, ())))
    }
}

/// Words found at the end of a text.
#[derive(Debug)]
pub struct Ends {
    lasts: Filter,
    words: &'static [&'static str],
}

impl Ends {
    /// The words, in the order in which they are looked for.
    pub const fn new(words: &'static [&'static str]) -> Self {
        let mut lasts = Filter::of(&[]);
        let mut nth = 0;
        while nth < words.len() {
            lasts.add(last_bits(words[nth].as_bytes()));
            nth += 1;
        }
        Self { lasts, words }
    }

    /// Whether one of the words may end with a character; where none may, none ends a text that does.
    #[inline]
    pub const fn may_end(&self, last: char) -> bool {
        self.lasts.may_have(last)
    }

    /// The first of the words that a text ends with.
    pub fn end(&self, text: &str) -> Option<&'static str> {
        let last = text.chars().next_back()?;
        if !self.lasts.may_have(last) {
            return None;
        }
        // Hardly a word ends with the same byte and not with the same character.
        let byte = text.as_bytes().last();
        self.words.iter().copied().find(|word| word.as_bytes().last() == byte && text.ends_with(word))
    }

    /// Whether a text ends with one of the words.
    pub fn are_at_end(&self, text: &str) -> bool {
        self.end(text).is_some()
    }
}

/// The last bits, as many as [`Filter`] looks at, of the last character of a word.
const fn last_bits(word: &[u8]) -> usize {
    assert!(!word.is_empty(), "an empty word ends every text");
    let (mut at, mut code, mut shift) = (word.len() - 1, 0, 0);
    while word[at] & 0xC0 == 0x80 {
        code |= (word[at] as usize & 0x3F) << shift;
        shift += 6;
        at -= 1;
    }
    let lead = match shift {
        0 => word[at] as usize,
        6 => word[at] as usize & 0x1F,
        _ => word[at] as usize & 0x0F,
    };
    (code | lead << shift) % BITS
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_longest_word_is_found_wherever_it_begins() {
        let words = Words::new([("收", 1), ("收到", 2), ("", 3), ("到期", 4), ("ab", 5)]);
        assert_eq!(words.beginning("收到期"), Some(("收到", 2)));
        assert_eq!(words.beginning("收"), Some(("收", 1)));
        assert_eq!((words.beginning(""), words.beginning("未收到")), (None, None));
        let text = "未收到期xab";
        let chars: Vec<_> = text.char_indices().collect();
        let found: Vec<_> = words.among(text, &chars, &Pairs::new(&chars)).collect();
        assert_eq!(found, [(3, "收到", 2), (13, "ab", 5)]);
    }

    #[test]
    fn words_of_one_character_two_and_more_are_told_apart() {
        let words = Words::of(&["公", "公开", "公开信息条例", "公文"]);
        let longest = |text| words.beginning(text).map(|(word, ())| word);
        assert_eq!(longest("公开信息条例实施"), Some("公开信息条例"));
        assert_eq!(longest("公开信息条"), Some("公开"));
        assert_eq!(longest("公告"), Some("公"));
    }

    proptest! {
        /// Few characters, so that words begin alike, are parts of each other and meet in the filters and buckets.
        #[test]
        fn whatever_the_words_the_longest_is_found(
            words in proptest::collection::vec("[收到公开a\u{7536}]{1,5}", 1..40),
            text in "[收到公开\u{0}a\u{7536}]{0,12}",
        ) {
            let words: Vec<&'static str> = words.into_iter().map(|word| &*word.leak()).collect();
            let known = Words::of(&words);
            let chars: Vec<_> = text.char_indices().collect();
            let mut end = 0;
            let one_by_one = chars.iter().enumerate().filter_map(|(nth, &(at, _))| {
                let (word, ()) = known.at(&text, &chars[nth..]).filter(|_| at >= end)?;
                end = at + word.len();
                Some((at, word, ()))
            });
            let among: Vec<_> = known.among(&text, &chars, &Pairs::new(&chars)).collect();
            prop_assert_eq!(among, one_by_one.collect::<Vec<_>>());
            for nth in 0..chars.len() {
                let rest = &text[chars[nth].0..];
                let longest = words.iter().copied().filter(|word| rest.starts_with(word)).max_by_key(|word| word.len());
                prop_assert_eq!(known.beginning(rest).map(|found| found.0), longest);
                prop_assert_eq!(known.at(&text, &chars[nth..]).map(|found| found.0), longest);
            }
        }
    }

    #[test]
    fn the_first_word_that_a_text_ends_with_is_found() {
        static ENDS: Ends = Ends::new(&["人民政府", "政府", "局", "é", "x", "😀", "①"]);
        assert_eq!(ENDS.end("云溪镇人民政府"), Some("人民政府"));
        assert_eq!(ENDS.end("镇政府"), Some("政府"));
        assert_eq!((ENDS.end("局里"), ENDS.end("府"), ENDS.end("")), (None, None, None));
        assert!(["é", "ax", "好😀", "①"].into_iter().all(|text| ENDS.are_at_end(text)));
    }

    #[test]
    fn characters_are_told_from_others_with_the_same_bits() {
        static CHARS: Chars = Chars::new(&['件', '条']);
        let twin = char::from_u32('件' as u32 + 4096).unwrap();
        assert!(CHARS.has('件') && CHARS.has('条') && !CHARS.has('份') && !CHARS.has(twin));
        let filter = Filter::all(&[CHARS.filter(), &Filter::of(&['a'])]);
        assert!(['件', '条', 'a', twin].into_iter().all(|c| filter.may_have(c)));
        assert!(!['份', 'b', ' ', '，'].into_iter().any(|c| filter.may_have(c)));
    }
}
