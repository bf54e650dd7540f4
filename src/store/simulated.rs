//! A disk for tests: in memory, forgetful when the power is cut, full when told so, and shared with
//! other programs.
//!
//! It promises as little as a disk may: what was not synced survives in any part and any order, names
//! included; what a file grew by may be zeros. Every operation has a number, so that a test can cut the
//! power, or let another program meddle, before each in turn.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::clock::Clock;
use super::disk::{Access, Disk, FileState, Held};
use super::regular::Odd;
use crate::domain::time::Moment;

/// What survives of a write is decided piece by piece; real disks have larger pieces.
const PIECE: usize = 16;

/// A disk; a clone is the same disk.
#[derive(Clone, Default)]
pub(crate) struct SimulatedDisk {
    files: Arc<Mutex<Files>>,
}

type Meddling = Box<dyn FnOnce(&mut Files) + Send>;

/// Everything on the disk, and everything that is only believed to be.
#[derive(Default)]
pub(crate) struct Files {
    contents: BTreeMap<u64, Content>,
    names: BTreeMap<PathBuf, u64>,
    folders: BTreeSet<PathBuf>,
    safe_names: BTreeMap<PathBuf, u64>,
    safe_folders: BTreeSet<PathBuf>,
    /// Changes of names that were not synced, in order.
    renamed: Vec<Renaming>,
    locks: BTreeSet<PathBuf>,
    /// What was done, in order.
    pub(crate) journal: Vec<(&'static str, PathBuf)>,
    /// How many operations may still be done before the power is cut.
    power: Option<u64>,
    /// How many bytes may still be written.
    space: Option<usize>,
    meddling: BTreeMap<u64, Meddling>,
    /// How often other programs meddled.
    pub(crate) meddled: u64,
    number: u64,
}

#[derive(Default, Clone)]
struct Content {
    now: Vec<u8>,
    safe: Vec<u8>,
    written: Vec<Writing>,
    modified: u128,
}

#[derive(Clone)]
enum Writing {
    At(usize, Vec<u8>),
    Cut(usize),
}

#[derive(Clone)]
enum Renaming {
    Put(PathBuf, u64),
    Gone(PathBuf),
    Moved(PathBuf, PathBuf, u64),
    Folder(PathBuf),
}

/// Numbers that look random and are the same for the same seed.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end.max(1) as u64) as usize
    }
}

/// What survives a power cut: nothing with seed 0, all with seed 1, else whatever comes out.
struct Survival {
    seed: u64,
    chance: Chance,
}

impl Survival {
    fn of(&mut self, odds: usize) -> bool {
        match self.seed {
            0 => false,
            1 => true,
            _ => self.chance.below(odds) > 0,
        }
    }

    /// How much of a piece a file has grown by.
    fn length(&mut self, piece: usize) -> usize {
        match self.seed {
            0 => 0,
            1 => piece,
            _ => piece.min(self.chance.below(3 * piece)),
        }
    }
}

fn cut_power() -> io::Error {
    io::Error::other("the power is cut")
}

impl SimulatedDisk {
    /// The disk as another program, or a test, sees it.
    pub(crate) fn files(&self) -> MutexGuard<'_, Files> {
        // A test that failed while it looked at the disk has failed already.
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Cuts the power after so many further operations: all later ones fail.
    pub(crate) fn power_for(&self, operations: u64) {
        self.files().power = Some(operations);
    }

    /// Leaves room for so many further bytes.
    pub(crate) fn space_for(&self, bytes: Option<usize>) {
        self.files().space = bytes;
    }

    /// How many bytes may still be written.
    pub(crate) fn space_left(&self) -> usize {
        self.files().space.unwrap_or(usize::MAX)
    }

    /// Other programs leave the disk alone from now on.
    pub(crate) fn no_more_meddling(&self) {
        self.files().meddling.clear();
    }

    /// Lets another program meddle before the nth operation from now.
    pub(crate) fn meddle(&self, operation: u64, what: impl FnOnce(&mut Files) + Send + 'static) {
        let mut files = self.files();
        let at = files.number + operation;
        files.meddling.insert(at, Box::new(what));
    }

    /// How many operations were done.
    pub(crate) fn operations(&self) -> u64 {
        self.files().number
    }

    /// A copy of this disk that goes its own way.
    pub(crate) fn copy(&self) -> Self {
        let files = self.files();
        let copy = Files {
            contents: files.contents.clone(),
            names: files.names.clone(),
            folders: files.folders.clone(),
            safe_names: files.safe_names.clone(),
            safe_folders: files.safe_folders.clone(),
            renamed: files.renamed.clone(),
            ..Files::default()
        };
        Self { files: Arc::new(Mutex::new(copy)) }
    }

    /// The disk after the power was cut and is back: of what was not synced, the seed says what is there.
    /// Nothing of it survives with seed 0, and all of it with seed 1.
    pub(crate) fn reboot(&self, seed: u64) -> Self {
        let disk = self.copy();
        disk.files().lose(seed);
        disk
    }

    fn begin(&self, what: &'static str, path: &Path) -> io::Result<MutexGuard<'_, Files>> {
        let mut files = self.files();
        let number = files.number;
        if let Some(meddling) = files.meddling.remove(&number) {
            meddling(&mut files);
            files.meddled += 1;
        }
        files.number += 1;
        if let Some(power) = &mut files.power {
            *power = power.checked_sub(1).ok_or_else(cut_power)?;
        }
        files.journal.push((what, path.to_owned()));
        Ok(files)
    }
}

impl Files {
    /// What is in a file, for all that programs can see.
    pub(crate) fn read(&self, path: &Path) -> Option<Vec<u8>> {
        Some(self.contents.get(self.names.get(path)?)?.now.clone())
    }

    /// Whether a file would survive as it is if the power were cut.
    pub(crate) fn is_safe(&self, path: &Path) -> bool {
        let Some(number) = self.names.get(path) else { return false };
        let content = &self.contents[number];
        let folders = path.ancestors().skip(1).filter(|folder| self.folders.contains(*folder));
        self.safe_names.get(path) == Some(number)
            && content.written.is_empty()
            && folders.into_iter().all(|folder| self.safe_folders.contains(folder))
    }

    /// Whether the power was cut.
    pub(crate) fn is_cut(&self) -> bool {
        self.power == Some(0)
    }

    /// Takes everything for safe.
    pub(crate) fn sync_all(&mut self) {
        for change in std::mem::take(&mut self.renamed) {
            self.secure(change);
        }
        for content in self.contents.values_mut() {
            content.safe = content.now.clone();
            content.written.clear();
        }
    }

    /// The files in a folder.
    pub(crate) fn names_in(&self, folder: &Path) -> Vec<PathBuf> {
        self.names.keys().filter(|path| path.parent() == Some(folder)).cloned().collect()
    }

    /// Another program puts a file in place as Dropbox does: written beside, synced, then renamed.
    pub(crate) fn put(&mut self, path: &Path, bytes: &[u8]) {
        let number = self.make(bytes);
        if let Some(content) = self.contents.get_mut(&number) {
            content.safe = content.now.clone();
            content.written.clear();
        }
        self.names.insert(path.to_owned(), number);
        self.renamed.push(Renaming::Put(path.to_owned(), number));
    }

    /// Another program removes a file.
    pub(crate) fn take_away(&mut self, path: &Path) {
        self.names.remove(path);
        self.renamed.push(Renaming::Gone(path.to_owned()));
    }

    fn make(&mut self, bytes: &[u8]) -> u64 {
        let number = self.contents.len() as u64 + 1;
        self.contents.insert(number, Content::default());
        self.write(number, bytes);
        number
    }

    fn write(&mut self, number: u64, bytes: &[u8]) {
        let modified = u128::from(self.number) + 1;
        let content = self.contents.get_mut(&number).unwrap();
        content.written.push(Writing::At(content.now.len(), bytes.to_vec()));
        content.now.extend(bytes);
        content.modified = modified;
    }

    fn content(&mut self, path: &Path) -> io::Result<&mut Content> {
        let number = self.names.get(path).ok_or(io::ErrorKind::NotFound)?;
        Ok(self.contents.get_mut(number).unwrap())
    }

    fn state(&self, path: &Path) -> Option<FileState> {
        let number = self.names.get(path)?;
        let content = &self.contents[number];
        Some(FileState {
            identity: u128::from(*number),
            length: content.now.len() as u64,
            modified: content.modified,
        })
    }

    /// Writes as far as there is space, and says whether there was enough.
    fn write_within(&mut self, number: u64, bytes: &[u8]) -> io::Result<()> {
        let fits = self.space.unwrap_or(usize::MAX).min(bytes.len());
        if let Some(space) = &mut self.space {
            *space -= fits;
        }
        self.write(number, &bytes[..fits]);
        if fits < bytes.len() { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }

    /// Takes a change of names for safe.
    fn secure(&mut self, change: Renaming) {
        match change {
            Renaming::Put(path, number) => {
                self.safe_names.insert(path, number);
            }
            Renaming::Gone(path) => {
                self.safe_names.remove(&path);
            }
            Renaming::Moved(from, to, number) => {
                self.safe_names.remove(&from);
                self.safe_names.insert(to, number);
            }
            Renaming::Folder(path) => {
                self.safe_folders.insert(path);
            }
        }
    }

    fn lose(&mut self, seed: u64) {
        let mut survives = Survival { seed, chance: Chance(seed) };
        for change in std::mem::take(&mut self.renamed) {
            if survives.of(2) {
                self.secure(change);
            }
        }
        for content in self.contents.values_mut() {
            for writing in std::mem::take(&mut content.written) {
                lose_parts(&mut content.safe, writing, &mut survives);
            }
            content.now = content.safe.clone();
        }
        let kept = std::mem::take(&mut self.safe_folders);
        let reached = |path: &Path| {
            let mut above = path.ancestors().skip(1).filter(|it| it.parent().is_some());
            above.all(|folder| kept.contains(folder))
        };
        self.safe_folders = kept.iter().filter(|path| reached(path)).cloned().collect();
        self.safe_names.retain(|path, _| reached(path));
        self.folders = self.safe_folders.clone();
        self.names = self.safe_names.clone();
    }
}

/// What is left of a write that was not synced.
fn lose_parts(bytes: &mut Vec<u8>, writing: Writing, survives: &mut Survival) {
    let (start, new) = match writing {
        Writing::At(start, new) => (start, new),
        Writing::Cut(length) => {
            if survives.of(2) {
                bytes.truncate(length);
            }
            return;
        }
    };
    for (at, piece) in (start..).step_by(PIECE).zip(new.chunks(PIECE)) {
        let end = at + survives.length(piece.len());
        if end > at && bytes.len() < end {
            bytes.resize(end, 0); // the file has grown, but what it grew by may be lost
        }
        if bytes.len() >= end && survives.of(4) {
            bytes[at..end].copy_from_slice(&piece[..end - at]);
        }
    }
}

struct Lock {
    files: Arc<Mutex<Files>>,
    path: PathBuf,
}

impl Held for Lock {
    fn is_in_place(&self) -> io::Result<bool> {
        Ok(true)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.locks.remove(&self.path);
    }
}

impl Disk for SimulatedDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.begin("read", path)?.read(path).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn odd(&self, _root: &Path, _path: &Path) -> io::Result<Option<Odd>> {
        Ok(None)
    }

    fn state(&self, path: &Path) -> io::Result<Option<FileState>> {
        Ok(self.begin("state", path)?.state(path))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        let files = self.begin("list", folder)?;
        let inside = files.names.keys().filter(|path| path.parent() == Some(folder));
        Ok(inside.map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect())
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        let mut files = self.begin("make_folder", folder)?;
        for folder in folder.ancestors().filter(|folder| folder.parent().is_some()) {
            if files.folders.insert(folder.to_owned()) {
                files.renamed.push(Renaming::Folder(folder.to_owned()));
            }
        }
        Ok(())
    }

    fn make_private_folder(&self, folder: &Path) -> io::Result<()> {
        self.make_folder(folder)
    }

    fn create(&self, path: &Path, bytes: &[u8], _access: Access<'_>) -> io::Result<()> {
        let mut files = self.begin("create", path)?;
        if files.names.contains_key(path) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        if !files.folders.contains(path.parent().unwrap()) {
            return Err(io::ErrorKind::NotFound.into());
        }
        files.put(path, b"");
        let number = files.names[path];
        files.write_within(number, bytes)
    }

    fn append(&self, path: &Path, bytes: &[u8], state: &FileState) -> io::Result<bool> {
        let mut files = self.begin("append", path)?;
        if files.state(path).as_ref() != Some(state) {
            return Ok(false);
        }
        let number = files.names[path];
        files.write_within(number, bytes).map(|()| true)
    }

    fn cut(&self, path: &Path, length: u64, state: &FileState) -> io::Result<bool> {
        let mut files = self.begin("cut", path)?;
        if files.state(path).as_ref() != Some(state) {
            return Ok(false);
        }
        let modified = u128::from(files.number) + 1;
        let content = files.content(path)?;
        content.now.truncate(length as usize);
        content.written.push(Writing::Cut(length as usize));
        content.modified = modified;
        Ok(true)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        let mut files = self.begin("sync", path)?;
        let content = files.content(path)?;
        content.safe = content.now.clone();
        content.written.clear();
        Ok(())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let mut files = self.begin("sync_folder", folder)?;
        let (here, elsewhere): (Vec<_>, Vec<_>) =
            std::mem::take(&mut files.renamed).into_iter().partition(|change| match change {
                Renaming::Put(path, _) | Renaming::Gone(path) | Renaming::Folder(path) => {
                    path.parent() == Some(folder)
                }
                Renaming::Moved(_, to, _) => to.parent() == Some(folder),
            });
        files.renamed = elsewhere;
        here.into_iter().for_each(|change| files.secure(change));
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut files = self.begin("rename", from)?;
        let number = files.names.remove(from).ok_or(io::ErrorKind::NotFound)?;
        files.names.insert(to.to_owned(), number);
        files.renamed.push(Renaming::Moved(from.to_owned(), to.to_owned(), number));
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut files = self.begin("remove", path)?;
        files.names.remove(path).ok_or(io::ErrorKind::NotFound)?;
        files.renamed.push(Renaming::Gone(path.to_owned()));
        Ok(())
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Held>>> {
        let mut files = self.begin("lock", path)?;
        if !files.locks.insert(path.to_owned()) {
            return Ok(None);
        }
        if !files.names.contains_key(path) {
            files.put(path, b"");
        }
        Ok(Some(Box::new(Lock { files: self.files.clone(), path: path.to_owned() })))
    }
}

/// A clock that is one second later every time somebody looks.
#[derive(Default)]
pub(crate) struct TickingClock(std::sync::atomic::AtomicI64);

impl Clock for TickingClock {
    fn now(&self) -> Moment {
        let ticks = self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Moment::from_second(1_772_359_200 + ticks).unwrap()
    }
}
