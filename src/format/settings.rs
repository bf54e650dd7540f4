//! `themata.yaml`: what the study is called, who codes, what is reported.

use serde::Deserialize;

use super::yaml::{self, Text};
use crate::domain::coder::{Coder, CoderKind, Machine};
use crate::domain::id::CoderId;
use crate::domain::problem::{Place, Problem};
use crate::domain::study::{Ethics, Settings};
use crate::domain::time::Moment;
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
    #[serde(default)]
    asking: Text,
    #[serde(default)]
    ethics: EthicsEntry,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct EthicsEntry {
    #[serde(default)]
    committee: Text,
    #[serde(default)]
    number: Text,
    #[serde(default)]
    date: Text,
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
    #[serde(default)]
    kind: Text,
    #[serde(default)]
    model: Text,
    #[serde(default)]
    version: Text,
    #[serde(default)]
    prompt_sha256: Text,
    #[serde(default)]
    run_at: Text,
    #[serde(default, rename = "where")]
    ran_on: Text,
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
                Place::line(file, 1),
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
        coders: coders(file, bytes, read.coders, problems),
        agreement: match read.agreement {
            None | Some(YesNo::Truth(true)) => true,
            Some(YesNo::Truth(false)) => false,
            Some(YesNo::Word(word)) => match word.to_ascii_lowercase().as_str() {
                "yes" | "true" => true,
                "no" | "false" => false,
                _ => {
                    let at = place(file, bytes, "agreement", 0);
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
        asks_each: match read.asking.0.as_str() {
            "" | "free" => false,
            "each" => true,
            _ => {
                let at = place(file, bytes, "asking", 0);
                problems.push(Problem::new(
                    at,
                    msg!("settings.asking"),
                    msg!("settings.asking.fix"),
                ));
                true
            }
        },
        ethics: Ethics {
            committee: read.ethics.committee.0,
            number: read.ethics.number.0,
            date: read.ethics.date.0,
        },
    })
}

/// Where a field of the settings stands for the nth time, from 0.
fn place(file: &str, bytes: &[u8], field: &str, nth: usize) -> Place {
    let line = yaml::lines_of(bytes, field).get(nth).copied();
    Place { file: file.to_owned(), line, column: Some(field.to_owned()) }
}

fn coders(
    file: &str,
    bytes: &[u8],
    entries: Vec<CoderEntry>,
    problems: &mut Vec<Problem>,
) -> Vec<Coder> {
    let mut coders: Vec<Coder> = Vec::new();
    for (nth, entry) in entries.into_iter().enumerate() {
        let at = Place { column: Some("coders".to_owned()), ..place(file, bytes, "id", nth) };
        match entry.id.0.parse::<CoderId>() {
            Err(why) => problems.push(Problem::new(at, why.message(), msg!("settings.coder.fix"))),
            Ok(id) if coders.iter().any(|it| it.id.as_str().eq_ignore_ascii_case(id.as_str())) => {
                problems.push(Problem::new(
                    at,
                    msg!("settings.coder_twice", coder = id),
                    msg!("settings.coder.fix"),
                ));
            }
            Ok(id) => coders.extend(coder(at, id, entry, problems)),
        }
    }
    coders
}

/// What an entry says of a coder, or what is wrong with it.
fn coder(at: Place, id: CoderId, entry: CoderEntry, problems: &mut Vec<Problem>) -> Option<Coder> {
    let mut wrong = |what, fix| {
        problems.push(Problem::new(at.clone(), what, fix));
        None
    };
    let kind = match entry.kind.0.as_str() {
        "" => CoderKind::default(),
        word => match word.parse() {
            Ok(kind) => kind,
            Err(()) => return wrong(msg!("coder.kind", coder = id), msg!("coder.kind.fix")),
        },
    };
    let facts = [entry.model.0, entry.version.0, entry.prompt_sha256.0, entry.run_at.0];
    let machine = match machine(facts, &entry.ran_on.0) {
        Ok(machine) => machine,
        Err(field) => {
            let what = msg!("coder.machine", coder = id, field = field);
            return wrong(what, msg!("coder.machine.fix"));
        }
    };
    if kind != CoderKind::Machine && machine != Machine::default() {
        return wrong(msg!("coder.no_machine", coder = id), msg!("coder.no_machine.fix"));
    }
    Some(Coder { id, name: entry.name.0, kind, machine })
}

/// What a machine was, from `model`, `version`, `prompt_sha256`, `run_at` and `where` as they are written.
///
/// # Errors
/// The name of the field that cannot be what it is said to be.
pub fn machine(
    [model, version, prompt_sha256, run_at]: [String; 4],
    ran_on: &str,
) -> Result<Machine, &'static str> {
    let hex = |text: &str| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !prompt_sha256.is_empty() && !hex(&prompt_sha256) {
        return Err("prompt_sha256");
    }
    // A day is told by its first moment, so that a day that no calendar has is none.
    let moment = |text: &str| {
        text.parse::<Moment>().is_ok() || format!("{text}T00:00:00Z").parse::<Moment>().is_ok()
    };
    if !run_at.is_empty() && !moment(&run_at) {
        return Err("run_at");
    }
    let ran_on = match ran_on {
        "" => None,
        text => Some(text.parse().map_err(|()| "where")?),
    };
    let prompt_sha256 = prompt_sha256.to_ascii_lowercase();
    Ok(Machine { model, version, prompt_sha256, run_at, ran_on })
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
            out.push_str(&format!("  - {{{}}}\n", fields(coder)));
        }
    }
    out.push_str(if settings.agreement { "agreement: \"yes\"\n" } else { "agreement: \"no\"\n" });
    if let Some(require) = &settings.require {
        out.push_str(&format!("require: {}\n", yaml::quoted(require)));
    }
    if settings.asks_each {
        out.push_str("asking: each\n");
    }
    let Ethics { committee, number, date } = &settings.ethics;
    let given = [("committee", committee), ("number", number), ("date", date)];
    let given = given.iter().filter(|(_, text)| !text.is_empty());
    let given: Vec<String> =
        given.map(|(field, text)| format!("{field}: {}", yaml::quoted(text))).collect();
    if !given.is_empty() {
        out.push_str(&format!("ethics: {{{}}}\n", given.join(", ")));
    }
    out.into_bytes()
}

/// The fields of a coder's entry; what is not given is left out, so that a study of persons reads as it always did.
fn fields(coder: &Coder) -> String {
    let machine = &coder.machine;
    let mut fields =
        format!("id: {}, name: {}", yaml::quoted(coder.id.as_str()), yaml::quoted(&coder.name));
    if !coder.is_person() {
        fields.push_str(&format!(", kind: {}", coder.kind));
    }
    for (field, text) in [
        ("model", machine.model.as_str()),
        ("version", &machine.version),
        ("prompt_sha256", &machine.prompt_sha256),
        ("run_at", &machine.run_at),
        ("where", machine.ran_on.map_or("", |place| place.as_str())),
    ] {
        if !text.is_empty() {
            fields.push_str(&format!(", {field}: {}", yaml::quoted(text)));
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::coder::RanOn;

    #[test]
    fn settings_read_back_as_they_were_written() {
        let settings = Settings {
            title: "A: \"study\" # no".to_owned(),
            language: "es".to_owned(),
            coders: vec![Coder::person("c1".parse().unwrap(), "no")],
            agreement: false,
            require: Some("cohen_kappa>=0.6".to_owned()),
            asks_each: true,
            ethics: Ethics {
                committee: "Board: \"A\"".to_owned(),
                number: "007".to_owned(),
                date: "2026-01-05".to_owned(),
            },
        };
        let mut problems = Vec::new();
        assert_eq!(read("themata.yaml", &write(&settings), &mut problems), Some(settings));
        assert_eq!(problems, []);
    }

    #[test]
    fn a_machine_is_read_back_as_it_was_written_and_what_it_cannot_be_is_named() {
        let given =
            |coder: &str| format!("format: 1\ntitle: S\nlanguage: en\ncoders:\n  - {coder}\n");
        let sha = "0A".repeat(32);
        let machine = given(&format!(
            "{{id: llm, name: M, kind: machine, model: a, version: 2b, prompt_sha256: {sha}x, run_at: 2026-03-01, where: own computer}}"
        ));
        let mut problems = Vec::new();
        read("themata.yaml", machine.as_bytes(), &mut problems);
        assert_eq!(problems[0].what, msg!("coder.machine", coder = "llm", field = "prompt_sha256"));
        let machine = machine.replace(&format!("{sha}x"), &sha);
        problems.clear();
        let settings = read("themata.yaml", machine.as_bytes(), &mut problems).unwrap();
        assert_eq!(problems, []);
        let llm = &settings.coders[0];
        assert_eq!((llm.kind, llm.machine.ran_on), (CoderKind::Machine, Some(RanOn::OwnComputer)));
        assert_eq!(
            read("themata.yaml", &write(&settings), &mut problems).as_ref(),
            Some(&settings)
        );
        for (coder, what) in [
            ("{id: c1, kind: robot}", msg!("coder.kind", coder = "c1")),
            ("{id: c1, model: a}", msg!("coder.no_machine", coder = "c1")),
            (
                "{id: m, kind: machine, run_at: 2026-02-30}",
                msg!("coder.machine", coder = "m", field = "run_at"),
            ),
            (
                "{id: m, kind: machine, where: moon}",
                msg!("coder.machine", coder = "m", field = "where"),
            ),
        ] {
            problems.clear();
            read("themata.yaml", given(coder).as_bytes(), &mut problems);
            assert_eq!(problems.iter().map(|it| it.what.clone()).collect::<Vec<_>>(), [what]);
        }
    }

    #[test]
    fn a_newer_study_is_refused_before_anything_else_of_it_is_read() {
        let mut problems = Vec::new();
        assert_eq!(read("themata.yaml", b"format: 2\nshape: round\n", &mut problems), None);
        assert_eq!(problems[0].what, msg!("settings.newer", format = 2));
    }
}
