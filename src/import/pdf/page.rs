//! What stands on a page of a PDF: characters, rules and pictures, measured in whole hundredths of a point from its top
//! left corner. Says nothing of lines, paragraphs or tables.

use std::collections::{BTreeMap, BTreeSet};

use pdfplumber::{Char, Curve, Rect, TextDirection};

/// A point of type.
pub(super) const POINT: i64 = 100;

/// A rule is no thicker than this; what is thicker is a box.
const THICKEST: i64 = 4 * POINT;

/// Coordinates beyond this are no place on a page.
const FARTHEST: i64 = 20_000 * POINT;

/// A rectangle on a page.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Area {
    pub left: i64,
    pub top: i64,
    pub right: i64,
    pub bottom: i64,
}

impl Area {
    pub(super) fn width(self) -> i64 {
        self.right - self.left
    }

    pub(super) fn height(self) -> i64 {
        self.bottom - self.top
    }

    pub(super) fn middle(self) -> (i64, i64) {
        ((self.left + self.right) / 2, (self.top + self.bottom) / 2)
    }

    fn contains(self, (x, y): (i64, i64)) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    /// The smallest rectangle around both.
    pub(super) fn union(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// Which way the head of a character points.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Turn {
    /// Up, as usual.
    Upright,
    /// To the right: the text runs down.
    Right,
    /// To the left: the text runs up.
    Left,
}

/// A character where it is drawn.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub text: String,
    pub area: Area,
    pub turn: Turn,
    pub font: String,
}

impl Glyph {
    pub(super) fn is_blank(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }

    /// The size of its type.
    pub(super) fn size(&self) -> i64 {
        match self.turn {
            Turn::Upright => self.area.height(),
            Turn::Right | Turn::Left => self.area.width(),
        }
    }
}

/// A straight line along one axis, at a place on the other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Rule {
    pub at: i64,
    pub from: i64,
    pub to: i64,
}

/// What stands on a page.
#[derive(Default, Debug)]
pub(super) struct Page {
    pub number: usize,
    pub area: Area,
    pub glyphs: Vec<Glyph>,
    pub horizontal: Vec<Rule>,
    pub vertical: Vec<Rule>,
    pub pictures: Vec<Area>,
    /// How many characters stand beside the page, or aslant on it, and are no part of its text.
    pub beside: usize,
    pub aslant: usize,
    /// How many are crossed out, and left out.
    pub struck: usize,
}

impl Page {
    pub(super) fn new(number: usize, page: &pdfplumber::Page) -> Self {
        let area = Area { left: 0, top: 0, right: units(page.width()), bottom: units(page.height()) };
        let mut new = Self { number, area, ..Self::default() };
        let mut drawn = Drawn::default();
        for char in page.chars() {
            let Some(glyph) = glyph(char) else { continue };
            if is_aslant(char) {
                new.aslant += 1;
                continue;
            }
            if !area.contains(glyph.area.middle()) {
                new.beside += usize::from(!glyph.is_blank());
                continue;
            }
            if glyph.is_blank() || drawn.is_first(&glyph) {
                new.glyphs.push(glyph);
            }
        }
        for line in page.lines() {
            new.segment((line.x0, line.top), (line.x1, line.bottom));
        }
        for rect in page.rects() {
            new.rect(rect);
        }
        for curve in page.curves() {
            new.curve(curve);
        }
        let pictures = page.images().iter().map(|image| area_of(image.x0, image.top, image.x1, image.bottom));
        new.pictures.extend(pictures);
        new.leave_struck_out();
        new
    }

    /// Takes out the characters that are crossed out, and the lines through them.
    fn leave_struck_out(&mut self) {
        let mut rules = self.horizontal.clone();
        rules.sort_unstable();
        let through = |glyph: &Glyph| -> Option<Rule> {
            let Area { left, top, right, bottom } = glyph.area;
            let (height, edge) = (bottom - top, (right - left) / 4);
            // The bottom of a character is the line that it stands on: what underlines it runs below.
            let (high, low) = (top + height * 2 / 5, top + height * 17 / 20);
            let mut near = rules[rules.partition_point(|rule| rule.at < high)..].iter();
            let near = near.by_ref().take_while(|rule| rule.at <= low);
            let is_written = glyph.turn == Turn::Upright && !glyph.is_blank();
            near.filter(|_| is_written)
                .find(|rule| rule.from <= left + edge && rule.to >= right - edge)
                .copied()
        };
        let found: Vec<Option<Rule>> = self.glyphs.iter().map(through).collect();
        // A line that meets others at both of its ends is of a table.
        let meets = |rule: &Rule, end: i64| {
            let is_there = |other: &&Rule| (other.from..=other.to).contains(&rule.at);
            self.vertical.iter().filter(is_there).any(|other| (other.at - end).abs() <= THICKEST)
        };
        let mut lines: BTreeSet<Rule> = found.iter().flatten().copied().collect();
        lines.retain(|rule| !meets(rule, rule.from) || !meets(rule, rule.to));
        let before = self.glyphs.len();
        let mut found = found.iter();
        self.glyphs
            .retain(|_| !found.next().is_some_and(|rule| rule.is_some_and(|rule| lines.contains(&rule))));
        self.struck = before - self.glyphs.len();
        self.horizontal.retain(|rule| !lines.contains(rule));
    }

    /// The thin box is a rule, and so is each side of one that is drawn; a filled one is a background.
    fn rect(&mut self, rect: &Rect) {
        let area = area_of(rect.x0, rect.top, rect.x1, rect.bottom);
        if !self.thin(area) && rect.stroke {
            let Area { left, top, right, bottom } = area;
            self.horizontal.extend([top, bottom].map(|at| Rule { at, from: left, to: right }));
            self.vertical.extend([left, right].map(|at| Rule { at, from: top, to: bottom }));
        }
    }

    /// Takes a box for a rule; `false` if it is too thick for that.
    fn thin(&mut self, area: Area) -> bool {
        let (x, y) = area.middle();
        if area.height() <= THICKEST && area.height() <= area.width() {
            self.horizontal.push(Rule { at: y, from: area.left, to: area.right });
            return true;
        }
        if area.width() <= THICKEST {
            self.vertical.push(Rule { at: x, from: area.top, to: area.bottom });
            return true;
        }
        false
    }

    /// A path of several pieces: a rule with mitred ends, or straight lines in a row.
    fn curve(&mut self, curve: &Curve) {
        if self.thin(area_of(curve.x0, curve.top, curve.x1, curve.bottom)) || !curve.stroke {
            return;
        }
        for pair in curve.pts.windows(2) {
            self.segment(pair[0], pair[1]);
        }
    }

    fn segment(&mut self, one: (f64, f64), other: (f64, f64)) {
        self.thin(area_of(one.0, one.1, other.0, other.1));
    }
}

/// The characters that have been drawn, by squares of about the size in which an equal one is the same.
#[derive(Default)]
struct Drawn(BTreeMap<Square, Vec<(i64, i64)>>);

/// A character, the side of a square, and which of these it is, from the left and from above.
type Square = (String, i64, i64, i64);

impl Drawn {
    /// Whether a character is not one that has been drawn, once more and a little apart, as bold is imitated; remembers
    /// it. A little is less than half of how far it moves on: two equal characters side by side are two, however small.
    fn is_first(&mut self, glyph: &Glyph) -> bool {
        let advance = match glyph.turn {
            Turn::Upright => glyph.area.width(),
            Turn::Right | Turn::Left => glyph.area.height(),
        };
        let apart = (advance * 2 / 5).min(2 * POINT);
        let side = (0..12).map(|power| 1 << power).find(|side| *side > apart).unwrap_or(1 << 12);
        let (x, y) = (glyph.area.left, glyph.area.top);
        let square = (x.div_euclid(side), y.div_euclid(side));
        let mut key = (glyph.text.clone(), side, 0, 0);
        for (column, row) in (-1..=1).flat_map(|column| (-1..=1).map(move |row| (column, row))) {
            (key.2, key.3) = (square.0 + column, square.1 + row);
            let is_same = |(left, top): &(i64, i64)| (left - x).abs() <= apart && (top - y).abs() <= apart;
            if self.0.get(&key).is_some_and(|places| places.iter().any(is_same)) {
                return false;
            }
        }
        (key.2, key.3) = square;
        self.0.entry(key).or_default().push((x, y));
        true
    }
}

/// Whether a character stands neither upright nor on its side, as those of watermarks do.
fn is_aslant(char: &Char) -> bool {
    let [across, down] = [char.ctm[0], char.ctm[1]].map(units).map(i64::abs);
    across.min(down) * 10 > across.max(down)
}

/// A character; `None` for one that draws nothing.
fn glyph(char: &Char) -> Option<Glyph> {
    let area = area_of(char.bbox.x0, char.bbox.top, char.bbox.x1, char.bbox.bottom);
    let turn = match char.direction {
        _ if char.upright => Turn::Upright,
        TextDirection::Btt => Turn::Left,
        _ => Turn::Right,
    };
    let text = plain(&char.text);
    (!text.is_empty()).then(|| Glyph { text, area, turn, font: char.fontname.clone() })
}

/// The text of a character: radicals as the characters that they look like; what has no code as U+FFFD.
fn plain(text: &str) -> String {
    if text.starts_with("(cid:") {
        return char::REPLACEMENT_CHARACTER.to_string();
    }
    text.chars().map(|c| if c.is_whitespace() && c != '\u{3000}' { ' ' } else { unified(c) }).collect()
}

/// Fonts name some characters by the radical that looks the same, so that 一 comes out as U+2F00.
fn unified(c: char) -> char {
    const RADICALS: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨青非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";
    // Radicals of which Unicode itself does not say which character they look like.
    const SIMPLIFIED: &str = "⺁厂⺝月⺟母⺠民⺮竹⺶羊⺷羊⻁虎⻄西⻅见⻆角⻉贝⻋车⻐钅⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟";
    match c {
        '\u{2f00}'..='\u{2fd5}' => {
            let index = (u32::from(c) - 0x2f00) as usize;
            RADICALS.chars().nth(index).unwrap_or(c)
        }
        '\u{2e80}'..='\u{2eff}' => SIMPLIFIED.chars().skip_while(|radical| *radical != c).nth(1).unwrap_or(c),
        _ => c,
    }
}

fn area_of(x0: f64, y0: f64, x1: f64, y1: f64) -> Area {
    let (x0, y0, x1, y1) = (units(x0), units(y0), units(x1), units(y1));
    Area { left: x0.min(x1), top: y0.min(y1), right: x0.max(x1), bottom: y0.max(y1) }
}

/// Points in whole hundredths.
#[expect(
    clippy::float_arithmetic,
    reason = "the parser measures in floats; everything behind it in whole numbers"
)]
fn units(points: f64) -> i64 {
    ((points * 100.0).round() as i64).clamp(-FARTHEST, FARTHEST)
}
