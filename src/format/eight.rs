//! Bytes looked for eight at a time, as one number.

/// Eight times one byte.
pub(super) const fn everywhere(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The highest bit of each byte that is zero; in no other byte any.
pub(super) const fn zeros(word: u64) -> u64 {
    const LOW: u64 = everywhere(0x7f);
    !(((word & LOW) + LOW) | word | LOW)
}
