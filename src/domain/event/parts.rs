//! What an event is made of where that has a form of its own: what a round is for, how much of a log was there, which save
//! of a page came in.

use std::fmt::Display;
use std::str::FromStr;

use crate::domain::id::CoderId;
use crate::domain::time::Moment;

/// What a round of coding is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Purpose {
    /// Its decisions count.
    #[default]
    Code,
    /// It is measured and never enters what was settled: a second look.
    Check,
    /// It is measured and never enters what was settled: a trial.
    Pilot,
}

impl Purpose {
    /// Everything a round can be for.
    pub const ALL: [Self; 3] = [Self::Code, Self::Check, Self::Pilot];

    /// The word in the file and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Check => "check",
            Self::Pilot => "pilot",
        }
    }
}

impl Display for Purpose {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Purpose {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|it| it.as_str() == text).ok_or(())
    }
}

/// How much of a file of a log was there: as many rows, up to a seq.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldLog {
    /// Whose log.
    pub coder: CoderId,
    /// The device; empty for `coding/<coder>.csv`.
    pub device: String,
    /// How many distinct rows it had.
    pub rows: u64,
    /// The highest seq of these.
    pub highest: u64,
}

impl Display for HeldLog {
    /// `c1 12/15`, `c1.laptop 3/3`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { coder, device, rows, highest } = self;
        let dot = if device.is_empty() { "" } else { "." };
        write!(f, "{coder}{dot}{device} {rows}/{highest}")
    }
}

impl FromStr for HeldLog {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (file, counts) = text.rsplit_once(' ').ok_or(())?;
        let (coder, device) = file.split_once('.').unwrap_or((file, ""));
        let (rows, highest) = counts.split_once('/').ok_or(())?;
        Ok(Self {
            coder: coder.parse().map_err(|_| ())?,
            device: device.to_owned(),
            rows: rows.parse().map_err(|_| ())?,
            highest: highest.parse().map_err(|_| ())?,
        })
    }
}

/// Which save of which page a file is: `PACK COPY SAVE`, as in `8df0b64ede820e3d dd4f4996dcaf 7`, and after that, where
/// the file says it, the first and the last time at which its coder says that she decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedPage {
    /// The page, by the beginning of the hash of what is in it.
    pub pack: String,
    /// The browser in which it was open, by a number that it drew.
    pub copy: String,
    /// The number of the save, from 1.
    pub save: u64,
    /// The first and the last time of a decision by the clock of her browser: what she says, not what anybody knows.
    pub claimed: Option<(Moment, Moment)>,
}

impl Display for SavedPage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {}", self.pack, self.copy, self.save)?;
        match self.claimed {
            Some((first, last)) => write!(f, " {first} {last}"),
            None => Ok(()),
        }
    }
}

impl FromStr for SavedPage {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let hex = |text: &str| {
            (1..=64).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_hexdigit())
        };
        let parts: Vec<&str> = text.split(' ').collect();
        let [pack, copy, save, times @ ..] = parts.as_slice() else { return Err(()) };
        let save = save.parse().ok().filter(|save| *save > 0).ok_or(())?;
        let moment = |text: &str| text.parse::<Moment>().map_err(|_| ());
        let claimed = match times {
            [] => None,
            [first, last] => Some((moment(first)?, moment(last)?)),
            _ => return Err(()),
        };
        let page = Self { pack: (*pack).to_owned(), copy: (*copy).to_owned(), save, claimed };
        // A number with a sign or zeros before it is another text.
        if hex(pack) && hex(copy) && page.to_string() == text { Ok(page) } else { Err(()) }
    }
}
