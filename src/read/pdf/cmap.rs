//! Which text the codes of a font stand for, as the file itself says (ToUnicode).

use std::collections::BTreeMap;

use super::lexer::{Lexer, Operand};

/// The most codes that one table may name.
const CODES: usize = 100_000;

/// A table of codes and their text.
#[derive(Debug, Default)]
pub(super) struct CMap {
    text: BTreeMap<u32, String>,
}

impl CMap {
    /// Reads a table.
    pub(super) fn read(bytes: &[u8]) -> Self {
        let mut cmap = Self::default();
        let mut lexer = Lexer::of_table(bytes);
        let mut operands = Vec::new();
        while let Some(operator) = lexer.operation(&mut operands) {
            match operator {
                b"endbfchar" => cmap.characters(&operands),
                b"endbfrange" => cmap.ranges(&operands),
                _ => {}
            }
        }
        cmap
    }

    fn characters(&mut self, operands: &[Operand]) {
        for pair in operands.chunks_exact(2) {
            if let [Operand::Text(code), Operand::Text(text)] = pair {
                self.insert(number(code), utf16(text));
            }
        }
    }

    fn ranges(&mut self, operands: &[Operand]) {
        for triple in operands.chunks_exact(3) {
            let [Operand::Text(first), Operand::Text(last), target] = triple else { continue };
            let (first, last) = (number(first), number(last));
            let codes = first..=last.min(first.saturating_add(0xffff));
            match target {
                Operand::Text(text) => {
                    for (code, step) in codes.zip(0_u32..) {
                        self.insert(code, following(text, step));
                    }
                }
                Operand::Array(texts) => {
                    for (code, text) in codes.zip(texts) {
                        if let Operand::Text(text) = text {
                            self.insert(code, utf16(text));
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn insert(&mut self, code: u32, text: String) {
        if self.text.len() < CODES {
            self.text.insert(code, text);
        }
    }

    /// The text of a code.
    pub(super) fn get(&self, code: u32) -> Option<&str> {
        self.text.get(&code).map(String::as_str)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// The number that the bytes of a code make.
fn number(code: &[u8]) -> u32 {
    code.iter().take(4).fold(0, |value, byte| (value << 8) | u32::from(*byte))
}

fn utf16(text: &[u8]) -> String {
    let units: Vec<u16> = match text {
        [byte] => vec![u16::from(*byte)],
        _ => text
            .chunks_exact(2)
            .filter_map(|pair| pair.try_into().ok())
            .map(u16::from_be_bytes)
            .collect(),
    };
    String::from_utf16_lossy(&units)
}

/// The text so many steps after another one: its last unit counts on.
fn following(text: &[u8], step: u32) -> String {
    let mut text = text.to_vec();
    let mut carry = step;
    for byte in text.iter_mut().rev().take(4) {
        let sum = u32::from(*byte) + (carry & 0xff);
        *byte = u8::try_from(sum & 0xff).unwrap_or(0);
        carry = (carry >> 8) + (sum >> 8);
    }
    utf16(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_and_ranges_with_one_text_or_a_list() {
        let cmap = CMap::read(
            b"/CIDInit begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n\
              2 beginbfchar <0003> <0020> <0010> <00660069> endbfchar\n\
              2 beginbfrange <0020><0022><0041> <0030> <0031> [<D83DDC63> <00e9>] endbfrange",
        );
        let found: Vec<Option<&str>> =
            [3, 0x10, 0x20, 0x22, 0x23, 0x30, 0x31].map(|code| cmap.get(code)).into();
        assert_eq!(
            found,
            [Some(" "), Some("fi"), Some("A"), Some("C"), None, Some("👣"), Some("é")]
        );
    }
}
