//! What only `check` looks at in what is written as YAML: words of the settings, the codebook and the saved displays on which
//! nothing stumbles, so that whatever rests on them would change in silence.

use std::collections::BTreeSet;

use super::layout;
use super::load::Opened;
use crate::analysis::agreement::Requirement;
use crate::analysis::codebook::languages;
use crate::domain::failure::Failure;
use crate::domain::localized::Localized;
use crate::domain::problem::{Place, Problem};
use crate::format::table::quotable;
use crate::format::yaml;
use crate::language::tags::{is_tag, meant};
use crate::msg;
use crate::words::Language;

impl Opened {
    /// What the settings require of agreement, if anything.
    ///
    /// # Errors
    /// What they require is no condition.
    pub fn requirement(&self) -> Result<Option<Requirement>, Failure> {
        let Some(text) = &self.study.settings.require else { return Ok(None) };
        let problem = |_| {
            Failure::invalid(Problem::new(
                Place::file(layout::SETTINGS).column("require"),
                msg!("agree.require.invalid"),
                msg!("agree.require.invalid.fix"),
            ))
        };
        text.parse().map(Some).map_err(problem)
    }

    /// Conditions that are none, and languages that are none.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn yaml_problems(&self) -> Result<Vec<Problem>, Failure> {
        let mut problems = match self.requirement() {
            Err(Failure::Invalid(found)) => found,
            _ => Vec::new(),
        };
        let own = self.study.settings.language.as_str();
        if !own.is_empty() && !is_tag(own) {
            let settings = self.folder.read(layout::SETTINGS)?.unwrap_or_default();
            let line = yaml::lines_of(&settings, "language").first().copied();
            problems.push(no_language(layout::SETTINGS, line, own, None));
        }
        let displays = self.folder.saved_displays().unwrap_or_default();
        let questions = displays.iter().filter_map(|it| match &it.question {
            Localized::ByLanguage(texts) => Some(texts.keys().map(String::as_str)),
            Localized::Plain(_) => None,
        });
        let questions = questions.flatten().collect();
        for (file, used) in
            [(layout::CODEBOOK, languages(self.study.codebook())), (layout::DISPLAYS, questions)]
        {
            problems.extend(self.no_languages(file, &used)?);
        }
        Ok(problems)
    }

    /// The languages of a file's texts that are none, each with its lines.
    fn no_languages(&self, file: &str, used: &BTreeSet<&str>) -> Result<Vec<Problem>, Failure> {
        let own = self.study.settings.language.as_str();
        let known = || [Language::English.tag(), Language::Spanish.tag(), own];
        let near = |tag: &str| meant(tag, known().into_iter().chain(used.iter().copied()));
        // A language in which the study is held or somebody speaks is no slip: Yupik is `esu`.
        let spoken =
            |tag: &str| own == tag || self.study.transcripts.iter().any(|it| it.language == tag);
        let is_slip = |tag: &str| !spoken(tag) && near(tag).is_some();
        let wrong = used.iter().filter(|tag| !is_tag(tag) || is_slip(tag));
        let wrong: Vec<&str> = wrong.copied().collect();
        if wrong.is_empty() {
            return Ok(Vec::new());
        }
        let bytes = self.folder.read(file)?.unwrap_or_default();
        let lines = |tag: &str| yaml::lines_of(&bytes, tag);
        let told = wrong.into_iter().flat_map(|tag| {
            let lines = lines(tag).into_iter().map(Some);
            let lines: Vec<Option<u64>> = lines.chain([None]).collect();
            let some = lines.len().saturating_sub(1).max(1);
            lines.into_iter().take(some).map(move |line| (tag, line))
        });
        Ok(told.map(|(tag, line)| no_language(file, line, tag, near(tag))).collect())
    }
}

fn no_language(file: &str, line: Option<u64>, tag: &str, near: Option<&str>) -> Problem {
    let at = Place { file: file.to_owned(), line, column: None };
    let fix = match near {
        Some(near) => msg!("check.language.near", language = near),
        None => msg!("check.language.fix"),
    };
    Problem::new(at, msg!("check.language", language = quotable(tag)), fix)
}
