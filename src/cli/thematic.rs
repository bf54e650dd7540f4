//! The options of `split` that say how themes are found.

use super::Context;
use super::split::ByArg;
use crate::domain::failure::Failure;
use crate::domain::id::ParticipantId;
use crate::domain::study::Study;
use crate::domain::transcript::Transcript;
use crate::msg;
use crate::unitize::thematic::{Leader, Thematic, clear_language};
use crate::unitize::theme::{Goal, Size};

/// Words of a unit where nothing is asked for.
const USUAL: u32 = 100;

/// How themes are found; all of it for `--by theme` alone.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "By theme")]
pub(super) struct ThemeArgs {
    /// Words of participants in a unit, on the average [default: 100]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    words: Option<u32>,
    /// The fewest words of a unit [default: a quarter of --words]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(..=1_000_000))]
    min_words: Option<u32>,
    /// The most words of a unit, where sentences are not longer [default: three times --words]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    max_words: Option<u32>,
    /// As many units in each transcript, as near as the limits allow; instead of --words
    #[arg(long, value_name = "K", conflicts_with = "words", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    units: Option<u32>,
    /// Whose questions open something new: a speaker, `auto` (the moderators by their role; where there is
    /// none, whoever asks most among three or more), or `none` [default: auto]
    ///
    /// Nobody's role changes by it: what stands apart and is not counted is the talk of those whose role is
    /// moderator or observer; see `themata participants`.
    #[arg(long, value_name = "NAME|auto|none")]
    moderator: Option<String>,
    /// Language of the talk, as a tag such as en or es [default: the transcript's, unless the talk clearly
    /// is in another]
    ///
    /// (`--lang` is the language in which the program addresses you.)
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
}

impl ThemeArgs {
    /// Refuses options that would change nothing, and lengths that contradict each other.
    pub(super) fn check(&self, by: ByArg) -> Result<(), Failure> {
        let given = [
            ("--words", self.words.is_some()),
            ("--min-words", self.min_words.is_some()),
            ("--max-words", self.max_words.is_some()),
            ("--units", self.units.is_some()),
            ("--moderator", self.moderator.is_some()),
            ("--language", self.language.is_some()),
        ];
        if by != ByArg::Theme
            && let Some((option, _)) = given.iter().find(|(_, given)| *given)
        {
            let fix = msg!("split.theme_only.fix", option = option);
            return Err(Failure::Usage(msg!("split.theme_only", option = option), fix));
        }
        let (least, most) = (self.min_words, self.max_words);
        let words = match self.units {
            Some(_) => least.or(most).unwrap_or(1),
            None => self.words.unwrap_or(USUAL),
        };
        if least.is_none_or(|least| least <= words) && most.is_none_or(|most| words <= most) {
            return Ok(());
        }
        Err(Failure::Usage(msg!("split.lengths"), msg!("split.lengths.fix", words = words)))
    }

    /// How themes are found in a transcript of a study.
    pub(super) fn thematic(&self, transcript: &Transcript, study: &Study) -> Thematic {
        let words = self.words.unwrap_or(USUAL);
        let goal = self.units.map_or(Goal::Words(words), Goal::Units);
        let size = Size { goal, least: self.min_words, most: self.max_words };
        let leader = match self.moderator.as_deref() {
            None | Some("auto") => Leader::Auto,
            Some(name) => speaker(name, study).map_or(Leader::Nobody, Leader::Speaker),
        };
        Thematic { size, leader, language: self.language(transcript) }
    }

    /// Refuses a name that is nobody's.
    pub(super) fn check_moderator(&self, study: &Study) -> Result<(), Failure> {
        let Some(name) = self.moderator.as_deref().filter(|it| !["auto", "none"].contains(it))
        else {
            return Ok(());
        };
        if speaker(name, study).is_some() {
            return Ok(());
        }
        let known: Vec<&str> = study.participants.iter().map(|it| it.id.as_str()).collect();
        let fix = msg!("split.moderator.fix", known = known.join(", "));
        Err(Failure::Usage(msg!("split.moderator"), fix))
    }

    /// The language of the talk.
    fn language(&self, transcript: &Transcript) -> String {
        match &self.language {
            Some(tag) => tag.clone(),
            None => other_language(transcript)
                .map_or_else(|| transcript.language.clone(), str::to_owned),
        }
    }

    /// Says so where the talk is cut as one in another language than the transcript is listed under.
    pub(super) fn tell_language(
        &self,
        transcript: &Transcript,
        context: &mut Context<'_>,
    ) -> anyhow::Result<()> {
        let (id, listed) = (&transcript.id, &transcript.language);
        match other_language(transcript) {
            Some(talk) if self.language.is_none() && !listed.is_empty() => context.tell(&msg!(
                "split.language",
                transcript = id,
                listed = listed,
                language = talk
            )),
            _ => Ok(()),
        }
    }
}

/// The participant of a name, whatever its capitals.
fn speaker(name: &str, study: &Study) -> Option<ParticipantId> {
    let mut ids = study.participants.iter().map(|it| &it.id);
    ids.find(|id| id.as_str().eq_ignore_ascii_case(name)).cloned()
}

/// The language that the talk is clearly in, where the transcript is listed under another.
fn other_language(transcript: &Transcript) -> Option<&'static str> {
    let clear = clear_language(transcript)?;
    let listed = crate::language::talk::primary(&transcript.language);
    (clear != listed).then_some(clear)
}
