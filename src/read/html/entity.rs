//! Characters that a web page names: `&eacute;`, `&#233;`, `&#xE9;`.
//!
//! All names of HTML 4, and those of HTML 5 that stand for signs on a keyboard. A name that is not known
//! stays as it stands, so that nothing is lost.

/// The characters from U+00A0 to U+00FF, in order. These also count without their semicolon.
const LATIN: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr \
    deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest \
    Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc \
    Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN \
    szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute \
    icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute \
    thorn yuml";

/// The capital letters of Greek from U+0391 on; U+03A2 is none. The small ones are 32 further.
const GREEK: &str = "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi \
    Rho - Sigma Tau Upsilon Phi Chi Psi Omega";

/// Signs that also count without their semicolon.
const PLAIN: &[(&str, char)] = &[
    ("amp", '&'),
    ("AMP", '&'),
    ("lt", '<'),
    ("LT", '<'),
    ("gt", '>'),
    ("GT", '>'),
    ("quot", '"'),
    ("QUOT", '"'),
    ("COPY", '©'),
    ("REG", '®'),
];

/// Name, then character.
const OTHERS: &str = "apos ' excl ! num # dollar $ percnt % lpar ( rpar ) ast * plus + comma , period . \
    sol / colon : semi ; equals = quest ? commat @ lsqb [ lbrack [ bsol \\ rsqb ] rbrack ] lowbar _ \
    grave ` lcub { lbrace { verbar | vert | rcub } rbrace } OElig Œ oelig œ Scaron Š scaron š Yuml Ÿ \
    Zcaron Ž zcaron ž fnof ƒ circ ˆ tilde ˜ sigmaf ς thetasym ϑ upsih ϒ piv ϖ ndash – mdash — horbar ― \
    lsquo ‘ rsquo ’ rsquor ’ sbquo ‚ ldquo “ rdquo ” rdquor ” bdquo „ dagger † Dagger ‡ bull • bullet • \
    hellip … mldr … permil ‰ prime ′ Prime ″ lsaquo ‹ rsaquo › oline ‾ frasl ⁄ euro € image ℑ weierp ℘ \
    real ℜ trade ™ TRADE ™ alefsym ℵ larr ← uarr ↑ rarr → darr ↓ harr ↔ crarr ↵ lArr ⇐ uArr ⇑ rArr ⇒ \
    dArr ⇓ hArr ⇔ forall ∀ part ∂ exist ∃ empty ∅ nabla ∇ isin ∈ notin ∉ ni ∋ prod ∏ sum ∑ minus − \
    lowast ∗ radic √ prop ∝ infin ∞ ang ∠ and ∧ or ∨ cap ∩ cup ∪ int ∫ there4 ∴ sim ∼ cong ≅ asymp ≈ \
    ne ≠ equiv ≡ le ≤ ge ≥ sub ⊂ sup ⊃ nsub ⊄ sube ⊆ supe ⊇ oplus ⊕ otimes ⊗ perp ⊥ sdot ⋅ lceil ⌈ \
    rceil ⌉ lfloor ⌊ rfloor ⌋ lang ⟨ rang ⟩ loz ◊ spades ♠ clubs ♣ hearts ♥ diams ♦ check ✓ star ☆ \
    caron ˇ dash ‐ hyphen ‐";

/// What windows-1252 has at 0x80 to 0x9f: pages name these by number as if Unicode had them there.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The character at the beginning of a text that follows `&`, and how many bytes name it.
pub(super) fn read(rest: &str) -> Option<(char, usize)> {
    if let Some(number) = rest.strip_prefix('#') {
        return by_number(number);
    }
    let length = rest.bytes().take(32).take_while(u8::is_ascii_alphanumeric).count();
    let name = rest.get(..length)?;
    if rest.as_bytes().get(length) == Some(&b';') {
        return by_name(name).map(|it| (it, length + 1));
    }
    // The longest name that begins it: `&copyright` is © and the rest of the word.
    (2..=length).rev().find_map(|length| Some((without_semicolon(name.get(..length)?)?, length)))
}

/// `#233;`, `#xE9;`; some programs give a character in two halves, as UTF-16 has it.
fn by_number(rest: &str) -> Option<(char, usize)> {
    let (value, length) = number(rest)?;
    if let Some(high @ 0xd800..=0xdbff) = u16::try_from(value).ok()
        && let Some(next) = rest.get(length - 1..).and_then(|it| it.strip_prefix("&#"))
        && let Some((low, more)) = number(next)
        && let Some(low) = u16::try_from(low).ok()
        && let Some(Ok(character)) = char::decode_utf16([high, low]).next()
    {
        return Some((character, length + 1 + more));
    }
    let windows = value.checked_sub(0x80).and_then(|it| WINDOWS.get(it as usize)).copied();
    let character = windows.or(char::from_u32(value).filter(|it| *it != '\0'));
    Some((character.unwrap_or('\u{fffd}'), length))
}

/// The number at the beginning, and how many bytes it and the `#` before it take.
fn number(rest: &str) -> Option<(u32, usize)> {
    let (radix, mark) = if rest.starts_with(['x', 'X']) { (16, 1) } else { (10, 0) };
    let digits = rest.get(mark..)?;
    let length = digits.bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
    let value = digits.get(..length).filter(|it| !it.is_empty())?;
    // A number beyond all characters is one that cannot be shown.
    let value = u32::from_str_radix(value, radix).unwrap_or(u32::MAX);
    let semicolon = usize::from(digits.as_bytes().get(length) == Some(&b';'));
    Some((value, 1 + mark + length + semicolon))
}

fn without_semicolon(name: &str) -> Option<char> {
    if let Some((_, character)) = PLAIN.iter().find(|(known, _)| *known == name) {
        return Some(*character);
    }
    let at = LATIN.split(' ').position(|known| known == name)?;
    char::from_u32(0xa0 + u32::try_from(at).ok()?)
}

fn by_name(name: &str) -> Option<char> {
    without_semicolon(name).or_else(|| greek(name)).or_else(|| special(name)).or_else(|| {
        let mut words = OTHERS.split_ascii_whitespace();
        while let (Some(known), Some(character)) = (words.next(), words.next()) {
            if known == name {
                return character.chars().next();
            }
        }
        None
    })
}

fn greek(name: &str) -> Option<char> {
    let at = GREEK.split(' ').position(|known| known.eq_ignore_ascii_case(name))?;
    let small = u32::from(name.starts_with(|first: char| first.is_ascii_lowercase())) * 32;
    char::from_u32(0x391 + u32::try_from(at).ok()? + small)
}

/// White space and marks that nobody sees.
fn special(name: &str) -> Option<char> {
    Some(match name {
        "Tab" => '\t',
        "NewLine" => '\n',
        "ensp" => '\u{2002}',
        "emsp" => '\u{2003}',
        "thinsp" => '\u{2009}',
        "hairsp" => '\u{200a}',
        "zwnj" => '\u{200c}',
        "zwj" => '\u{200d}',
        "lrm" => '\u{200e}',
        "rlm" => '\u{200f}',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_by_name_and_number_with_and_without_a_semicolon() {
        for (text, expected) in [
            ("eacute; x", Some(('é', 7))),
            ("eacutex", Some(('é', 6))),
            ("copy<", Some(('©', 4))),
            ("nbsp;", Some(('\u{a0}', 5))),
            ("yuml;", Some(('ÿ', 5))),
            ("Omega;", Some(('Ω', 6))),
            ("sigma;", Some(('σ', 6))),
            ("rdquo;", Some(('”', 6))),
            ("hellip", None),
            ("nosuch;", None),
            ("#233;", Some(('é', 5))),
            ("#xE9 ", Some(('é', 4))),
            ("#150;", Some(('–', 5))),
            ("#99999999999;", Some(('\u{fffd}', 13))),
            ("#55357;&#56419;x", Some(('👣', 15))),
            ("#55357;&#56", Some(('\u{fffd}', 7))),
            ("#;", None),
            (" b", None),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
