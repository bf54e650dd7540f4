//! Whether anybody moderates, and who asks most where nobody does.

use std::collections::HashMap;

use crate::domain::id::ParticipantId;
use crate::domain::participant::Role;
use crate::domain::transcript::Paragraph;

/// Who asks most in a talk that nobody moderates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asker {
    /// Who.
    pub participant: ParticipantId,
    /// Turns with a question.
    pub asked: usize,
    /// Turns.
    pub turns: usize,
}

/// Fewer questions make nobody look like a moderator, nor do so many unless they are nearly all that was said.
const FEWEST: usize = 2;

/// Who asks most, if several speak, none of them moderates, and one asks in a third of the turns or more.
pub fn who_asks(paragraphs: &[Paragraph], role: impl Fn(&ParticipantId) -> Role) -> Option<Asker> {
    let mut people: Vec<Asker> = Vec::new();
    let mut places: HashMap<&ParticipantId, usize> = HashMap::new();
    let mut last: Option<&ParticipantId> = None;
    let mut counted = false;
    for paragraph in paragraphs {
        let Some(speaker) = &paragraph.speaker else { continue };
        let begins = last != Some(speaker);
        counted &= !begins;
        last = Some(speaker);
        let at = *places.entry(speaker).or_insert_with(|| {
            people.push(Asker { participant: speaker.clone(), asked: 0, turns: 0 });
            people.len() - 1
        });
        let Some(person) = people.get_mut(at) else { continue };
        person.turns += usize::from(begins);
        if !counted && asks(&paragraph.text) {
            (person.asked, counted) = (person.asked + 1, true);
        }
    }
    if people.len() < 2 || people.iter().any(|it| role(&it.participant) == Role::Moderator) {
        return None;
    }
    let most = people.into_iter().max_by_key(|it| (it.asked, it.turns))?;
    // In a third of the turns; two questions alone in two of three.
    let enough = most.turns * if most.asked == FEWEST { 2 } else { 1 };
    (most.asked >= FEWEST && most.asked * 3 >= enough).then_some(most)
}

/// Whether a question stands in a text.
fn asks(text: &str) -> bool {
    text.contains(['?', '？', '؟', '\u{37e}'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_most_is_told_where_nobody_moderates() {
        let said = |who: &str, text: &str| Paragraph {
            time: None,
            speaker: who.parse().ok(),
            text: text.to_owned(),
        };
        let mut talk = Vec::new();
        for _ in 0..4 {
            talk.extend([
                said("M", "Why?"),
                said("M", "And?"),
                said("Ana", "So it was."),
                said("Bo", "Yes."),
            ]);
        }
        let found = who_asks(&talk, |_| Role::Unknown).unwrap();
        assert_eq!((found.participant.as_str(), found.asked, found.turns), ("M", 4, 4));
        let moderated = |it: &ParticipantId| {
            if it.as_str() == "M" { Role::Moderator } else { Role::Unknown }
        };
        assert_eq!(who_asks(&talk, moderated), None);
    }
}
