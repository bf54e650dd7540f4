//! The language of a text, by its script and by the words that every sentence has.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::fold;

/// The commonest words of languages in Latin letters, folded. Some belong to several: each counts for all.
#[rustfmt::skip] // lists of words, as many a line as fit
const COMMON: &[(&str, &[&str])] = &[
    ("ca", &[
        "de", "la", "i", "el", "que", "a", "en", "un", "per", "els", "les", "es", "amb", "no", "una", "del", "al",
        "com", "mes", "si", "pero", "aquest", "aquesta", "son", "ja", "jo", "molt", "tambe", "aixo", "hi", "ha",
        "perque", "quan", "dels", "ens", "doncs",
    ]),
    ("de", &[
        "der", "die", "und", "in", "den", "von", "zu", "das", "mit", "sich", "des", "auf", "fur", "ist", "im", "dem",
        "nicht", "ein", "eine", "als", "auch", "es", "an", "werden", "aus", "er", "hat", "dass", "sie", "nach", "wird",
        "bei", "ich", "wir", "aber", "so", "wenn", "man", "da", "haben", "ja", "noch", "was", "schon", "oder", "uns",
    ]),
    ("en", &[
        "the", "and", "to", "of", "a", "that", "i", "it", "in", "you", "is", "was", "for", "on", "we", "have", "this",
        "they", "be", "not", "with", "are", "but", "so", "do", "my", "at", "what", "there", "if", "as", "or", "just",
        "like", "know", "yeah", "can", "about", "from", "don", "would", "think", "your", "it's", "don't", "that's",
    ]),
    ("es", &[
        "de", "la", "que", "el", "en", "y", "a", "los", "se", "no", "un", "las", "por", "con", "una", "para", "es",
        "lo", "como", "mas", "pero", "del", "al", "le", "ya", "o", "este", "si", "porque", "muy", "sin", "sobre",
        "tambien", "me", "hay", "yo", "nos", "eso", "su", "ha", "esta", "cuando", "entonces", "todo", "bueno",
    ]),
    ("fr", &[
        "de", "la", "le", "et", "les", "des", "en", "un", "du", "une", "que", "est", "pour", "qui", "dans", "a", "par",
        "plus", "pas", "au", "sur", "ne", "se", "ce", "il", "sont", "nous", "on", "je", "vous", "mais", "ou", "avec",
        "tout", "y", "ca", "elle", "c'est", "j'ai", "oui", "donc", "fait", "bien", "parce", "quand", "ils", "euh",
    ]),
    ("it", &[
        "di", "che", "e", "la", "il", "un", "a", "per", "in", "una", "mi", "sono", "ho", "non", "ma", "lo", "ha", "le",
        "si", "ti", "i", "con", "cosa", "se", "come", "da", "del", "ci", "no", "della", "questo", "qui", "anche",
        "perche", "quando", "piu", "quindi", "nel", "gli", "al",
    ]),
    ("nl", &[
        "de", "het", "een", "en", "van", "ik", "je", "dat", "is", "in", "op", "te", "niet", "zijn", "met", "voor", "er",
        "maar", "ook", "aan", "als", "die", "dan", "we", "wat", "om", "naar", "heb", "was", "dus", "ja", "nog", "bij",
    ]),
    ("pt", &[
        "de", "a", "o", "que", "e", "do", "da", "em", "um", "para", "nao", "com", "uma", "os", "no", "se", "na", "por",
        "mais", "as", "dos", "como", "mas", "foi", "ao", "ele", "das", "tem", "seu", "sua", "ou", "muito", "nos", "ja",
        "eu", "tambem", "so", "pelo", "isso", "ela", "voce", "entao", "gente", "porque", "quando",
    ]),
];

/// The commonest words of a language, folded; none where they are not known.
#[must_use]
pub fn commonest(tag: &str) -> &'static [&'static str] {
    COMMON.iter().find(|(known, _)| *known == tag).map_or(&[], |(_, words)| words)
}

/// Words looked at.
const SAMPLE: usize = 20_000;
/// The fewest common words by which a language is told.
const FEWEST: u32 = 10;

/// The tag of the language of a text, if that is clear: a text in two languages is in none.
pub fn detect<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<&'static str> {
    let is_space = |it: char| !it.is_alphanumeric() && it != '\'' && it != '’';
    let words = texts.into_iter().flat_map(|text| text.split(is_space));
    let words: Vec<&str> =
        words.filter(|it| it.chars().any(char::is_alphabetic)).take(SAMPLE).collect();
    by_script(&words).unwrap_or_else(|| by_words(&words))
}

/// What the letters say: a language, that there is none such, or, for Latin letters, nothing.
fn by_script(words: &[&str]) -> Option<Option<&'static str>> {
    let mut scripts: HashMap<&'static str, u32> = HashMap::new();
    for letter in words.iter().flat_map(|word| word.chars()) {
        let script = match letter {
            '\u{370}'..='\u{3ff}' => "el",
            '\u{400}'..='\u{52f}' => "ru",
            '\u{590}'..='\u{5ff}' => "he",
            '\u{600}'..='\u{6ff}' => "ar",
            '\u{900}'..='\u{97f}' => "hi",
            '\u{e00}'..='\u{e7f}' => "th",
            '\u{3040}'..='\u{30ff}' => "ja",
            '\u{4e00}'..='\u{9fff}' => "zh",
            '\u{ac00}'..='\u{d7af}' => "ko",
            _ if letter.is_alphabetic() => "latin",
            _ => continue,
        };
        *scripts.entry(script).or_default() += 1;
    }
    let count = |script: &str| scripts.get(script).copied().unwrap_or(0);
    let all: u32 = scripts.values().sum();
    if all == 0 {
        return Some(None);
    }
    // Japanese has Chinese letters between its own.
    if count("ja") * 10 >= all {
        return Some(Some("ja"));
    }
    let main = ["latin", "ar", "el", "he", "hi", "ko", "ru", "th", "zh"]
        .into_iter()
        .find(|it| count(it) * 10 >= all * 7);
    match main {
        Some("latin") => None,
        Some("ru") => {
            let ukrainian = |word: &&str| word.contains(['і', 'ї', 'є', 'І', 'Ї', 'Є']);
            let some = words.iter().filter(|it| ukrainian(it)).count();
            Some(Some(if some * 20 > words.len() { "uk" } else { "ru" }))
        }
        other => Some(other.filter(|_| all >= 20)),
    }
}

fn by_words(words: &[&str]) -> Option<&'static str> {
    static WORDS: OnceLock<HashMap<&'static str, u16>> = OnceLock::new();
    let common = WORDS.get_or_init(|| {
        let mut common: HashMap<&'static str, u16> = HashMap::new();
        for (at, (_, list)) in COMMON.iter().enumerate() {
            for word in *list {
                *common.entry(word).or_default() |= 1 << at;
            }
        }
        common
    });
    let mut counts = vec![0_u32; COMMON.len()];
    for word in words {
        let languages = common.get(fold(word).replace('’', "'").as_str()).copied().unwrap_or(0);
        for (at, count) in counts.iter_mut().enumerate() {
            *count += u32::from(languages & (1 << at) != 0);
        }
    }
    let best = counts.iter().copied().max()?;
    let at = counts.iter().position(|it| *it == best)?;
    let second = counts.iter().enumerate().filter(|(other, _)| *other != at).map(|it| *it.1).max();
    let all = u32::try_from(words.len()).unwrap_or(u32::MAX);
    let clear = best >= FEWEST && best * 100 >= all * 22 && best * 10 >= second.unwrap_or(0) * 13;
    COMMON.get(at).filter(|_| clear).map(|(tag, _)| *tag)
}

/// The tag that a file's own name for its language means: `eng`, `en_us` and `es-MX` are `en` and `es`.
#[must_use]
pub fn tag_of(name: &str) -> Option<String> {
    let primary = super::talk::primary(name);
    let three = [
        ("ara", "ar"),
        ("cat", "ca"),
        ("deu", "de"),
        ("ger", "de"),
        ("ell", "el"),
        ("eng", "en"),
        ("spa", "es"),
        ("fra", "fr"),
        ("fre", "fr"),
        ("heb", "he"),
        ("hin", "hi"),
        ("ita", "it"),
        ("jpn", "ja"),
        ("kor", "ko"),
        ("nld", "nl"),
        ("dut", "nl"),
        ("por", "pt"),
        ("rus", "ru"),
        ("tha", "th"),
        ("ukr", "uk"),
        ("zho", "zh"),
    ];
    let known =
        three.iter().find(|(long, _)| *long == primary).map(|(_, short)| (*short).to_owned());
    let plain =
        (2..=3).contains(&primary.len()) && primary.bytes().all(|it| it.is_ascii_lowercase());
    known.or_else(|| plain.then_some(primary))
}

/// The language that a folded word names, by its tag or its name in the languages that the program knows: `es`, `spa`,
/// `espanol`, `englisch`.
#[must_use]
pub fn named(folded: &str) -> Option<&'static str> {
    const NAMES: [(&str, &str); 7] = [
        ("en", "english ingles anglais englisch inglese angles"),
        ("es", "spanish espanol castellano espagnol spanisch espanhol spagnolo castella"),
        ("de", "german deutsch aleman allemand alemao tedesco alemany"),
        ("fr", "french francais frances franzosisch francese"),
        ("pt", "portuguese portugues portugais portugiesisch portoghese"),
        ("it", "italian italiano italien italienisch italia"),
        ("ca", "catalan catala katalanisch catalao catalano"),
    ];
    let tag = tag_of(folded);
    let is = |known: &str, names: &str| {
        tag.as_deref() == Some(known) || names.split(' ').any(|it| it == folded)
    };
    NAMES.iter().find(|(known, names)| is(known, names)).map(|it| it.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_kept_folded_and_names_a_word_once() {
        for (tag, list) in COMMON {
            let mut seen = std::collections::HashSet::new();
            for word in *list {
                assert_eq!(fold(word), **word, "in {tag}");
                assert!(seen.insert(word), "{word} stands twice in {tag}");
            }
        }
    }

    #[test]
    fn a_language_is_told_where_it_is_clear() {
        for (text, expected) in [
            (
                "So we went to the clinic and there was nobody, and I think that it is not what they wanted for us.",
                Some("en"),
            ),
            (
                "Pues yo creo que la clínica no es lo que nos dijeron, y por eso la gente se fue a otra parte.",
                Some("es"),
            ),
            (
                "Alors on est allés à la clinique et il n'y avait pas de médecin, donc je ne sais pas ce que c'est.",
                Some("fr"),
            ),
            (
                "Also wir sind in die Klinik gegangen und da war nicht ein Arzt, das ist so, wenn man auf dem Land ist.",
                Some("de"),
            ),
            (
                "A gente foi para a clínica e não tinha médico, então eu não sei o que é que eles fazem com isso.",
                Some("pt"),
            ),
            (
                "Siamo andati in clinica e non c'era il medico, quindi non so che cosa ci sia da fare, ma per me è così.",
                Some("it"),
            ),
            ("Мы пошли в больницу и там никого не было", Some("ru")),
            ("הלכנו למרפאה ולא היה שם אף אחד", Some("he")),
            ("とても長く待ちました", Some("ja")),
            ("Yes.", None),
            ("", None),
            (
                "y luego dijimos que no and then we left the house porque no había nada and I was there con la gente",
                None,
            ),
        ] {
            assert_eq!(detect([text]), expected, "{text}");
        }
        assert_eq!(tag_of("eng").as_deref(), Some("en"));
        assert_eq!(tag_of("es-MX").as_deref(), Some("es"));
        assert_eq!(tag_of("english"), None);
        for (word, tag) in [("es", Some("es")), ("deu", Some("de")), ("english", Some("en"))] {
            assert_eq!(named(word), tag, "{word}");
        }
        assert_eq!(named("no").or(named("id")).or(named("text")), None);
    }
}
