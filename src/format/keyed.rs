//! A quick hash of short texts, keyed anew in each run, so that no file can be made to collide.

use std::hash::{BuildHasher, Hasher, RandomState};

/// The key; the hasher of maps with many short names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key(u64, u64);

impl Default for Key {
    fn default() -> Self {
        let key = || RandomState::new().build_hasher().finish() | 1;
        Self(key(), key())
    }
}

impl Key {
    /// A product of keyed words, folded.
    #[inline]
    pub(super) fn hash(self, name: &[u8]) -> u64 {
        fold(self.with(self.0 ^ name.len() as u64, name), self.0)
    }

    #[inline]
    fn with(self, mut hash: u64, name: &[u8]) -> u64 {
        let (words, rest) = name.as_chunks::<8>();
        for word in words {
            hash = fold(hash ^ u64::from_le_bytes(*word), self.1);
        }
        let last = rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
        fold(hash ^ last, self.1)
    }
}

#[inline]
fn fold(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other);
    (product as u64) ^ ((product >> 64) as u64)
}

impl BuildHasher for Key {
    type Hasher = Keyed;

    fn build_hasher(&self) -> Keyed {
        Keyed { key: *self, hash: self.0 }
    }
}

/// A hash in the making.
#[derive(Debug)]
pub(super) struct Keyed {
    key: Key,
    hash: u64,
}

impl Hasher for Keyed {
    fn write(&mut self, bytes: &[u8]) {
        self.hash = self.key.with(self.hash ^ bytes.len() as u64, bytes);
    }

    fn write_u8(&mut self, byte: u8) {
        self.hash ^= u64::from(byte);
    }

    fn finish(&self) -> u64 {
        fold(self.hash, self.key.0)
    }
}
