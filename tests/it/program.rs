//! Runs the program in this process, as a person would.

use std::path::Path;

/// What a run left behind.
pub(crate) struct Run {
    pub(crate) status: u8,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs `themata` with these arguments, in English, in a folder.
pub(crate) fn themata(folder: &Path, arguments: &[&str]) -> Run {
    let folder = folder.to_str().unwrap();
    let all =
        ["themata", "--lang", "en", "-C", folder].into_iter().chain(arguments.iter().copied());
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = themata::cli::run(all, &mut std::io::empty(), &mut out, &mut err);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { status, out: text(out), err: text(err) }
}
