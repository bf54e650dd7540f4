//! Reading a filter: conditions, `and`, `or`, `not`, parentheses; `and` binds before `or`.

use std::fmt;
use std::iter::Peekable;
use std::str::{CharIndices, FromStr};

use super::{Filter, Key, Order, Test};
use crate::analysis::attribute::List;

/// No person nests deeper, and no text may overflow the stack.
const DEEPEST: usize = 50;

/// A text is no filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAFilter {
    /// Where it stops to be one: characters before that place.
    pub at: usize,
}

impl fmt::Display for NotAFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "it stops to be a filter after {} characters", self.at)
    }
}

impl std::error::Error for NotAFilter {}

/// A character that may stand in a value without quotation marks.
pub(super) fn is_plain(character: char) -> bool {
    !character.is_whitespace() && !character.is_control() && !"()\",=!<>\\".contains(character)
}

/// A word that means something by itself.
pub(super) fn is_word(text: &str) -> bool {
    ["and", "or", "not", "in"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    Quoted(String),
    Sign(&'static str),
}

impl FromStr for Filter {
    type Err = NotAFilter;

    fn from_str(text: &str) -> Result<Self, NotAFilter> {
        let tokens = tokens(text)?;
        let mut reader = Reader { tokens: &tokens, next: 0, end: text.chars().count(), depth: 0 };
        let filter = reader.any()?;
        if reader.next < tokens.len() { Err(reader.wrong()) } else { Ok(filter) }
    }
}

/// The tokens, each with the characters before it.
fn tokens(text: &str) -> Result<Vec<(usize, Token)>, NotAFilter> {
    let mut tokens = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some(&(byte, first)) = rest.peek() {
        let at = text.get(..byte).map_or(0, |before| before.chars().count());
        if first.is_whitespace() {
            rest.next();
        } else if first == '"' {
            rest.next();
            tokens.push((at, Token::Quoted(quoted(&mut rest).ok_or(NotAFilter { at })?)));
        } else if is_plain(first) {
            let mut word = String::new();
            while let Some((_, character)) = rest.next_if(|(_, it)| is_plain(*it)) {
                word.push(character);
            }
            tokens.push((at, Token::Word(word)));
        } else {
            let left = text.get(byte..).unwrap_or_default();
            let signs = ["!=", "<=", ">=", "=", "<", ">", "(", ")", ","];
            let sign = signs.into_iter().find(|sign| left.starts_with(sign));
            let sign = sign.ok_or(NotAFilter { at })?;
            tokens.push((at, Token::Sign(sign)));
            rest.by_ref().take(sign.len()).for_each(|_| ());
        }
    }
    Ok(tokens)
}

/// What stands up to the closing quotation mark; a backslash keeps one, or itself.
fn quoted(rest: &mut Peekable<CharIndices<'_>>) -> Option<String> {
    let mut value = String::new();
    loop {
        match rest.next()?.1 {
            '"' => return Some(value),
            '\\' => value.push(rest.next()?.1),
            other => value.push(other),
        }
    }
}

struct Reader<'a> {
    tokens: &'a [(usize, Token)],
    next: usize,
    end: usize,
    depth: usize,
}

impl Reader<'_> {
    fn wrong(&self) -> NotAFilter {
        NotAFilter { at: self.tokens.get(self.next).map_or(self.end, |(at, _)| *at) }
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(_, token)| token)
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let here = matches!(self.peek(), Some(Token::Word(it)) if it.eq_ignore_ascii_case(word));
        self.next += usize::from(here);
        here
    }

    fn takes_sign(&mut self, sign: &str) -> bool {
        let here = matches!(self.peek(), Some(Token::Sign(it)) if *it == sign);
        self.next += usize::from(here);
        here
    }

    fn any(&mut self) -> Result<Filter, NotAFilter> {
        let mut all = vec![self.all()?];
        while self.takes_word("or") {
            all.push(self.all()?);
        }
        Ok(one_or(all, Filter::Any))
    }

    fn all(&mut self) -> Result<Filter, NotAFilter> {
        let mut all = vec![self.one()?];
        while self.takes_word("and") {
            all.push(self.one()?);
        }
        Ok(one_or(all, Filter::All))
    }

    fn one(&mut self) -> Result<Filter, NotAFilter> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.wrong());
        }
        let found = if self.takes_word("not") {
            Filter::Not(Box::new(self.one()?))
        } else if self.takes_sign("(") {
            let within = self.any()?;
            if !self.takes_sign(")") {
                return Err(self.wrong());
            }
            within
        } else {
            self.condition()?
        };
        self.depth -= 1;
        Ok(found)
    }

    fn condition(&mut self) -> Result<Filter, NotAFilter> {
        let key = self.key()?;
        if self.takes_word("in") {
            return Ok(Filter::Condition(key, Test::In(self.values()?)));
        }
        let signs = [
            ("=", None),
            ("!=", None),
            ("<=", Some(Order::AtMost)),
            (">=", Some(Order::AtLeast)),
            ("<", Some(Order::Less)),
            (">", Some(Order::More)),
        ];
        let Some((sign, order)) = signs.into_iter().find(|(sign, _)| self.takes_sign(sign)) else {
            return Err(self.wrong());
        };
        let value = self.value()?;
        Ok(Filter::Condition(
            key,
            match (order, sign) {
                (Some(order), _) => Test::Than(order, value),
                (None, "=") => Test::Is(value),
                _ => Test::IsNot(value),
            },
        ))
    }

    fn key(&mut self) -> Result<Key, NotAFilter> {
        let Some(Token::Word(name)) = self.peek() else { return Err(self.wrong()) };
        let attribute = name.split_once('.');
        let key = match (name.to_ascii_lowercase().as_str(), attribute) {
            (_, Some((list, name))) => {
                let list = List::ALL.into_iter().find(|it| it.as_str().eq_ignore_ascii_case(list));
                let Some(list) = list else { return Err(self.wrong()) };
                let name = name.to_owned();
                self.next += 1;
                // A name of several words stands in quotation marks behind the dot.
                let name = match (name.is_empty(), self.peek()) {
                    (true, Some(Token::Quoted(name))) => {
                        let name = name.clone();
                        self.next += 1;
                        name
                    }
                    (true, _) => return Err(self.wrong()),
                    (false, _) => name,
                };
                return Ok(Key::Attribute(list, name));
            }
            ("case", _) => Key::Case,
            ("transcript", _) => Key::Transcript,
            ("participant", _) => Key::Participant,
            ("role", _) => Key::Role,
            ("topic", _) => Key::Topic,
            ("code" | "dimension", _) => Key::Code,
            ("certainty", _) => Key::Certainty,
            ("words", _) => Key::Words,
            _ => return Err(self.wrong()),
        };
        self.next += 1;
        Ok(key)
    }

    fn values(&mut self) -> Result<Vec<String>, NotAFilter> {
        if !self.takes_sign("(") {
            return Err(self.wrong());
        }
        let mut values = vec![self.value()?];
        while self.takes_sign(",") {
            values.push(self.value()?);
        }
        if self.takes_sign(")") { Ok(values) } else { Err(self.wrong()) }
    }

    fn value(&mut self) -> Result<String, NotAFilter> {
        let value = match self.peek() {
            Some(Token::Quoted(value)) => value.clone(),
            Some(Token::Word(value)) if !is_word(value) => value.clone(),
            _ => return Err(self.wrong()),
        };
        self.next += 1;
        Ok(value)
    }
}

fn one_or(mut all: Vec<Filter>, several: fn(Vec<Filter>) -> Filter) -> Filter {
    match (all.len(), all.pop()) {
        (1, Some(one)) => one,
        (_, last) => {
            all.extend(last);
            several(all)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Filter {
        text.parse().unwrap()
    }

    #[test]
    fn and_binds_before_or_and_values_with_blanks_are_quoted() {
        let filter = read("case.sector=Health and not participant.grade=A1");
        assert_eq!(filter.to_string(), "case.sector=Health and not participant.grade=A1");
        let filter = read("case=A OR case = B and (words>=9 or topic in(\"How it began\", end))");
        assert_eq!(
            filter.to_string(),
            "case=A or case=B and (words>=9 or topic in(\"How it began\",end))"
        );
        assert_eq!(read("case.\"lead office\"=x").to_string(), "case.\"lead office\"=x");
    }

    #[test]
    fn what_is_no_filter_is_told_where() {
        for (text, at) in [
            ("", 0),
            ("sector=Health", 0),
            ("case=", 5),
            ("case=A and", 10),
            ("case=A case=B", 7),
            ("(case=A", 7),
            ("case in A", 8),
            ("case=\"A", 5),
            ("case.=A", 5),
        ] {
            assert_eq!(text.parse::<Filter>(), Err(NotAFilter { at }), "{text}");
        }
        let deep = "(".repeat(100_000);
        assert!(deep.parse::<Filter>().is_err());
    }

    fn filter() -> impl Strategy<Value = Filter> {
        let value = || "[a-zA-Z0-9 .\"\\\\é(),=-]{1,6}";
        let test = prop_oneof![
            value().prop_map(Test::Is),
            value().prop_map(Test::IsNot),
            value().prop_map(|it| Test::Than(Order::AtMost, it)),
            prop::collection::vec(value(), 1..3).prop_map(Test::In),
        ];
        let key = prop_oneof![
            Just(Key::Case),
            Just(Key::Code),
            value().prop_map(|name| Key::Attribute(List::Participant, name)),
        ];
        let condition = (key, test).prop_map(|(key, test)| Filter::Condition(key, test));
        condition.prop_recursive(4, 12, 3, |inner| {
            let several = || prop::collection::vec(inner.clone(), 2..4);
            prop_oneof![
                several().prop_map(Filter::All),
                several().prop_map(Filter::Any),
                inner.prop_map(|it| Filter::Not(Box::new(it))),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(filter in filter()) {
            let text = filter.to_string();
            prop_assert_eq!(text.parse::<Filter>(), Ok(filter), "{}", text);
        }
    }
}
