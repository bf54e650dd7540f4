//! `themata.yaml`: what the study is called, who codes, what is reported.

use serde::Deserialize;

use super::yaml::{self, Text};
use crate::domain::id::CoderId;
use crate::domain::problem::{Place, Problem};
use crate::domain::study::{Coder, Settings};
use crate::msg;

/// The format that this program writes; an older one stays readable for ever.
pub const FORMAT: u64 = 1;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SettingsFile {
    #[allow(dead_code)] // read first, by `Versioned`
    format: u64,
    #[serde(default)]
    title: Text,
    #[serde(default)]
    language: Text,
    #[serde(default)]
    coders: Vec<CoderEntry>,
    #[serde(default)]
    agreement: Option<YesNo>,
    #[serde(default)]
    require: Text,
}

#[derive(Deserialize)]
struct Versioned {
    format: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CoderEntry {
    id: Text,
    #[serde(default)]
    name: Text,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum YesNo {
    Truth(bool),
    Word(String),
}

/// Reads `themata.yaml`.
pub fn read(file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Option<Settings> {
    // A newer program may write fields that this one does not know, so its number is looked at first.
    match yaml::read::<Versioned>(file, bytes) {
        Ok(Versioned { format: Some(FORMAT) }) => {}
        Ok(Versioned { format: Some(newer) }) if newer > FORMAT => {
            let what = msg!("settings.newer", format = newer);
            problems.push(Problem::new(Place::file(file), what, msg!("settings.newer.fix")));
            return None;
        }
        Ok(_) => {
            problems.push(Problem::new(
                Place::file(file),
                msg!("settings.format"),
                msg!("settings.format.fix"),
            ));
            return None;
        }
        Err(problem) => {
            problems.push(*problem);
            return None;
        }
    }
    let read = match yaml::read::<SettingsFile>(file, bytes) {
        Ok(read) => read,
        Err(problem) => {
            problems.push(*problem);
            return None;
        }
    };
    Some(Settings {
        title: read.title.0,
        language: read.language.0,
        coders: coders(file, read.coders, problems),
        agreement: match read.agreement {
            None | Some(YesNo::Truth(true)) => true,
            Some(YesNo::Truth(false)) => false,
            Some(YesNo::Word(word)) => match word.to_ascii_lowercase().as_str() {
                "yes" | "true" => true,
                "no" | "false" => false,
                _ => {
                    let at = Place::file(file).column("agreement");
                    problems.push(Problem::new(
                        at,
                        msg!("settings.agreement"),
                        msg!("settings.agreement.fix"),
                    ));
                    true
                }
            },
        },
        require: Some(read.require.0).filter(|text| !text.is_empty()),
    })
}

fn coders(file: &str, entries: Vec<CoderEntry>, problems: &mut Vec<Problem>) -> Vec<Coder> {
    let mut coders: Vec<Coder> = Vec::new();
    for entry in entries {
        let at = Place::file(file).column("coders");
        match entry.id.0.parse::<CoderId>() {
            Err(why) => problems.push(Problem::new(at, why.message(), msg!("settings.coder.fix"))),
            Ok(id) if coders.iter().any(|it| it.id.as_str().eq_ignore_ascii_case(id.as_str())) => {
                problems.push(Problem::new(
                    at,
                    msg!("settings.coder_twice", coder = id),
                    msg!("settings.coder.fix"),
                ));
            }
            Ok(id) => coders.push(Coder { id, name: entry.name.0 }),
        }
    }
    coders
}

/// Writes `themata.yaml`.
#[must_use]
pub fn write(settings: &Settings) -> Vec<u8> {
    let mut out = format!(
        "format: {FORMAT}\ntitle: {}\nlanguage: {}\n",
        yaml::quoted(&settings.title),
        yaml::quoted(&settings.language)
    );
    if settings.coders.is_empty() {
        out.push_str("coders: []\n");
    } else {
        out.push_str("coders:\n");
        for coder in &settings.coders {
            out.push_str(&format!(
                "  - {{id: {}, name: {}}}\n",
                yaml::quoted(coder.id.as_str()),
                yaml::quoted(&coder.name)
            ));
        }
    }
    out.push_str(if settings.agreement { "agreement: \"yes\"\n" } else { "agreement: \"no\"\n" });
    if let Some(require) = &settings.require {
        out.push_str(&format!("require: {}\n", yaml::quoted(require)));
    }
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_read_back_as_they_were_written() {
        let settings = Settings {
            title: "A: \"study\" # no".to_owned(),
            language: "es".to_owned(),
            coders: vec![Coder { id: "c1".parse().unwrap(), name: "no".to_owned() }],
            agreement: false,
            require: Some("cohen_kappa>=0.6".to_owned()),
        };
        let mut problems = Vec::new();
        assert_eq!(read("themata.yaml", &write(&settings), &mut problems), Some(settings));
        assert_eq!(problems, []);
    }

    #[test]
    fn a_newer_study_is_refused_before_anything_else_of_it_is_read() {
        let mut problems = Vec::new();
        assert_eq!(read("themata.yaml", b"format: 2\nshape: round\n", &mut problems), None);
        assert_eq!(problems[0].what, msg!("settings.newer", format = 2));
    }
}
