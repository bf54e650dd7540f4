//! Codes focus groups, from verbatim transcripts to cross-case matrices.
