//! A font: which text its codes stand for, and how wide they are.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object};

use super::cmap::CMap;
use super::file::{Unpacking, resolve};
use super::glyphs::{self, Base};
use super::metrics;

/// The most codes whose widths are kept.
const WIDTHS: usize = 100_000;

/// A font as far as text goes.
#[derive(Debug)]
pub(super) struct Font {
    /// Whether a code takes two bytes.
    wide: bool,
    /// Whether the two bytes of a code are its text, as UTF-16 has it.
    utf16: bool,
    unicode: CMap,
    /// The text of each code of one byte.
    simple: Vec<String>,
    widths: BTreeMap<u32, f32>,
    default_width: f32,
    /// The name, where the file brings no widths along.
    standard: Option<String>,
    /// What a width is multiplied with to give parts of the size.
    scale: f32,
    pub(super) bold: bool,
}

/// One code of a text.
#[derive(Debug)]
pub(super) struct Glyph<'a> {
    /// What it stands for; `None` if nothing tells.
    pub(super) text: Option<&'a str>,
    /// Its width as a part of the font's size.
    pub(super) width: f32,
    /// Whether it is the one byte to which the space between words is added.
    pub(super) is_space: bool,
}

impl Font {
    /// Reads a font, as far as its parts may still be unpacked.
    pub(super) fn read(document: &Document, font: &Dictionary, unpacking: &mut Unpacking) -> Self {
        let subtype = name(document, font, b"Subtype");
        let base_name = name(document, font, b"BaseFont");
        let unicode = match font.get(b"ToUnicode").map(|it| resolve(document, it)) {
            Ok(Object::Stream(stream)) => CMap::read(&unpacking.content(stream)),
            _ => CMap::default(),
        };
        let lower = base_name.to_ascii_lowercase();
        let mut read = Self {
            wide: subtype == "Type0",
            utf16: false,
            unicode,
            simple: Vec::new(),
            widths: BTreeMap::new(),
            default_width: 0.0,
            standard: None,
            scale: 0.001,
            bold: ["bold", "black", "heavy"].iter().any(|it| lower.contains(it)),
        };
        if read.wide {
            read.composite(document, font);
        } else {
            read.simple(document, font, &subtype, base_name);
        }
        read
    }

    fn composite(&mut self, document: &Document, font: &Dictionary) {
        let encoding = name(document, font, b"Encoding");
        self.utf16 = encoding.contains("UCS2") || encoding.contains("UTF16");
        self.default_width = 1000.0;
        let Ok(Object::Array(descendants)) =
            font.get(b"DescendantFonts").map(|it| resolve(document, it))
        else {
            return;
        };
        let Some(Object::Dictionary(descendant)) =
            descendants.first().map(|it| resolve(document, it))
        else {
            return;
        };
        if let Some(width) = number(document, descendant, b"DW") {
            self.default_width = width;
        }
        if let Ok(Object::Array(widths)) = descendant.get(b"W").map(|it| resolve(document, it)) {
            self.composite_widths(document, widths);
        }
    }

    /// `first [w w w]` or `first last w`, again and again.
    fn composite_widths(&mut self, document: &Document, widths: &[Object]) {
        let mut parts = widths.iter().map(|it| resolve(document, it));
        while let (Some(first), Some(second)) = (parts.next(), parts.next()) {
            let Some(first) = code(first) else { return };
            if let Object::Array(list) = second {
                for (code, width) in (first..).zip(list) {
                    self.keep_width(code, as_number(resolve(document, width)));
                }
            } else {
                let (Some(last), Some(width)) = (code(second), parts.next()) else { return };
                let width = as_number(width);
                for code in first..=last.min(first.saturating_add(0xffff)) {
                    self.keep_width(code, width);
                }
            }
        }
    }

    fn keep_width(&mut self, code: u32, width: Option<f32>) {
        if let Some(width) = width.filter(|_| self.widths.len() < WIDTHS) {
            self.widths.insert(code, width);
        }
    }

    fn simple(&mut self, document: &Document, font: &Dictionary, subtype: &str, base_name: String) {
        self.simple = encoding(document, font, &base_name);
        let first = number(document, font, b"FirstChar").unwrap_or(0.0);
        let widths = font.get(b"Widths").map(|it| resolve(document, it));
        if let (Ok(Object::Array(widths)), Some(first)) = (widths, float_code(first)) {
            for (code, width) in (first..).zip(widths).take(256) {
                self.keep_width(code, as_number(resolve(document, width)));
            }
        } else {
            self.standard = Some(base_name);
        }
        if let Ok(Object::Dictionary(descriptor)) =
            font.get(b"FontDescriptor").map(|it| resolve(document, it))
        {
            self.default_width = number(document, descriptor, b"MissingWidth").unwrap_or(0.0);
        }
        if subtype == "Type3"
            && let Ok(Object::Array(matrix)) =
                font.get(b"FontMatrix").map(|it| resolve(document, it))
            && let Some(scale) = matrix.first().and_then(|it| as_number(resolve(document, it)))
        {
            self.scale = scale.abs();
        }
    }

    /// The codes of a text, one after the other.
    pub(super) fn glyphs<'a>(&'a self, text: &'a [u8]) -> impl Iterator<Item = Glyph<'a>> {
        let length = if self.wide { 2 } else { 1 };
        text.chunks(length).map(move |bytes| {
            let code = bytes.iter().fold(0, |code, byte| (code << 8) | u32::from(*byte));
            Glyph {
                text: self.text(code),
                width: self.width(code) * self.scale,
                is_space: !self.wide && code == 0x20,
            }
        })
    }

    fn text(&self, code: u32) -> Option<&str> {
        if let Some(text) = self.unicode.get(code) {
            return Some(text);
        }
        let simple = usize::try_from(code).ok().and_then(|code| self.simple.get(code));
        simple.map(String::as_str).filter(|it| !it.is_empty())
    }

    fn width(&self, code: u32) -> f32 {
        if let Some(width) = self.widths.get(&code) {
            return *width;
        }
        match &self.standard {
            Some(name) => {
                let character = self.text(code).and_then(|it| it.chars().next()).unwrap_or('n');
                metrics::width(name, character)
            }
            None => self.default_width,
        }
    }

    /// The text of a code that is its own text.
    pub(super) fn own_text(&self, bytes: &[u8]) -> Option<String> {
        (self.utf16 && self.unicode.is_empty()).then(|| {
            let units: Vec<u16> = bytes
                .chunks_exact(2)
                .filter_map(|it| it.try_into().ok())
                .map(u16::from_be_bytes)
                .collect();
            String::from_utf16_lossy(&units)
        })
    }
}

/// What the codes of a simple font stand for, by its encoding and the differences from that.
fn encoding(document: &Document, font: &Dictionary, base_name: &str) -> Vec<String> {
    let by_name = |name: &[u8]| match name {
        b"WinAnsiEncoding" => Some(Base::Windows),
        b"MacRomanEncoding" => Some(Base::Macintosh),
        b"StandardEncoding" => Some(Base::Standard),
        _ => None,
    };
    let embedded = base_name.as_bytes().get(6) == Some(&b'+');
    let unsaid = if embedded { Base::Windows } else { Base::Standard };
    match font.get(b"Encoding").map(|it| resolve(document, it)) {
        Ok(Object::Name(name)) => glyphs::table(by_name(name).unwrap_or(unsaid)),
        Ok(Object::Dictionary(encoding)) => {
            let base = name(document, encoding, b"BaseEncoding");
            let mut table = glyphs::table(by_name(base.as_bytes()).unwrap_or(Base::Standard));
            if let Ok(Object::Array(differences)) =
                encoding.get(b"Differences").map(|it| resolve(document, it))
            {
                let mut at = 0_usize;
                for difference in differences.iter().take(1024).map(|it| resolve(document, it)) {
                    if let Object::Name(glyph) = difference {
                        if let Some(place) = table.get_mut(at) {
                            let text = glyphs::text(&String::from_utf8_lossy(glyph));
                            *place = text.unwrap_or_default();
                        }
                        at += 1;
                    } else if let Some(code) = code(difference) {
                        at = usize::try_from(code).unwrap_or(usize::MAX / 2);
                    }
                }
            }
            table
        }
        _ => glyphs::table(unsaid),
    }
}

fn name(document: &Document, dictionary: &Dictionary, key: &[u8]) -> String {
    match dictionary.get(key).map(|it| resolve(document, it)) {
        Ok(Object::Name(name)) => String::from_utf8_lossy(name).into_owned(),
        _ => String::new(),
    }
}

fn number(document: &Document, dictionary: &Dictionary, key: &[u8]) -> Option<f32> {
    dictionary.get(key).ok().and_then(|it| as_number(resolve(document, it)))
}

fn as_number(object: &Object) -> Option<f32> {
    object.as_float().ok().filter(|it| it.is_finite())
}

fn code(object: &Object) -> Option<u32> {
    as_number(object).and_then(float_code)
}

/// A code that a file gives as a number; no font has more than a million.
fn float_code(number: f32) -> Option<u32> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    // within the range just checked
    (0.0..1e6).contains(&number).then_some(number as u32)
}
