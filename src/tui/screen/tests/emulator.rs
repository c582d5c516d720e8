//! A terminal that does what the screen sends, to be compared with what the screen takes it to show.

use super::*;

/// A terminal that understands what the screen sends, and draws ambiguous characters in one column or in two.
pub(super) struct Emulator {
    kind: Ambiguous,
    size: (usize, usize),
    cells: Vec<Vec<(String, String)>>,
    pub(super) at: (usize, usize),
    pen: String,
    pub(super) caret: bool,
    saved: Option<((usize, usize), String)>,
    region: Range<usize>,
}

impl Emulator {
    pub(super) fn new(kind: Ambiguous, size: (u16, u16)) -> Self {
        let size = (usize::from(size.0), usize::from(size.1));
        let cells = vec![vec![("?".to_owned(), String::new()); size.0]; size.1];
        Self {
            kind,
            size,
            cells,
            at: (3, 1),
            pen: "?".to_owned(),
            caret: true,
            saved: None,
            region: 0..size.1,
        }
    }

    pub(super) fn feed(&mut self, bytes: &str) {
        let mut rest = bytes;
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix("\x1b7") {
                self.saved = Some((self.at, self.pen.clone()));
                rest = after;
                continue;
            }
            if let Some(after) = rest.strip_prefix("\x1b8") {
                (self.at, self.pen) = self.saved.clone().unwrap();
                rest = after;
                continue;
            }
            if let Some(sequence) = rest.strip_prefix("\x1b[") {
                let end = sequence.find(|char| ('@'..='~').contains(&char)).unwrap();
                self.sequence(&sequence[..end], &sequence[end..=end]);
                rest = &sequence[end + 1..];
                continue;
            }
            let grapheme = rest.graphemes(true).next().unwrap();
            match grapheme {
                "\r" => self.at.0 = 0,
                "\n" => self.at.1 += 1,
                "\u{8}" => self.at.0 -= 1,
                _ => self.print(grapheme),
            }
            assert!(self.at.1 < self.size.1, "scrolled");
            rest = &rest[grapheme.len()..];
        }
    }

    fn sequence(&mut self, parameters: &str, end: &str) {
        let number =
            |nth: usize| parameters.split(';').nth(nth).and_then(|text| text.parse().ok()).unwrap_or(1);
        match end {
            "H" => self.at = (number(1) - 1, number(0) - 1),
            "A" => self.at.1 -= number(0),
            "B" => self.at.1 += number(0),
            "C" => self.at.0 += number(0),
            "D" => self.at.0 -= number(0),
            "K" => self.erase(self.at.1, self.at.0),
            "J" => (0..self.size.1).for_each(|y| self.erase(y, 0)),
            "r" => {
                let end = parameters.split(';').nth(1).map_or(self.size.1, |end| end.parse().unwrap());
                (self.region, self.at) = (number(0) - 1..end, (0, 0));
            }
            "M" | "L" => self.scroll(number(0), end == "M"),
            "@" | "P" => self.push(number(0), end == "@"),
            "m" => self.dip(parameters),
            "h" | "l" if parameters == "?25" => self.caret = end == "h",
            "h" | "l" if parameters == "?2026" => {}
            _ => panic!("{parameters}{end}"),
        }
    }

    fn scroll(&mut self, rows: usize, is_up: bool) {
        assert!(!is_drawn_on_blank(&self.pen) && self.region.contains(&self.at.1));
        let blank = vec![(" ".to_owned(), self.pen.clone()); self.size.0];
        let area = &mut self.cells[self.at.1..self.region.end];
        let freed = if is_up {
            area.rotate_left(rows);
            let kept = area.len() - rows;
            &mut area[kept..]
        } else {
            area.rotate_right(rows);
            &mut area[..rows]
        };
        freed.fill(blank);
    }

    fn push(&mut self, columns: usize, is_right: bool) {
        assert!(!is_drawn_on_blank(&self.pen));
        let (x, y) = self.at;
        let width = self.size.0;
        for edge in [x, if is_right { width - columns } else { x + columns }] {
            assert!(!self.cells[y][edge].0.is_empty(), "half of a character is moved");
        }
        let row = &mut self.cells[y][x..];
        if is_right {
            row.rotate_right(columns)
        } else {
            row.rotate_left(columns)
        };
        let freed = if is_right { 0..columns } else { row.len() - columns..row.len() };
        row[freed].fill((" ".to_owned(), self.pen.clone()));
    }

    fn erase(&mut self, y: usize, from: usize) {
        assert!(!is_drawn_on_blank(&self.pen));
        self.split(from, y);
        (from..self.size.0).for_each(|x| self.cells[y][x] = (" ".to_owned(), self.pen.clone()));
    }

    /// Keeps the pen as sorted two-digit codes, so that equal looks are equal text.
    fn dip(&mut self, parameters: &str) {
        let mut pen: Vec<String> = self.pen.split_terminator(' ').map(str::to_owned).collect();
        for code in parameters.split(';').map(|code| code.parse().unwrap_or(0)) {
            let drop = |first: u8, last: u8, pen: &mut Vec<String>| {
                pen.retain(|had| had.parse().is_ok_and(|had: u8| had < first || had > last));
            };
            match code {
                0 => pen.clear(),
                22 => drop(1, 2, &mut pen),
                24 => drop(4, 4, &mut pen),
                27 => drop(7, 7, &mut pen),
                39 => [(30, 38), (90, 97)].iter().for_each(|&(a, b)| drop(a, b, &mut pen)),
                49 => [(40, 48), (100, 107)].iter().for_each(|&(a, b)| drop(a, b, &mut pen)),
                30..=37 | 90..=97 => {
                    [(30, 38), (90, 97)].iter().for_each(|&(a, b)| drop(a, b, &mut pen));
                    pen.push(format!("{code:02}"));
                }
                40..=47 | 100..=107 => {
                    [(40, 48), (100, 107)].iter().for_each(|&(a, b)| drop(a, b, &mut pen));
                    pen.push(format!("{code:02}"));
                }
                _ => pen.push(format!("{code:02}")),
            }
        }
        pen.sort();
        pen.dedup();
        self.pen = pen.join(" ");
    }

    fn print(&mut self, grapheme: &str) {
        let (x, y) = self.at;
        let wide = grapheme_width(grapheme, self.kind);
        assert!(x + wide <= self.size.0, "{grapheme:?} printed over the edge");
        self.split(x, y);
        self.split(x + wide, y);
        self.cells[y][x] = (grapheme.to_owned(), self.pen.clone());
        (x + 1..x + wide).for_each(|x| self.cells[y][x] = (String::new(), self.pen.clone()));
        self.at.0 += wide;
    }

    /// Blanks a wide character of which one half, up to column `x` or from it, is going to be overwritten.
    fn split(&mut self, x: usize, y: usize) {
        let row = &mut self.cells[y];
        if x < row.len() && row[x].0.is_empty() {
            let first = row[..x].iter().rposition(|cell| !cell.0.is_empty()).unwrap();
            let end = (x..row.len()).find(|&x| !row[x].0.is_empty()).unwrap_or(row.len());
            row[first..end].iter_mut().for_each(|cell| cell.0 = " ".to_owned());
        }
    }

    pub(super) fn text(&self, y: usize) -> String {
        self.cells[y].iter().map(|cell| cell.0.as_str()).collect::<String>().trim_end().to_owned()
    }

    /// Asserts that this terminal shows what the screen takes it to show.
    pub(super) fn shows<W>(&self, screen: &Screen<W>) {
        for y in 0..self.size.1 {
            for x in 0..self.size.0 {
                let (cell, drawn) = (&screen.seen[(x as u16, y as u16)], &self.cells[y][x]);
                let covered = cell.symbol().is_empty() && drawn.0 == " ";
                assert!(covered || cell.symbol() == drawn.0, "({x}, {y}): {:?}, not {cell:?}", self.text(y));
                let mut pen = Emulator::new(Narrow, (1, 1));
                let mut codes = Vec::new();
                Pen::of(cell, true).select(None, &mut codes);
                pen.feed(std::str::from_utf8(&codes).unwrap());
                let seen = |pen: &str| match drawn.0 == " " && !is_drawn_on_blank(pen) {
                    true => pen.split(' ').filter(|code| code.starts_with('4') || code.len() == 3).collect(),
                    false => pen.to_owned(),
                };
                assert_eq!(seen(&drawn.1), seen(&pen.pen), "look of ({x}, {y}) {cell:?}");
            }
        }
    }
}

/// Tells whether a look has underline or reverse in it.
fn is_drawn_on_blank(pen: &str) -> bool {
    pen.split(' ').any(|code| code == "04" || code == "07")
}
