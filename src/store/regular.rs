//! Which files are read at all: regular ones of a size that a text can have, a study's own inside its folder.
//!
//! A pipe would be waited for without end, a device has none, and a link may lead to what nobody meant to
//! hand over with the study.

use std::fs::{self, File, FileType};
use std::io::{self, Read};
use std::path::{Component, Path};

use crate::domain::failure::Failure;
use crate::domain::find;
use crate::domain::message::Message;
use crate::domain::problem::{Place, Problem};
use crate::msg;

/// The most bytes that are read of a file. A book has one million; what is larger is something else.
const LARGEST: u64 = 200 << 20;

/// More names beside a missing file are not looked at.
const MOST_BESIDE: usize = 1_000;

/// Why a file is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Odd {
    /// It is a pipe, a device or a socket.
    Special,
    /// It is larger than any text.
    Large,
    /// It is a link that leads out of the study's folder.
    Outside,
}

impl Odd {
    /// As a problem of a file.
    pub(super) fn of(self, file: &str) -> Problem {
        let (what, fix): (Message, Message) = match self {
            Self::Special => (msg!("file.special"), msg!("file.special.fix")),
            Self::Large => (msg!("file.large"), msg!("file.large.fix")),
            Self::Outside => (msg!("file.outside"), msg!("file.outside.fix")),
        };
        Problem::new(Place::file(file), what, fix)
    }
}

/// What is odd about a file, if anything is; one that is missing is not. It is not opened for that.
pub(super) fn odd(path: &Path) -> io::Result<Option<Odd>> {
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    if !metadata.is_file() && !metadata.is_dir() {
        return Ok(Some(Odd::Special));
    }
    Ok((metadata.len() > LARGEST).then_some(Odd::Large))
}

/// What is odd about a file of a study, whose path begins with that of the study's folder.
pub(super) fn odd_in(root: &Path, path: &Path) -> io::Result<Option<Odd>> {
    if leads_outside(root, path) { Ok(Some(Odd::Outside)) } else { odd(path) }
}

/// Whether a link on the way from a folder to a file in it leads out of the folder, or nowhere.
fn leads_outside(root: &Path, path: &Path) -> bool {
    let Ok(inside) = path.strip_prefix(root) else { return false };
    let mut way = root.to_owned();
    let is_link = |step: Component<'_>| {
        way.push(step);
        fs::symlink_metadata(&way).is_ok_and(|it| FileType::is_symlink(&it.file_type()))
    };
    if !inside.components().any(is_link) {
        return false;
    }
    match (root.canonicalize(), path.canonicalize()) {
        (Ok(root), Ok(path)) => !path.starts_with(root),
        _ => true,
    }
}

/// That a file which somebody named cannot be read; where there is none of that name, the one beside it that may
/// have been meant.
pub(super) fn unreadable(path: &Path, error: &io::Error) -> Failure {
    let file = path.display().to_string();
    let near = (error.kind() == io::ErrorKind::NotFound).then(|| beside(path)).flatten();
    let what = match near {
        Some(near) => msg!("store.read.near", file = file, near = near),
        None => msg!("store.read", file = file),
    };
    Failure::Io(what, error.to_string())
}

/// The file beside a path whose name is nearest to the one it has.
fn beside(path: &Path) -> Option<String> {
    let asked = path.file_name()?.to_str()?;
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut names: Vec<String> = fs::read_dir(folder)
        .ok()?
        .take(MOST_BESIDE)
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort();
    let near = find::nearest(asked, names.iter().map(String::as_str))?;
    Some(path.with_file_name(near).display().to_string())
}

/// The bytes of a file that somebody named on the command line.
///
/// # Errors
/// It cannot be read, is no regular file, or is larger than any text.
pub fn read_given(path: &Path) -> Result<Vec<u8>, Failure> {
    let shown = || path.display().to_string();
    let failed = |error: io::Error| unreadable(path, &error);
    let refused = |odd: Odd| Failure::invalid(odd.of(&shown()));
    if let Some(odd) = odd(path).map_err(failed)? {
        return Err(refused(odd));
    }
    // It may have grown since.
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
        .map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        return Err(refused(Odd::Large));
    }
    Ok(bytes)
}

/// The first bytes of a file, by which its kind can be told without reading a recording of two hours; none
/// of what is no regular file.
///
/// # Errors
/// It cannot be read.
pub fn head_of_given(path: &Path, bytes: u64) -> Result<Vec<u8>, Failure> {
    let failed = |error: io::Error| unreadable(path, &error);
    let mut head = Vec::new();
    if odd(path).map_err(failed)? != Some(Odd::Special) {
        File::open(path)
            .and_then(|file| file.take(bytes).read_to_end(&mut head))
            .map_err(failed)?;
    }
    Ok(head)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn links_inside_a_study_are_followed_and_those_that_lead_out_are_not() {
        let study = tempfile::tempdir().unwrap();
        let other = tempfile::tempdir().unwrap();
        let root = study.path();
        fs::create_dir(root.join("coding")).unwrap();
        fs::write(root.join("coding/c1.csv"), b"seq\n").unwrap();
        fs::write(other.path().join("x.csv"), b"seq\n").unwrap();
        symlink("c1.csv", root.join("coding/c2.csv")).unwrap();
        symlink(other.path().join("x.csv"), root.join("coding/c3.csv")).unwrap();
        symlink(other.path(), root.join("units")).unwrap();
        symlink("nowhere", root.join("coding/c4.csv")).unwrap();
        let odd = |file: &str| odd_in(root, &root.join(file)).unwrap();
        assert_eq!(odd("coding/c1.csv"), None);
        assert_eq!(odd("coding/c2.csv"), None);
        assert_eq!(odd("coding/c3.csv"), Some(Odd::Outside));
        assert_eq!(odd("units/x.csv"), Some(Odd::Outside));
        assert_eq!(odd("coding/c4.csv"), Some(Odd::Outside));
        assert_eq!(odd("coding/none.csv"), None);
    }

    #[test]
    fn a_device_and_a_file_that_no_text_fills_are_not_read() {
        assert_eq!(odd(Path::new("/dev/null")).unwrap(), Some(Odd::Special));
        assert!(head_of_given(Path::new("/dev/zero"), 100).unwrap().is_empty());
        let folder = tempfile::tempdir().unwrap();
        let large = folder.path().join("large.txt");
        File::create(&large).unwrap().set_len(LARGEST + 1).unwrap();
        assert_eq!(odd(&large).unwrap(), Some(Odd::Large));
        assert!(matches!(read_given(&large), Err(Failure::Invalid(_))));
    }
}
