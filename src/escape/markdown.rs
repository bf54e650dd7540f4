//! Text in Markdown stays text: what would be markup, or HTML, is written as its sign.

use super::terminal::turns_direction;

/// The text for running text, heads and cells; a line break becomes `<br>` and a blank, which alone is left of it where HTML is dropped, a control character `�`.
#[must_use]
pub fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | '|' | '*' | '_' | '`' | '<' | '[' | ']' | '#' => {
                out.push('\\');
                out.push(character);
            }
            '\n' => out.push_str("<br> "),
            control if control.is_control() || turns_direction(control) => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}
