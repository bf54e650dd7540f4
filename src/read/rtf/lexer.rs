//! Rich text into its tokens: groups, control words with their numbers, and bytes of text.

/// One token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\word` or `\word12`.
    Word(&'a str, Option<i32>),
    /// `\*`, `\~`: a backslash and one character that is no letter.
    Symbol(u8),
    /// `\'e9`: a byte of text in the encoding of its font.
    Byte(u8),
    /// Bytes of text as they stand, without line ends, which mean nothing.
    Text(&'a [u8]),
    /// Bytes of a picture, counted and passed over.
    Binary,
}

/// The tokens of a file.
#[derive(Debug)]
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The bytes from here on that pass, up to so many.
    fn run(&mut self, most: usize, passes: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().take(most).take_while(|byte| passes(**byte)).count();
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    /// What follows a backslash.
    fn control(&mut self) -> Option<Token<'a>> {
        let first = self.peek()?;
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            if first != b'\'' {
                return Some(Token::Symbol(first));
            }
            let digits = self.run(2, |byte| byte.is_ascii_hexdigit());
            let whole = std::str::from_utf8(digits).ok().filter(|it| it.len() == 2);
            let value = whole.and_then(|it| u8::from_str_radix(it, 16).ok());
            // An escape without its two digits is a slip of the program that wrote it.
            return Some(value.map_or(Token::Text(&[]), Token::Byte));
        }
        // No control word is longer than 32 letters; a longer one is none that anybody knows.
        let word = std::str::from_utf8(self.run(32, |byte| byte.is_ascii_alphabetic())).ok()?;
        let number = self.number();
        if self.peek() == Some(b' ') {
            self.at += 1;
        }
        if word == "bin" {
            let length = number.and_then(|it| usize::try_from(it).ok()).unwrap_or(0);
            self.at = self.at.saturating_add(length).min(self.bytes.len());
            return Some(Token::Binary);
        }
        Some(Token::Word(word, number))
    }

    /// The number after a control word; one beyond all sense is the largest there is.
    fn number(&mut self) -> Option<i32> {
        let negative = self.peek() == Some(b'-')
            && self.bytes.get(self.at + 1).is_some_and(u8::is_ascii_digit);
        self.at += usize::from(negative);
        let digits = self.run(usize::MAX, |byte| byte.is_ascii_digit());
        if digits.is_empty() {
            return None;
        }
        let value = digits.iter().fold(0_i32, |value, digit| {
            value.saturating_mul(10).saturating_add(i32::from(*digit - b'0'))
        });
        Some(if negative { -value } else { value })
    }
}

impl<'a> Iterator for Lexer<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = self.peek()?;
            match byte {
                b'{' | b'}' => {
                    self.at += 1;
                    return Some(if byte == b'{' { Token::Open } else { Token::Close });
                }
                b'\\' => {
                    self.at += 1;
                    return self.control();
                }
                b'\r' | b'\n' | 0 => self.at += 1,
                _ => {
                    let text = self.run(usize::MAX, |byte| {
                        !matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0)
                    });
                    return Some(Token::Text(text));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_at_their_number_or_at_one_space_and_pictures_are_passed_over_by_count() {
        let tokens: Vec<Token<'_>> =
            Lexer::new(b"{\\b0  a\\u-10179?\\'e9\\'z\\~\\bin3 }}}\\par\n\\x99999999999}").collect();
        assert_eq!(
            tokens,
            [
                Token::Open,
                Token::Word("b", Some(0)),
                Token::Text(b" a"),
                Token::Word("u", Some(-10179)),
                Token::Text(b"?"),
                Token::Byte(0xe9),
                Token::Text(b""),
                Token::Text(b"z"),
                Token::Symbol(b'~'),
                Token::Binary,
                Token::Word("par", None),
                Token::Word("x", Some(i32::MAX)),
                Token::Close,
            ]
        );
    }
}
