//! The door to the operating system: the few operations on files that the store is made of.
//!
//! A simulated disk stands in for it in tests, loses what was not synced and cuts the power after any
//! operation; so nothing here does two things at once.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::regular::{self, Odd};

/// What tells one state of a file from another without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileState {
    /// Which file it is: another one under the same name has another number, where the system tells.
    pub identity: u128,
    /// Its length in bytes.
    pub length: u64,
    /// When it was last written, in nanoseconds, where the system tells.
    pub modified: u128,
}

/// Who may read a new file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access<'a> {
    /// Whoever the system lets.
    Usual,
    /// Those who may read this file.
    Like(&'a Path),
    /// Its owner alone: names of people are in it.
    Private,
}

/// A lock; dropping it lets it go.
pub trait Held: Send {
    /// Whether the file that is locked is still the one under its name: whoever comes next locks that one.
    ///
    /// # Errors
    /// As the system says.
    fn is_in_place(&self) -> io::Result<bool>;
}

/// Operations on files. Paths are whole; every method does one thing.
pub trait Disk: Send + Sync {
    /// The whole file.
    ///
    /// # Errors
    /// As the system says.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// Why a file of the study in this folder is not to be read, if there is a reason.
    ///
    /// # Errors
    /// As the system says.
    fn odd(&self, root: &Path, path: &Path) -> io::Result<Option<Odd>>;
    /// The state of a file; `None` if there is none.
    ///
    /// # Errors
    /// As the system says.
    fn state(&self, path: &Path) -> io::Result<Option<FileState>>;
    /// The names of what is in a folder and is no folder, sorted; none if there is no such folder.
    ///
    /// # Errors
    /// As the system says.
    fn list(&self, folder: &Path) -> io::Result<Vec<String>>;
    /// Makes a folder and those above it.
    ///
    /// # Errors
    /// As the system says.
    fn make_folder(&self, folder: &Path) -> io::Result<()>;
    /// Makes a folder that its owner alone may look into, or makes it such.
    ///
    /// # Errors
    /// As the system says.
    fn make_private_folder(&self, folder: &Path) -> io::Result<()>;
    /// Makes a new file with these bytes; not yet synced.
    ///
    /// # Errors
    /// Also where the file exists.
    fn create(&self, path: &Path, bytes: &[u8], access: Access<'_>) -> io::Result<()>;
    /// Writes at the end of a file that is in this state; not yet synced. Returns false, and writes
    /// nothing, where it is not: somebody has put another in its place. May have written a part when it
    /// fails.
    ///
    /// # Errors
    /// As the system says.
    fn append(&self, path: &Path, bytes: &[u8], state: &FileState) -> io::Result<bool>;
    /// Cuts a file that is in this state to a length. Returns false, and cuts nothing, where it is not.
    ///
    /// # Errors
    /// As the system says.
    fn cut(&self, path: &Path, length: u64, state: &FileState) -> io::Result<bool>;
    /// Waits until a file's bytes are on the disk.
    ///
    /// # Errors
    /// As the system says.
    fn sync(&self, path: &Path) -> io::Result<()>;
    /// Waits until a folder's names are on the disk.
    ///
    /// # Errors
    /// As the system says.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
    /// Puts a file in another's place, in one step.
    ///
    /// # Errors
    /// As the system says.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    ///
    /// # Errors
    /// As the system says.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Takes the lock on a file made for it; `None` if somebody holds it.
    ///
    /// # Errors
    /// As the system says.
    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Held>>>;
}

/// How long a lock is waited for: whoever holds it may be ending just now, and a process that is being
/// started holds for a moment what its parent holds.
const PATIENCE: std::time::Duration = std::time::Duration::from_millis(200);

/// The disk of this computer.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemDisk;

struct FileLock {
    file: File,
    path: PathBuf,
}

impl Held for FileLock {
    fn is_in_place(&self) -> io::Result<bool> {
        let held = identity(&self.file.metadata()?);
        match fs::metadata(&self.path) {
            Ok(there) => Ok(identity(&there) == held),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }
}

impl FileState {
    fn of(metadata: &fs::Metadata) -> Self {
        Self {
            identity: identity(metadata),
            length: metadata.len(),
            modified: nanoseconds(metadata.modified()),
        }
    }
}

/// Opens a file for writing, if it is still the one that was seen: once it is open, nobody can put
/// another in its place.
fn open_if(path: &Path, options: &OpenOptions, state: &FileState) -> io::Result<Option<File>> {
    match options.open(path) {
        Ok(file) => Ok((FileState::of(&file.metadata()?) == *state).then_some(file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Lets nobody but the owner at what is there.
#[cfg(unix)]
fn only_owner(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "as on other systems")]
fn only_owner(_path: &Path, _mode: u32) -> io::Result<()> {
    Ok(())
}

/// Makes a file that nobody but its owner reads, from its first byte on.
#[cfg(unix)]
fn private(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600);
}

#[cfg(not(unix))]
fn private(_options: &mut OpenOptions) {}

#[cfg(unix)]
fn identity(metadata: &fs::Metadata) -> u128 {
    use std::os::unix::fs::MetadataExt;
    (u128::from(metadata.dev()) << 64) | u128::from(metadata.ino())
}

#[cfg(not(unix))]
fn identity(metadata: &fs::Metadata) -> u128 {
    nanoseconds(metadata.created())
}

fn nanoseconds(time: io::Result<std::time::SystemTime>) -> u128 {
    time.ok()
        .and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok())
        .map_or(0, |since| since.as_nanos())
}

impl Disk for SystemDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn odd(&self, root: &Path, path: &Path) -> io::Result<Option<Odd>> {
        regular::odd_in(root, path)
    }

    fn state(&self, path: &Path) -> io::Result<Option<FileState>> {
        match fs::metadata(path) {
            Ok(metadata) => Ok(Some(FileState::of(&metadata))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry?;
            // What is no file is listed too: to pass over it without a word would lose what it stands for.
            if !entry.path().is_dir() {
                names.extend(entry.file_name().into_string());
            }
        }
        names.sort();
        Ok(names)
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)
    }

    fn make_private_folder(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)?;
        // Where it is somebody else's, or lies on a disk without permissions, it stays as it is.
        let _ = only_owner(folder, 0o700);
        Ok(())
    }

    fn create(&self, path: &Path, bytes: &[u8], access: Access<'_>) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        if access == Access::Private {
            private(&mut options);
        }
        let mut file = options.open(path)?;
        if let Access::Like(other) = access
            && let Ok(metadata) = fs::metadata(other)
        {
            file.set_permissions(metadata.permissions())?;
        }
        file.write_all(bytes)
    }

    fn append(&self, path: &Path, bytes: &[u8], state: &FileState) -> io::Result<bool> {
        match open_if(path, OpenOptions::new().append(true), state)? {
            Some(mut file) => file.write_all(bytes).map(|()| true),
            None => Ok(false),
        }
    }

    fn cut(&self, path: &Path, length: u64, state: &FileState) -> io::Result<bool> {
        match open_if(path, OpenOptions::new().write(true), state)? {
            Some(file) => file.set_len(length).map(|()| true),
            None => Ok(false),
        }
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        OpenOptions::new().append(true).open(path)?.sync_all()
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        // A folder cannot be opened for syncing on every system; where it can, it is.
        if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Held>>> {
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        let asked = std::time::Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => {
                    // Since when it is held; where a system does not keep that, nobody is told.
                    let _ = file.set_modified(std::time::SystemTime::now());
                    return Ok(Some(Box::new(FileLock { file, path: path.to_owned() })));
                }
                Err(fs::TryLockError::WouldBlock) if asked.elapsed() < PATIENCE => {
                    std::thread::sleep(PATIENCE / 20);
                }
                Err(fs::TryLockError::WouldBlock) => return Ok(None),
                Err(fs::TryLockError::Error(error)) => return Err(error),
            }
        }
    }
}
