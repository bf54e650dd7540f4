//! A command line, argument by argument.

use std::fmt;

/// The arguments of a command, its name first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line(Vec<String>);

impl Line {
    /// A command without arguments.
    #[must_use]
    pub fn new(command: &str) -> Self {
        Self(vec![command.to_owned()])
    }

    /// Its words.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.0
    }

    /// The same with `--name`, where it is asked for.
    #[must_use]
    pub fn flag(mut self, name: &str, asked: bool) -> Self {
        if asked {
            self.0.push(format!("--{name}"));
        }
        self
    }

    /// The same with `--name=value`, once for each value: whatever a value begins with, it is none of our options.
    #[must_use]
    pub fn option<T: fmt::Display>(
        mut self,
        name: &str,
        values: impl IntoIterator<Item = T>,
    ) -> Self {
        self.0.extend(values.into_iter().map(|value| format!("--{name}={value}")));
        self
    }

    /// The same with one word more, as it is.
    #[must_use]
    pub fn word(mut self, word: impl AsRef<str>) -> Self {
        self.0.push(word.as_ref().to_owned());
        self
    }

    /// The same with an argument behind all options.
    #[must_use]
    pub fn last(mut self, value: Option<&str>) -> Self {
        if let Some(value) = value {
            self.0.extend(["--".to_owned(), value.to_owned()]);
        }
        self
    }

    /// The same with `--name=value`, unless it is what holds anyway.
    #[must_use]
    pub fn unless<T: fmt::Display + PartialEq>(self, usual: &T, name: &str, value: &T) -> Self {
        let value = (value != usual).then_some(value);
        self.option(name, value)
    }
}

impl fmt::Display for Line {
    /// As it is typed in a shell.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("themata")?;
        for word in &self.0 {
            let plain = |it: char| it.is_alphanumeric() || "-_=.,:@/+%".contains(it);
            if !word.is_empty() && word.chars().all(plain) {
                write!(f, " {word}")?;
            } else {
                write!(f, " '{}'", word.replace('\'', r"'\''"))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_can_be_copied_into_a_shell() {
        let line = Line::new("quotes").flag("long", false).option("code", ["it's all"]);
        assert_eq!(line.to_string(), r"themata quotes '--code=it'\''s all'");
        let line = Line::new("matrix").unless(&"a", "rows", &"a").unless(&"a", "columns", &"b");
        assert_eq!(line.to_string(), "themata matrix --columns=b");
    }
}
