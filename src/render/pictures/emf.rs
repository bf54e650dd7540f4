//! EMF: a picture as Word, LibreOffice and spreadsheets draw it themselves, sharp at every size, without a bitmap.
//!
//! The records are those of [MS-EMF], Enhanced Metafile Format, Microsoft, section 2.3. Word shows SVG only beside a bitmap,
//! and a bitmap would have to be drawn with letters of a font that we do not carry; a metafile names the font and is drawn
//! where it is read.

use unicode_width::UnicodeWidthChar;

use super::drawn::{Anchor, Drawn, Set, Shape};

/// Points of the device on an inch: a unit of the canvas is 1/96 inch, a point a tenth of it.
const INCH: i32 = 960;
/// The height of letters, in points of the device.
const LETTERS: i32 = 120;
/// The thin line around rectangles, and its colour.
const FRAME: (i32, &str) = (6, "#767676");

/// Types of records.
mod kind {
    pub(super) const HEADER: u32 = 1;
    pub(super) const POLYLINE: u32 = 4;
    pub(super) const EOF: u32 = 14;
    pub(super) const SET_BK_MODE: u32 = 18;
    pub(super) const SET_TEXT_ALIGN: u32 = 22;
    pub(super) const SET_TEXT_COLOR: u32 = 24;
    pub(super) const SELECT_OBJECT: u32 = 37;
    pub(super) const CREATE_PEN: u32 = 38;
    pub(super) const CREATE_BRUSH: u32 = 39;
    pub(super) const DELETE_OBJECT: u32 = 40;
    pub(super) const ELLIPSE: u32 = 42;
    pub(super) const RECTANGLE: u32 = 43;
    pub(super) const FONT: u32 = 82;
    pub(super) const TEXT: u32 = 84;
}

/// Objects that every device has.
const NO_BRUSH: u32 = 0x8000_0005;
const NO_PEN: u32 = 0x8000_0008;
/// Numbers of the objects of this picture: its fonts stay, a pen and a brush are made anew where they change.
const FONTS: [(u32, Set); 3] = [(1, Set::Plain), (2, Set::Bold), (3, Set::Upward)];
const PEN: u32 = 4;
const BRUSH: u32 = 5;
const HANDLES: u16 = 6;

/// The picture.
#[must_use]
pub fn emf(drawn: &Drawn) -> Vec<u8> {
    let mut writer = Writer { bytes: Vec::new(), records: 0, brush: None, pen: None };
    writer.header(drawn.size);
    for (number, set) in FONTS {
        writer.font(number, set);
    }
    writer.record(kind::SET_BK_MODE, &[1]);
    drawn.shapes.iter().for_each(|shape| writer.shape(shape));
    // No palette; the last word is the size of the record.
    writer.record(kind::EOF, &[0, 16, 20]);
    writer.finish()
}

struct Writer {
    bytes: Vec<u8>,
    records: u32,
    brush: Option<String>,
    pen: Option<(i32, String)>,
}

/// A signed number as the word of a record.
fn word(number: i32) -> u32 {
    u32::from_ne_bytes(number.to_ne_bytes())
}

/// The colour as records have it: red in the last byte.
fn colour(text: &str) -> u32 {
    let rgb = text.strip_prefix('#').and_then(|it| u32::from_str_radix(it, 16).ok()).unwrap_or(0);
    (rgb >> 16 & 0xff) | (rgb & 0xff00) | (rgb & 0xff) << 16
}

fn rect((x, y): (i32, i32), (width, height): (i32, i32)) -> [u32; 4] {
    [x, y, x.saturating_add(width), y.saturating_add(height)].map(word)
}

impl Writer {
    fn record(&mut self, kind: u32, words: &[u32]) {
        let size = u32::try_from(8 + 4 * words.len()).unwrap_or(u32::MAX);
        for word in [kind, size].iter().chain(words) {
            self.bytes.extend(word.to_le_bytes());
        }
        self.records += 1;
    }

    /// Bounds in points, frame in hundredths of a millimetre; how many bytes and records there are stands there at the end.
    fn header(&mut self, (width, height): (i32, i32)) {
        let hundredths = |points: i32| word(points.saturating_mul(2540) / INCH);
        let mut words = rect((0, 0), (width, height)).to_vec();
        words.extend([0, 0, hundredths(width), hundredths(height)]);
        words.extend([0x464d_4520, 0x0001_0000, 0, 0, u32::from(HANDLES), 0, 0, 0]);
        // The device: ten inches each way.
        words.extend([word(10 * INCH), word(10 * INCH), 254, 254]);
        self.record(kind::HEADER, &words);
    }

    fn finish(mut self) -> Vec<u8> {
        let size = u32::try_from(self.bytes.len()).unwrap_or(u32::MAX);
        for (at, number) in [(48, size), (52, self.records)] {
            if let Some(place) = self.bytes.get_mut(at..at + 4) {
                place.copy_from_slice(&number.to_le_bytes());
            }
        }
        self.bytes
    }

    /// LOGFONTW with the rest of a record of 320 bytes, which says nothing.
    fn font(&mut self, number: u32, set: Set) {
        let (turn, weight) = match set {
            Set::Plain => (0, 400),
            Set::Bold => (0, 700),
            Set::Upward => (900, 400),
        };
        let mut words = vec![number, word(-LETTERS), 0, turn, turn, weight, 0, 0];
        let name: Vec<u16> = "Arial".encode_utf16().collect();
        words.extend(pairs(&name));
        words.resize(1 + 320 / 4, 0);
        self.record(kind::FONT, &words);
    }

    /// Fills with a colour from now on; with nothing where there is none.
    fn fill(&mut self, fill: Option<&str>) {
        if self.brush.as_deref() == fill && fill.is_some() {
            return;
        }
        self.record(kind::SELECT_OBJECT, &[NO_BRUSH]);
        if self.brush.take().is_some() {
            self.record(kind::DELETE_OBJECT, &[BRUSH]);
        }
        if let Some(fill) = fill {
            self.record(kind::CREATE_BRUSH, &[BRUSH, 0, colour(fill), 0]);
            self.record(kind::SELECT_OBJECT, &[BRUSH]);
            self.brush = Some(fill.to_owned());
        }
    }

    /// Draws lines so thick and of a colour from now on; none where there is none.
    fn line(&mut self, line: Option<(i32, &str)>) {
        let known = self.pen.as_ref().map(|(thick, colour)| (*thick, colour.as_str()));
        if known == line && line.is_some() {
            return;
        }
        self.record(kind::SELECT_OBJECT, &[NO_PEN]);
        if self.pen.take().is_some() {
            self.record(kind::DELETE_OBJECT, &[PEN]);
        }
        if let Some((thick, of)) = line {
            self.record(kind::CREATE_PEN, &[PEN, 0, word(thick), 0, colour(of)]);
            self.record(kind::SELECT_OBJECT, &[PEN]);
            self.pen = Some((thick, of.to_owned()));
        }
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Rect { at, size, fill, framed } => {
                self.fill(Some(fill));
                self.line(framed.then_some(FRAME));
                self.record(kind::RECTANGLE, &rect(*at, *size));
            }
            Shape::Dot { at: (x, y), radius, fill } => {
                self.fill(Some(fill));
                self.line(None);
                let corner = (x - radius, y - radius);
                self.record(kind::ELLIPSE, &rect(corner, (2 * radius, 2 * radius)));
            }
            Shape::Path { points, colour, thick } => {
                self.line(Some((*thick, colour)));
                let mut words = rect((0, 0), (0, 0)).to_vec();
                words.push(u32::try_from(points.len()).unwrap_or(0));
                words.extend(points.iter().flat_map(|(x, y)| [word(*x), word(*y)]));
                self.record(kind::POLYLINE, &words);
            }
            Shape::Text { at, text, anchor, colour, set } => {
                self.text(*at, text, (*anchor, *set), colour);
            }
        }
    }

    fn text(&mut self, at: (i32, i32), text: &str, (anchor, set): (Anchor, Set), of: &str) {
        let units: Vec<u16> = text.encode_utf16().collect();
        let number = FONTS.iter().find(|it| it.1 == set).map_or(1, |it| it.0);
        self.record(kind::SELECT_OBJECT, &[number]);
        self.record(kind::SET_TEXT_COLOR, &[colour(of)]);
        // On the base line, from its beginning, its middle or its end.
        let align = match anchor {
            Anchor::Start => 24,
            Anchor::Middle => 24 | 6,
            Anchor::End => 24 | 2,
        };
        self.record(kind::SET_TEXT_ALIGN, &[align]);
        let mut words = rect((0, 0), (0, 0)).to_vec();
        let count = u32::try_from(units.len()).unwrap_or(0);
        let string = 76;
        let distances = string + 4 * u32::try_from(units.len().div_ceil(2)).unwrap_or(0);
        let scale = 1.0_f32.to_bits();
        words.extend([1, scale, scale, word(at.0), word(at.1), count, string, 0, 0, 0, 0, 0]);
        words.push(distances);
        words.extend(pairs(&units));
        words.extend(advances(text, set == Set::Bold));
        self.record(kind::TEXT, &words);
    }
}

/// Two letters of a string in a word.
fn pairs(units: &[u16]) -> impl Iterator<Item = u32> {
    units.chunks(2).map(|two| {
        let of = |at: usize| two.get(at).copied().map_or(0, u32::from);
        of(0) | of(1) << 16
    })
}

/// How far each letter is from the next, a word for each unit of UTF-16.
fn advances(text: &str, bold: bool) -> Vec<u32> {
    let mut all = Vec::new();
    for character in text.chars() {
        let thousandths = thousandths(character) * if bold { 107 } else { 100 } / 100;
        all.push(thousandths * LETTERS.unsigned_abs() / 1000);
        all.extend(std::iter::repeat_n(0, character.len_utf16() - 1));
    }
    all
}

/// The widths of the letters from the blank on, in thousandths of their height: those of Helvetica, which Arial shares.
#[rustfmt::skip] // one row a row of letters
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

fn thousandths(character: char) -> u32 {
    let plain = crate::domain::find::letters(character.encode_utf8(&mut [0; 4])).next();
    // A letter with an accent is as wide as without.
    let letter = match plain {
        Some(plain) if character.is_uppercase() => plain.to_ascii_uppercase(),
        Some(plain) => plain,
        None => character,
    };
    let known = u32::from(letter).checked_sub(32).and_then(|at| usize::try_from(at).ok());
    match known.and_then(|at| WIDTHS.get(at)) {
        Some(wide) => u32::from(*wide),
        None => match character.width().unwrap_or(0) {
            0 => 0,
            1 => 556,
            _ => 1000,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_counts_bytes_and_records_and_each_record_says_its_size() {
        let text = Shape::Text {
            at: (10, 200),
            text: "Ñandú 日本 \u{1f642}".to_owned(),
            anchor: Anchor::End,
            colour: "#1a1a1a".to_owned(),
            set: Set::Upward,
        };
        let points = vec![(0, 0), (100, 50), (200, -10)];
        let path = Shape::Path { points, colour: "#2a6399".to_owned(), thick: 20 };
        let (at, size, fill) = ((5, 5), (300, 100), "#e6eff7".to_owned());
        let rect = Shape::Rect { at, size, fill: fill.clone(), framed: true };
        let dot = Shape::Dot { at, radius: 30, fill };
        let bytes = emf(&Drawn { size: (1000, 500), shapes: vec![rect, path, dot, text] });
        let word = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
        assert_eq!((word(0), word(4), word(40)), (1, 88, 0x464d_4520));
        assert_eq!(word(48) as usize, bytes.len());
        let (mut at, mut records, mut kinds) = (0, 0, Vec::new());
        while at < bytes.len() {
            kinds.push(word(at));
            at += word(at + 4) as usize;
            records += 1;
        }
        assert_eq!((at, records), (bytes.len(), word(52)));
        for kind in [kind::RECTANGLE, kind::POLYLINE, kind::ELLIPSE, kind::TEXT] {
            assert_eq!(kinds.iter().filter(|it| **it == kind).count(), 1, "{kind}");
        }
        assert_eq!(kinds.last(), Some(&kind::EOF));
    }

    #[test]
    fn letters_with_accents_are_as_wide_as_without() {
        for (one, other) in [('á', 'a'), ('Ñ', 'N'), ('É', 'E'), ('i', 'j')] {
            assert_eq!(thousandths(one), thousandths(other), "{one}");
        }
        assert_eq!(thousandths('日'), 1000);
        assert_eq!(thousandths('A'), 667);
    }
}
