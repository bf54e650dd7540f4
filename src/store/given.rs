//! Files that somebody named on the command line, and folders in whose place stand the files in them.

use std::cmp::Ordering;
use std::fs;
use std::path::{Path, PathBuf};

use super::layout;
use super::replace::is_a_study_s_own;
use crate::domain::failure::Failure;
use crate::msg;

/// A file that was named, or that lies in a folder that was named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Where it is.
    pub path: PathBuf,
    /// The folder that was named in its stead; absent where the file itself was named.
    pub folder: Option<PathBuf>,
    /// Its length in bytes; 0 where the system does not tell.
    pub length: u64,
}

/// The files that these arguments mean, in the order of the arguments; those of a folder sorted by name,
/// numbers in names by their value. Also returns how many folders inside folders were not looked into.
///
/// What programs and systems leave in a folder (hidden files, locks of Word) and a study's own files are
/// left out without a word.
///
/// # Errors
/// A folder is a study, or cannot be read. That a file is missing is found when it is read.
pub fn given_files(arguments: &[PathBuf]) -> Result<(Vec<Given>, usize), Failure> {
    let mut files = Vec::new();
    let mut deeper = 0;
    for argument in arguments {
        if !argument.is_dir() {
            files.push(given(argument.clone(), None));
            continue;
        }
        let failed = |error: std::io::Error| {
            Failure::Io(msg!("store.read", file = argument.display()), error.to_string())
        };
        if argument.join(layout::SETTINGS).is_file() {
            let what = msg!("import.folder.study", file = argument.display());
            return Err(Failure::Usage(what, msg!("import.folder.study.fix")));
        }
        let mut inside = Vec::new();
        for entry in fs::read_dir(argument).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let name = path.file_name().map(|it| it.to_string_lossy().into_owned());
            if name.is_none_or(|name| is_litter(&name)) || is_a_study_s_own(&path) {
                continue;
            }
            if path.is_dir() {
                deeper += 1;
            } else {
                inside.push(path);
            }
        }
        inside.sort_by(|one, other| by_name(one, other));
        files.extend(inside.into_iter().map(|path| given(path, Some(argument))));
    }
    Ok((files, deeper))
}

fn given(path: PathBuf, folder: Option<&PathBuf>) -> Given {
    let length = fs::metadata(&path).map_or(0, |it| it.len());
    Given { path, folder: folder.cloned(), length }
}

/// Whether two paths name one file, as far as the system tells.
#[must_use]
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// What nobody put there: hidden files, what Word and LibreOffice lock with, what systems keep.
fn is_litter(name: &str) -> bool {
    name.starts_with(['.', '~'])
        || ["thumbs.db", "desktop.ini"].iter().any(|it| name.eq_ignore_ascii_case(it))
}

/// By name, numbers by their value: `CoP 9` before `CoP 31`.
fn by_name(one: &Path, other: &Path) -> Ordering {
    let name = |path: &Path| path.file_name().map(|it| it.to_string_lossy().to_lowercase());
    let (one_name, other_name) = (name(one).unwrap_or_default(), name(other).unwrap_or_default());
    pieces(&one_name).cmp(&pieces(&other_name)).then_with(|| one.cmp(other))
}

/// A name in pieces that are compared one by one: runs of digits by length and then by digit, and the rest.
fn pieces(name: &str) -> Vec<(bool, usize, &str)> {
    let mut pieces = Vec::new();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let end = rest.find(|it: char| it.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        let value = if digits { piece.trim_start_matches('0') } else { piece };
        pieces.push((!digits, if digits { value.len() } else { 0 }, value));
        rest = after;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_a_folder_come_in_the_order_in_which_people_number_them() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["CoP 31.txt", "cop 9.txt", "CoP 9b.txt", "~$CoP 9.docx", ".DS_Store", "a.txt"]
        {
            fs::write(folder.path().join(name), b"x").unwrap();
        }
        fs::create_dir(folder.path().join("older")).unwrap();
        let (files, deeper) = given_files(&[folder.path().to_owned()]).unwrap();
        let names = files.iter().filter_map(|it| it.path.file_name()?.to_str());
        assert_eq!(names.collect::<Vec<_>>(), ["a.txt", "cop 9.txt", "CoP 9b.txt", "CoP 31.txt"]);
        assert_eq!(deeper, 1);
        assert_eq!(files[0].length, 1);
    }

    #[test]
    fn a_study_is_no_folder_of_transcripts_and_its_own_files_are_none() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("themata.yaml"), b"format: 1\n").unwrap();
        let refused = given_files(&[folder.path().to_owned()]);
        assert!(matches!(refused, Err(Failure::Usage(..))));
        let inside = folder.path().join("originals");
        fs::create_dir(&inside).unwrap();
        fs::write(inside.join("A.txt"), b"P1: x").unwrap();
        assert_eq!(given_files(&[inside]).unwrap(), (Vec::new(), 0));
    }
}
