//! A web page into its tokens: tags with the few attributes that matter, text, comments.
//!
//! As browsers take them apart: nothing is an error, and what is no tag is text.

use super::elements;

/// One token.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `<p class="a">`.
    Open(Tag<'a>),
    /// `</p>`
    Close(String),
    /// Text as it stands, entities and all.
    Text(&'a str),
    /// What stands in a comment.
    Comment(&'a str),
}

/// A tag that begins an element.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// Its name in small letters.
    pub(super) name: String,
    /// What stands in it after the name.
    attributes: &'a str,
    /// All of it, as it stands.
    pub(super) source: &'a str,
}

/// The tokens of a page.
#[derive(Debug)]
pub(super) struct Lexer<'a> {
    rest: &'a str,
    /// The element whose content is no markup, up to its own end.
    raw: Option<String>,
    /// Whether it is XML, where `<a/>` has no content.
    xml: bool,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(page: &'a str) -> Self {
        Self { rest: page, raw: None, xml: page.trim_start().starts_with("<?xml") }
    }

    /// Takes so many bytes off the front.
    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// Takes up to a mark, and the mark away; all that is left where there is none.
    fn take_until(&mut self, mark: &str) -> &'a str {
        let at = self.rest.find(mark);
        let taken = self.take(at.unwrap_or(self.rest.len()));
        self.take(if at.is_some() { mark.len() } else { 0 });
        taken
    }

    /// The content of an element that holds no markup, up to its end tag.
    fn raw_text(&mut self, name: &str) -> &'a str {
        let mut from = 0;
        while let Some(at) = self.rest.get(from..).and_then(|it| it.find("</")) {
            let begin = from + at;
            let after = self.rest.get(begin + 2..).unwrap_or_default();
            let ends = after.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name))
                && !after
                    .get(name.len()..)
                    .is_some_and(|it| it.starts_with(|next: char| next.is_ascii_alphanumeric()));
            if ends {
                return self.take(begin);
            }
            from = begin + 2;
        }
        self.take(self.rest.len())
    }

    /// `<!…>`, `<?…>`, or an end tag without a name.
    fn comment(&mut self) -> Token<'a> {
        if let Some(after) = self.rest.strip_prefix("<!--") {
            if after.starts_with('>') || after.starts_with("->") {
                self.take_until(">");
                return Token::Comment("");
            }
            self.take(4);
            return Token::Comment(self.take_until("-->"));
        }
        self.take(1);
        Token::Comment(match self.take_until(">") {
            text if text.starts_with("![CDATA[") => text,
            _ => "",
        })
    }

    fn tag(&mut self) -> Token<'a> {
        let closes = self.rest.starts_with("</");
        let whole = self.rest;
        self.take(if closes { 2 } else { 1 });
        let length = self.rest.find(|it: char| it.is_ascii_whitespace() || matches!(it, '/' | '>'));
        let name = self.take(length.unwrap_or(self.rest.len())).to_ascii_lowercase();
        let length = end_of_tag(self.rest);
        let attributes = self.take(length);
        self.take(1);
        if closes {
            return Token::Close(name);
        }
        let source = whole.get(..whole.len() - self.rest.len()).unwrap_or_default();
        let tag = Tag { name, attributes, source };
        if !self.is_closed(&tag) && elements::holds_no_markup(&tag.name) {
            self.raw = Some(tag.name.clone());
        }
        Token::Open(tag)
    }

    /// Whether a tag is an element without content.
    pub(super) fn is_closed(&self, tag: &Tag<'_>) -> bool {
        elements::is_void(&tag.name) || (self.xml && tag.attributes.ends_with('/'))
    }
}

impl Tag<'_> {
    /// The value of an attribute: empty where it has none, `None` where it does not stand there.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        attribute(self.attributes, name)
    }
}

impl<'a> Iterator for Lexer<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(name) = self.raw.take() {
            let text = self.raw_text(&name);
            if !text.is_empty() {
                return Some(Token::Text(text));
            }
        }
        let next = self.rest.strip_prefix('<').map(|it| it.as_bytes());
        match next {
            _ if self.rest.is_empty() => None,
            Some([b'a'..=b'z' | b'A'..=b'Z', ..]) => Some(self.tag()),
            Some([b'/', b'a'..=b'z' | b'A'..=b'Z', ..]) => Some(self.tag()),
            Some([b'!' | b'?' | b'/', ..]) => Some(self.comment()),
            _ => {
                // A `<` that begins nothing is a sign like any other.
                let skip = usize::from(next.is_some());
                let at = self.rest.get(skip..).and_then(|it| it.find('<'));
                Some(Token::Text(self.take(at.map_or(self.rest.len(), |at| at + skip))))
            }
        }
    }
}

/// How many bytes there are before the `>` that ends a tag, which may stand in quotes before that.
fn end_of_tag(rest: &str) -> usize {
    let mut quote = None;
    let mut after_equals = false;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'>') => return at,
            (None, b'"' | b'\'') if after_equals => quote = Some(byte),
            _ => {}
        }
        after_equals = byte == b'=' || (after_equals && byte.is_ascii_whitespace());
    }
    rest.find('>').unwrap_or(rest.len())
}

/// The value of an attribute of that name.
fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|it: char| it.is_ascii_whitespace() || it == '/');
        if rest.is_empty() {
            return None;
        }
        let end = rest
            .char_indices()
            .skip(1)
            .find(|(_, it)| it.is_ascii_whitespace() || matches!(it, '/' | '='))
            .map_or(rest.len(), |(at, _)| at);
        let (found, after) = rest.split_at_checked(end)?;
        let (value, after) = value(after);
        if found.eq_ignore_ascii_case(name) {
            return Some(value);
        }
        rest = after;
    }
}

/// What follows the name of an attribute, and what comes after that.
fn value(rest: &str) -> (&str, &str) {
    let Some(after) = rest.trim_start().strip_prefix('=') else { return ("", rest) };
    let after = after.trim_start();
    for quote in ['"', '\''] {
        if let Some(quoted) = after.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    let end = after.find(|it: char| it.is_ascii_whitespace()).unwrap_or(after.len());
    after.split_at_checked(end).unwrap_or((after, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open<'a>(name: &str, attributes: &'a str, source: &'a str) -> Token<'a> {
        Token::Open(Tag { name: name.to_owned(), attributes, source })
    }

    #[test]
    fn tags_text_and_comments_as_browsers_take_them_apart() {
        let page = "<!doctype html><!--a<b>--><P class='a>b' hidden>1 < 2 &amp; 3</p ><script>x='</p>';\
            </SCRIPT><br/></><!-->z<a href=x";
        let tokens: Vec<Token<'_>> = Lexer::new(page).collect();
        assert_eq!(
            tokens,
            [
                Token::Comment(""),
                Token::Comment("a<b>"),
                open("p", " class='a>b' hidden", "<P class='a>b' hidden>"),
                Token::Text("1 "),
                Token::Text("< 2 &amp; 3"),
                Token::Close("p".to_owned()),
                open("script", "", "<script>"),
                Token::Text("x='</p>';"),
                Token::Close("script".to_owned()),
                open("br", "/", "<br/>"),
                Token::Comment(""),
                Token::Comment(""),
                Token::Text("z"),
                open("a", " href=x", "<a href=x"),
            ]
        );
    }

    #[test]
    fn attributes_with_and_without_quotes_and_value() {
        let tag = " A=1 hidden style = \"display: none\" data-x='a=b'/";
        assert_eq!(attribute(tag, "a"), Some("1"));
        assert_eq!(attribute(tag, "hidden"), Some(""));
        assert_eq!(attribute(tag, "style"), Some("display: none"));
        assert_eq!(attribute(tag, "data-x"), Some("a=b"));
        assert_eq!(attribute(tag, "b"), None);
    }
}
