//! Text in LaTeX stays text: what would begin a command, a comment, a cell or mathematics is written as its sign.

use super::terminal::turns_direction;

/// The text for running text and cells; a line break becomes `\newline`, a control character `�`.
#[must_use]
pub fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '\\' => out.push_str(r"\textbackslash{}"),
            '~' => out.push_str(r"\textasciitilde{}"),
            '^' => out.push_str(r"\textasciicircum{}"),
            '<' => out.push_str(r"\textless{}"),
            '>' => out.push_str(r"\textgreater{}"),
            '|' => out.push_str(r"\textbar{}"),
            '"' => out.push_str(r"\textquotedbl{}"),
            // Two of them would become one sign, and `?` or `!` before one another.
            '-' | '\'' if out.ends_with(character) => out.push_str(&format!("{{}}{character}")),
            // A bracket after a line's end would be its argument.
            '`' | '[' => out.push_str(&format!("{{{character}}}")),
            '{' | '}' | '$' | '&' | '#' | '%' | '_' => {
                out.push('\\');
                out.push(character);
            }
            '\n' => out.push_str(r"\newline{}"),
            '\t' => out.push(' '),
            control if control.is_control() || turns_direction(control) => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_is_a_command_or_a_comment() {
        assert_eq!(text(r"\input{x} 50% & a_b"), r"\textbackslash{}input\{x\} 50\% \& a\_b");
        assert_eq!(text("a--b\n[c]"), r"a-{}-b\newline{}{[}c]");
    }

    proptest! {
        /// Outside our own commands no sign is left that LaTeX reads as anything but itself.
        #[test]
        fn every_sign_is_guarded(said in "[\\\\{}$&#%_^~a\"<>|`'\\-\u{7}]{0,12}") {
            let out = text(&said);
            let mut rest = out.as_str();
            while let Some(first) = rest.chars().next() {
                let taken = match first {
                    '\\' => {
                        let name = rest[1..].find(|it: char| !it.is_ascii_alphabetic()).unwrap_or(0);
                        if name > 0 { prop_assert!(rest[1 + name..].starts_with("{}"), "{out}"); name + 3 } else { 2 }
                    }
                    '{' if rest.starts_with("{}") => 2,
                    '{' => 3,
                    other => { prop_assert!(!"}$&#%_^~\"".contains(other), "{out}"); other.len_utf8() }
                };
                rest = &rest[taken..];
            }
        }
    }
}
