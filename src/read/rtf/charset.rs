//! The encodings of rich text: each font may have its own.

use std::collections::BTreeMap;

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, IBM866, KOI8_R, MACINTOSH, SHIFT_JIS, UTF_8, WINDOWS_874,
    WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255,
    WINDOWS_1256, WINDOWS_1257, WINDOWS_1258, X_MAC_CYRILLIC,
};

/// How the bytes of a font are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Charset {
    /// In an encoding that is known.
    Known(&'static Encoding),
    /// As pictures, not letters: Symbol, Wingdings.
    Symbol,
    /// In one that is not known; read as windows-1252, and said.
    Unknown,
}

/// The encodings of a document and its fonts.
#[derive(Debug)]
pub(super) struct Charsets {
    /// The document's own.
    document: Charset,
    fonts: BTreeMap<i32, Charset>,
}

impl Charsets {
    pub(super) fn new() -> Self {
        Self { document: Charset::Known(WINDOWS_1252), fonts: BTreeMap::new() }
    }

    /// What a control word of the head says about the whole document.
    pub(super) fn document(&mut self, word: &str, number: Option<i32>) {
        match word {
            "mac" => self.document = Charset::Known(MACINTOSH),
            "pc" | "pca" => self.document = Charset::Unknown,
            "ansicpg" => self.document = number.map_or(self.document, by_code_page),
            _ => {}
        }
    }

    /// What a control word says about a font.
    pub(super) fn font(&mut self, font: i32, word: &str, number: Option<i32>) {
        let charset = match (word, number) {
            ("fcharset", Some(number)) => by_charset(number),
            ("cpg", Some(page)) => Some(by_code_page(page)),
            _ => None,
        };
        if let Some(charset) = charset {
            self.fonts.insert(font, charset);
        }
    }

    /// How the bytes of a font are read.
    pub(super) fn of(&self, font: i32) -> Charset {
        self.fonts.get(&font).copied().unwrap_or(self.document)
    }
}

fn by_code_page(page: i32) -> Charset {
    Charset::Known(match page {
        866 => IBM866,
        874 => WINDOWS_874,
        932 => SHIFT_JIS,
        936 => GBK,
        949 | 1361 => EUC_KR,
        950 => BIG5,
        // 0 and 1 stand for the system's own, which nobody knows any more; it mostly was this.
        0 | 1 | 1252 => WINDOWS_1252,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        1253 => WINDOWS_1253,
        1254 => WINDOWS_1254,
        1255 => WINDOWS_1255,
        1256 => WINDOWS_1256,
        1257 => WINDOWS_1257,
        1258 => WINDOWS_1258,
        10000 => MACINTOSH,
        10007 => X_MAC_CYRILLIC,
        20866 => KOI8_R,
        65001 => UTF_8,
        _ => return Charset::Unknown,
    })
}

/// The encoding of a font's character set; `None` for the document's own.
fn by_charset(number: i32) -> Option<Charset> {
    let page = match number {
        1 => return None,
        2 => return Some(Charset::Symbol),
        0 => 1252,
        77 => 10000,
        128 => 932,
        129 | 130 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178..=181 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return Some(Charset::Unknown),
    };
    Some(by_code_page(page))
}
