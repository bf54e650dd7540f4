//! Whole files, replaced in one step: written beside, synced, put in place, folder synced.

use std::hash::{BuildHasher, Hasher};
use std::io;
use std::path::{Path, PathBuf};

use super::disk::Access;
use super::folder::Folder;
use super::layout;
use crate::domain::failure::Failure;
use crate::msg;

impl Folder {
    /// Replaces a file of the study, or makes it.
    ///
    /// # Errors
    /// It cannot be written; then the old file is untouched.
    pub(super) fn replace(&self, file: &str, bytes: &[u8]) -> Result<(), Failure> {
        replace(self, &self.path(file), bytes)
            .map_err(|error| Failure::Io(msg!("store.replace", file = file), error.to_string()))
    }

    /// Takes a file of the study away.
    ///
    /// # Errors
    /// It cannot be removed.
    pub(super) fn remove(&self, file: &str) -> Result<(), Failure> {
        self.disk
            .remove(&self.path(file))
            .map_err(|error| Failure::Io(msg!("store.remove", file = file), error.to_string()))
    }

    /// Writes a file that somebody asked for by `-o`, anywhere; an existing one only with `force`.
    ///
    /// # Errors
    /// It exists without `force`, it is a study's own file, or it cannot be written; then an old file is
    /// untouched.
    pub fn export(path: &Path, bytes: &[u8], force: bool) -> Result<(), Failure> {
        Self::export_once(path, bytes, force, || Ok(()))
    }

    /// Writes a file with names of people in it, which its owner alone may read, over the one that is there.
    ///
    /// # Errors
    /// It is a study's own file, its folder is missing, or it cannot be written; then an old file is untouched.
    pub fn export_private(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        export(path, bytes, true, true, || Ok(()))
    }

    /// Makes a folder that somebody asked for by its name.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn make(path: &Path) -> Result<(), Failure> {
        let failed = |error: io::Error| {
            Failure::Io(msg!("store.replace", file = path.display()), error.to_string())
        };
        Self::at(Path::new(".")).disk.make_folder(path).map_err(failed)
    }

    /// The same, but the file takes its place only once `before` has succeeded, which runs when nothing else can
    /// refuse the file any more.
    ///
    /// # Errors
    /// Likewise, or as `before` says.
    pub fn export_once(
        path: &Path,
        bytes: &[u8],
        force: bool,
        before: impl FnOnce() -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        export(path, bytes, force, false, before)
    }
}

fn export(
    path: &Path,
    bytes: &[u8],
    force: bool,
    private: bool,
    before: impl FnOnce() -> Result<(), Failure>,
) -> Result<(), Failure> {
    let folder = Folder::at(Path::new("."));
    let file = path.display();
    if is_a_study_s_own(path) {
        return Err(Failure::Refused(
            msg!("store.own_file", file = file),
            msg!("store.own_file.fix"),
        ));
    }
    if !force && folder.disk.state(path).is_ok_and(|state| state.is_some()) {
        return Err(Failure::Refused(msg!("store.exists", file = file), msg!("store.exists.fix")));
    }
    let io = |error: io::Error| Failure::Io(msg!("store.replace", file = file), error.to_string());
    if path.is_dir() {
        return Err(io(io::ErrorKind::IsADirectory.into()));
    }
    if let Some(missing) = missing_folder(path) {
        let what = msg!("store.folder_missing", file = file, folder = missing.display());
        return Err(Failure::Io(what, io::Error::from_raw_os_error(NOT_FOUND).to_string()));
    }
    let beside = write_beside(&folder, path, bytes, private).map_err(io)?;
    let done = before().and_then(|()| put_in_place(&folder, &beside, path).map_err(io));
    if done.is_err() {
        let _ = folder.disk.remove(&beside);
    }
    done
}

/// How every system numbers that something is not there.
const NOT_FOUND: i32 = 2;

/// The folder of a file that is not there, and that nobody asked us to make; a study's own `reports/` is made.
fn missing_folder(path: &Path) -> Option<&Path> {
    let parent = path.parent().filter(|it| !it.as_os_str().is_empty() && !it.is_dir())?;
    let whole = real(parent);
    let reports = |study: &Path| whole == study.join(layout::REPORTS);
    (!studies(&whole).any(reports)).then_some(parent)
}

/// Whether a path is a file of some study: a log overwritten by a table would be a log lost.
pub(super) fn is_a_study_s_own(path: &Path) -> bool {
    let real = real(path);
    studies(&real).any(|study| {
        let inside = real.strip_prefix(study).unwrap_or(&real);
        let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
        layout::is_own(&parts.join("/"))
    })
}

/// What a folder holds that some program for versions keeps: whatever lies beside it may be sent to others.
const REPOSITORIES: [&str; 8] =
    [".git", ".hg", ".svn", ".jj", ".bzr", ".fslckout", "_FOSSIL_", ".pijul"];

/// Whether a path lies in a repository, or would.
#[must_use]
pub fn is_inside_a_repository(path: &Path) -> bool {
    let real = real(path);
    real.ancestors().skip(1).any(|folder| REPOSITORIES.iter().any(|it| folder.join(it).exists()))
}

/// Whether a path lies in the folder of some study, or would.
#[must_use]
pub fn is_inside_a_study(path: &Path) -> bool {
    studies(&real(path)).next().is_some()
}

/// A whole path without links in its folders, as far as they exist.
fn real(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match (whole.parent().map(Path::canonicalize), whole.file_name()) {
        (Some(Ok(parent)), Some(name)) => parent.join(name),
        _ => whole,
    }
}

/// The folders above a path that hold a study.
fn studies(path: &Path) -> impl Iterator<Item = &Path> {
    path.ancestors().skip(1).filter(|folder| folder.join(layout::SETTINGS).is_file())
}

fn replace(folder: &Folder, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let originals = folder.path(layout::ORIGINALS);
    let private = path.parent() == Some(originals.as_path());
    let beside = write_beside(folder, path, bytes, private)?;
    put_in_place(folder, &beside, path)
}

/// Writes bytes beside a file, on the disk before this returns; the name.
fn write_beside(folder: &Folder, path: &Path, bytes: &[u8], private: bool) -> io::Result<PathBuf> {
    let disk = &folder.disk;
    let parent = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    if parent.ends_with(layout::ORIGINALS) && private {
        disk.make_private_folder(parent)?;
    } else {
        disk.make_folder(parent)?;
    }
    let beside = beside(path);
    let access = match disk.state(path)? {
        _ if private => Access::Private,
        Some(_) => Access::Like(path),
        None => Access::Usual,
    };
    match disk.create(&beside, bytes, access).and_then(|()| disk.sync(&beside)) {
        Ok(()) => Ok(beside),
        Err(error) => {
            // What was not finished is of no use to anybody; that it stays behind is no loss either.
            let _ = disk.remove(&beside);
            Err(error)
        }
    }
}

/// Puts what was written beside a file in its place.
fn put_in_place(folder: &Folder, beside: &Path, path: &Path) -> io::Result<()> {
    if let Err(error) = folder.disk.rename(beside, path) {
        let _ = folder.disk.remove(beside);
        return Err(error);
    }
    folder.sync_names(path)
}

/// The name of the file beside which a file was written that is not in its place yet.
pub(super) fn is_beside(name: &str) -> Option<&str> {
    let (of, random) = name.strip_prefix('.')?.strip_suffix(".new")?.rsplit_once('.')?;
    let is_random = random.len() == 16 && random.bytes().all(|it| it.is_ascii_hexdigit());
    (is_random && !of.is_empty()).then_some(of)
}

/// A name beside a file that nobody else takes.
fn beside(path: &Path) -> PathBuf {
    let random = std::collections::hash_map::RandomState::new().build_hasher().finish();
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}.{random:016x}.new"))
}
