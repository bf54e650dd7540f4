//! Tags of languages: `en`, `es-MX`, `nah`.

use super::talk::primary;

/// The languages that have a tag of two letters: ISO 639-1.
const TWO: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee \
el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg \
ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv \
ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk \
tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Whether a text is the tag of a language: two letters of ISO 639-1, or three, as languages without two have; then maybe a
/// script or a country. Which three letters name a language is not known here.
#[must_use]
pub fn is_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let named = match first.len() {
        2 => TWO.split(' ').any(|it| it == first),
        3 => first.bytes().all(|it| it.is_ascii_lowercase()),
        _ => false,
    };
    named
        && parts.all(|it| {
            (2..=8).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_alphanumeric())
        })
}

/// The tag that is meant by one that is none, or that is another of those in use with a letter too many: `EN`, `enq`,
/// `english`.
#[must_use]
pub fn meant<'a>(text: &str, in_use: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let small = text.to_ascii_lowercase();
    let near = |tag: &&str| {
        tag.len() == 2
            && *tag != text
            && (small.starts_with(*tag) || primary(text) == *tag && !is_tag(text))
    };
    in_use.into_iter().find(near).filter(|_| !is_tag(text) || text.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_told_from_words_and_a_letter_too_many_is_seen() {
        for tag in ["en", "es-MX", "nah", "zh-Hant-TW", "quc"] {
            assert!(is_tag(tag), "{tag}");
        }
        for other in ["", "e", "eq", "EN", "english", "en_US", "%%", "en-", "Zq9"] {
            assert!(!is_tag(other), "{other}");
        }
        assert_eq!(meant("enq", ["en", "es"]), Some("en"));
        assert_eq!(meant("EN", ["es", "en"]), Some("en"));
        assert_eq!(meant("nah", ["en", "es"]), None);
        assert_eq!(meant("es-MX", ["en", "es"]), None);
        assert_eq!(meant("en", ["en", "es"]), None);
    }
}
