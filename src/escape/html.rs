//! Text in a page stays text: what would begin a tag, an entity or the end of an attribute is written out.

use std::borrow::Cow;

/// The text for between tags and for attributes in quotation marks.
#[must_use]
pub fn text(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}

/// JSON for a block of data inside a page: nothing in it can end the block or a line of a script, because
/// `<`, `>`, `&` and the separators of lines and paragraphs stand as their numbers.
#[must_use]
pub fn json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
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
    fn nothing_ends_a_tag_or_an_attribute() {
        assert_eq!(text("a<b>\"c'&"), "a&lt;b&gt;&quot;c&#39;&amp;");
        assert_eq!(text("plain é"), "plain é");
    }

    proptest! {
        #[test]
        fn data_in_a_page_says_the_same_and_cannot_end_its_block(said in ".*") {
            let json = serde_json::to_string(&format!("</script><!--{said}\u{2028}")).unwrap();
            let inside = super::json(&json);
            let ends = inside.contains(['<', '>', '&', '\u{2028}']);
            prop_assert!(!ends, "a mark is left");
            let back: String = serde_json::from_str(&inside).unwrap();
            prop_assert_eq!(back, format!("</script><!--{said}\u{2028}"));
        }
    }
}
