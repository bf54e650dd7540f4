//! The hashes by which versions of a codebook, texts and files are named and told from others.

use sha2::{Digest as _, Sha256};

use crate::domain::digest::Digest;

/// The name of a version: `v-` and the first 12 hex digits of the SHA-256 of the file, after removing a
/// BOM and CR before LF.
#[must_use]
pub fn version(bytes: &[u8]) -> String {
    format!("v-{}", &text_sha256(bytes)[..12])
}

/// SHA-256 of a text file in hex, after removing a BOM and CR before LF.
#[must_use]
pub fn text_sha256(bytes: &[u8]) -> String {
    text_digest(bytes).to_string()
}

/// The same, as what it is.
#[must_use]
pub fn text_digest(bytes: &[u8]) -> Digest {
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if !body.contains(&b'\r') {
        return digest(body);
    }
    let mut hash = Sha256::new();
    let mut rest = body;
    while let Some(at) = rest.windows(2).position(|pair| pair == b"\r\n") {
        hash.update(&rest[..at]);
        rest = &rest[at + 1..];
    }
    hash.update(rest);
    Digest::of(hash.finalize().into())
}

/// SHA-256 of bytes as they are, in hex.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    digest(bytes).to_string()
}

/// SHA-256 of bytes as they are.
#[must_use]
pub fn digest(bytes: &[u8]) -> Digest {
    Digest::of(Sha256::digest(bytes).into())
}
