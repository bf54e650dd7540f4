//! Bytes looked for eight at a time, as one number.

/// Eight times one byte.
#[must_use]
#[inline]
pub const fn everywhere(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The highest bit of each byte that is zero; in no other byte any.
#[must_use]
#[inline]
pub const fn zeros(word: u64) -> u64 {
    const LOW: u64 = everywhere(0x7f);
    !(((word & LOW) + LOW) | word | LOW)
}

/// What stands before the first comma of a text, and what follows it.
#[must_use]
#[inline]
pub fn before_comma(text: &str) -> Option<(&str, &str)> {
    let (words, last) = text.as_bytes().as_chunks::<8>();
    let found = words.iter().enumerate().find_map(|(nth, word)| {
        let found = zeros(u64::from_le_bytes(*word) ^ everywhere(b','));
        (found != 0).then(|| nth * 8 + found.trailing_zeros() as usize / 8)
    });
    let rest = || Some(words.len() * 8 + last.iter().position(|byte| *byte == b',')?);
    let at = found.or_else(rest)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// What follows some bytes with which others begin. They are few, and compared without a call.
#[must_use]
#[inline]
pub fn after<'a>(bytes: &'a [u8], beginning: &[u8]) -> Option<&'a [u8]> {
    let (own, rest) = bytes.split_at_checked(beginning.len())?;
    let ((words, last), (other, other_last)) = (own.as_chunks::<8>(), beginning.as_chunks::<8>());
    let differ = words.iter().zip(other).fold(0, |differ, (one, other)| {
        differ | (u64::from_le_bytes(*one) ^ u64::from_le_bytes(*other))
    });
    let last = last.iter().zip(other_last).fold(0, |differ, (one, other)| differ | (one ^ other));
    (differ == 0 && last == 0).then_some(rest)
}

/// How many lines end in some bytes.
#[must_use]
pub fn line_ends(bytes: &[u8]) -> usize {
    // In stretches so short that a byte counts them, for many bytes are added at once.
    let of = |stretch: &[u8]| stretch.iter().map(|byte| u8::from(*byte == b'\n')).sum::<u8>();
    bytes.chunks(255).map(|stretch| usize::from(of(stretch))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn all_is_found_as_byte_by_byte(text in "[a,\n\u{2c}é\u{80}\u{ac}]{0,20}", other in "[a,]{0,9}", from in 0_usize..20) {
            prop_assert_eq!(before_comma(&text), text.split_once(','));
            prop_assert_eq!(line_ends(text.repeat(40).as_bytes()), 40 * text.matches('\n').count());
            let bytes = text.as_bytes();
            prop_assert_eq!(after(bytes, other.as_bytes()), bytes.strip_prefix(other.as_bytes()));
            let own = bytes.get(..from).unwrap_or_default();
            prop_assert_eq!(after(bytes, own), bytes.strip_prefix(own));
        }
    }
}
