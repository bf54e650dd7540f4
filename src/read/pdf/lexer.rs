//! The content of a page into operators with their operands, one at a time, so that no list of all of them
//! is ever held.

/// An operand; those that no text needs are `Other`.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operand {
    Number(f32),
    Name(Vec<u8>),
    Text(Vec<u8>),
    /// The parts of an array: only numbers and text.
    Array(Vec<Operand>),
    /// A dictionary as it stands.
    Dictionary(Vec<u8>),
    Other,
}

impl Operand {
    pub(super) fn number(&self) -> Option<f32> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }
}

/// The most operands that are kept before an operator; none that shows text takes more than six.
const OPERANDS: usize = 64;
/// The same for the entries of a table.
const ENTRIES: usize = 200_000;

/// The content of a page.
#[derive(Debug)]
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The most operands that are kept.
    most: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, most: OPERANDS }
    }

    /// Reads a table, whose entries stand before one operator.
    pub(super) fn of_table(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, most: ENTRIES }
    }

    /// The next operator and what stands before it; `None` at the end.
    pub(super) fn operation(&mut self, operands: &mut Vec<Operand>) -> Option<&'a [u8]> {
        operands.clear();
        loop {
            self.skip_space();
            let byte = self.peek()?;
            if is_regular(byte) && !matches!(byte, b'+' | b'-' | b'.' | b'0'..=b'9') {
                let word = self.run(is_regular);
                match word {
                    b"true" | b"false" | b"null" => self.push(operands, Operand::Other),
                    b"BI" => self.skip_image(),
                    _ => return Some(word),
                }
                continue;
            }
            let operand = self.operand()?;
            self.push(operands, operand);
        }
    }

    fn push(&self, operands: &mut Vec<Operand>, operand: Operand) {
        if operands.len() < self.most {
            operands.push(operand);
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn run(&mut self, passes: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().take_while(|byte| passes(**byte)).count();
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        loop {
            self.run(is_space);
            if self.peek() != Some(b'%') {
                return;
            }
            self.run(|byte| !matches!(byte, b'\r' | b'\n'));
        }
    }

    fn operand(&mut self) -> Option<Operand> {
        let byte = self.peek()?;
        Some(match byte {
            b'(' => Operand::Text(self.literal()),
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                Operand::Dictionary(self.dictionary())
            }
            b'<' => Operand::Text(self.hexadecimal()),
            b'[' => {
                self.at += 1;
                Operand::Array(self.array())
            }
            b'/' => {
                self.at += 1;
                Operand::Name(self.run(is_regular).to_vec())
            }
            b'+' | b'-' | b'.' | b'0'..=b'9' => Operand::Number(number(self.run(is_regular))),
            _ => {
                // A bracket that closes nothing.
                self.at += 1;
                Operand::Other
            }
        })
    }

    /// Numbers and text up to `]`; what is nested in it is no text to be shown.
    fn array(&mut self) -> Vec<Operand> {
        let mut parts = Vec::new();
        loop {
            self.skip_space();
            match self.peek() {
                None => return parts,
                Some(b']') => {
                    self.at += 1;
                    return parts;
                }
                Some(b'[') => self.at += 1,
                Some(byte) if is_regular(byte) && !is_numeric(byte) => {
                    self.run(is_regular);
                }
                Some(_) => {
                    if let Some(part @ (Operand::Number(_) | Operand::Text(_))) = self.operand() {
                        parts.push(part);
                    }
                }
            }
        }
    }

    /// `(text)`, with its escapes; brackets in it may stand in pairs.
    fn literal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut text = Vec::new();
        let mut depth = 1_u32;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' if depth == 1 => return text,
                b')' => depth -= 1,
                b'\\' => {
                    if let Some(byte) = self.escape() {
                        text.push(byte);
                    }
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
        text
    }

    /// What follows a backslash in a text.
    fn escape(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(match byte {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 12,
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    if let Some(digit @ b'0'..=b'7') = self.peek() {
                        value = value * 8 + u32::from(digit - b'0');
                        self.at += 1;
                    }
                }
                u8::try_from(value & 0xff).unwrap_or(0)
            }
            b'\r' | b'\n' => {
                if byte == b'\r' && self.peek() == Some(b'\n') {
                    self.at += 1;
                }
                return None;
            }
            byte => byte,
        })
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        self.at += 1;
        let inside = self.run(|byte| byte != b'>');
        self.at += 1;
        hexadecimal(inside)
    }

    /// `<<…>>` as it stands.
    fn dictionary(&mut self) -> Vec<u8> {
        let start = self.at;
        let mut depth = 0_u32;
        while let Some(byte) = self.peek() {
            let next = self.bytes.get(self.at + 1).copied();
            match (byte, next) {
                (b'<', Some(b'<')) => {
                    depth += 1;
                    self.at += 2;
                }
                (b'>', Some(b'>')) => {
                    depth -= 1;
                    self.at += 2;
                    if depth == 0 {
                        break;
                    }
                }
                (b'(', _) => {
                    self.literal();
                }
                _ => self.at += 1,
            }
        }
        self.bytes.get(start..self.at).unwrap_or_default().to_vec()
    }

    /// Passes over a picture that stands in the content: from `BI` to `EI` between white space.
    fn skip_image(&mut self) {
        while self.at < self.bytes.len() {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            let Some(found) = rest.windows(2).position(|it| it == b"EI") else {
                self.at = self.bytes.len();
                return;
            };
            let before = found.checked_sub(1).and_then(|at| rest.get(at)).copied().unwrap_or(b' ');
            let after = rest.get(found + 2).copied().unwrap_or(b' ');
            self.at += found + 2;
            if is_space(before) && is_space(after) {
                return;
            }
        }
    }
}

/// The bytes that pairs of digits stand for.
pub(super) fn hexadecimal(digits: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = digits
        .iter()
        .filter_map(|byte| char::from(*byte).to_digit(16))
        .filter_map(|digit| u8::try_from(digit).ok())
        .collect();
    digits
        .chunks(2)
        .map(|pair| pair.first().unwrap_or(&0) * 16 + pair.get(1).unwrap_or(&0))
        .collect()
}

/// A number as programs write it; what is none is 0.
fn number(digits: &[u8]) -> f32 {
    let text = std::str::from_utf8(digits).unwrap_or("0");
    let value: f32 = text.parse().unwrap_or_else(|_| {
        let end = text.find(|it: char| !it.is_ascii_digit() && !matches!(it, '+' | '-' | '.'));
        text.get(..end.unwrap_or(0)).and_then(|it| it.parse().ok()).unwrap_or(0.0)
    });
    if value.is_finite() { value } else { 0.0 }
}

fn is_numeric(byte: u8) -> bool {
    matches!(byte, b'+' | b'-' | b'.' | b'0'..=b'9')
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

/// Whether a byte may stand in a word: it is no white space and parts nothing.
fn is_regular(byte: u8) -> bool {
    !is_space(byte)
        && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_come_one_by_one_with_what_stands_before_them() {
        let content = b"q 1 0 0 -1.5 .5 +2 cm % rest\n/F1 12 Tf [(a\\(b\\051) -250 <41 4>] TJ\
            /P <</MCID 0 /T (>>)>> BDC BI /W 1 ID \x01EI2 EI (x\\\ny) ' ] }";
        let mut lexer = Lexer::new(content);
        let mut operands = Vec::new();
        let mut seen = Vec::new();
        while let Some(operator) = lexer.operation(&mut operands) {
            seen.push((String::from_utf8_lossy(operator).into_owned(), operands.clone()));
        }
        let text = |text: &[u8]| Operand::Text(text.to_vec());
        let names: Vec<&str> = seen.iter().map(|it| it.0.as_str()).collect();
        assert_eq!(names, ["q", "cm", "Tf", "TJ", "BDC", "'"]);
        assert_eq!(seen[1].1[3], Operand::Number(-1.5));
        assert_eq!(seen[2].1[0], Operand::Name(b"F1".to_vec()));
        assert_eq!(
            seen[3].1[0],
            Operand::Array(vec![text(b"a(b)"), Operand::Number(-250.0), text(b"A@")])
        );
        assert_eq!(seen[4].1[1], Operand::Dictionary(b"<</MCID 0 /T (>>)>>".to_vec()));
        assert_eq!(seen[5].1, [text(b"xy")]);
    }
}
