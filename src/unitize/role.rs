//! What a speaker seems to do, and whether a label names a person.

use super::draft::{Draft, Label};
use super::shape::{Shape, base, shown};
use crate::domain::message::Message;
use crate::domain::participant::Role;
use crate::language;
use crate::msg;

/// Labels of one letter or word that say who asks, if the other one is there too.
const PAIRS: &[(&str, &str)] = &[
    ("q", "a"),
    ("question", "answer"),
    ("i", "r"),
    ("i", "p"),
    ("e", "r"),
    ("e", "p"),
    ("p", "r"),
    ("pregunta", "respuesta"),
    ("pergunta", "resposta"),
    ("question", "reponse"),
    ("frage", "antwort"),
    ("f", "a"),
    ("i", "b"),
    ("i", "ip"),
    ("i", "a"),
    ("f", "b"),
    ("e", "i"),
    ("int", "res"),
    ("int", "resp"),
    ("iv", "ip"),
    ("d", "r"),
    ("domanda", "risposta"),
    ("pregunta", "resposta"),
];

/// What a label says by its own words: a role and the reason.
pub(super) fn by_words(label: &str) -> (Role, Message) {
    let shape = Shape::of(label);
    if let Some((word, role)) = shape.role {
        return (role, msg!("import.role.word", word = word));
    }
    if shape.numbered {
        return (Role::Participant, msg!("import.role.numbered"));
    }
    (Role::Unknown, msg!("import.role.unknown"))
}

/// What the word says by which the file itself calls what a speaker does.
pub(super) fn by_file(word: &str) -> Option<(Role, Message)> {
    let (word, role) = Shape::of(word).role?;
    Some((role, msg!("import.role.file", word = word)))
}

/// Looks at all labels together: pairs such as `Q` and `A`, and who leads where nobody is named as leading.
pub(super) fn together(draft: &mut Draft) {
    let folded: Vec<String> = draft.labels.iter().map(|it| language::fold(&it.text)).collect();
    for (asks, answers) in PAIRS {
        let Some(asker) = folded.iter().position(|it| it == asks) else { continue };
        // One who answers, or several with numbers: I and B, I and B1, B2.
        let answers = |it: &(usize, &String)| {
            it.1.trim_end_matches(|it: char| it.is_ascii_digit()).trim_end() == *answers
        };
        let places: Vec<usize> = folded
            .iter()
            .enumerate()
            .filter(answers)
            .map(|it| it.0)
            .filter(|it| *it != asker)
            .collect();
        let Some(first) = places.first() else { continue };
        let why = |other: &str| msg!("import.role.pair", other = other);
        set(draft, asker, Role::Moderator, why, *first);
        for place in places {
            set(draft, place, Role::Participant, why, asker);
        }
        break;
    }
    if draft.moderators().next().is_none() {
        by_turns(draft);
    }
    if draft.moderators().next().is_none() {
        by_questions(draft);
    }
}

/// Two who are numbered alike (`R1` and `P3`): the one who asks in most of their turns moderates, where the
/// other next to never asks.
fn by_questions(draft: &mut Draft) {
    let [one, other] = draft.labels.as_slice() else { return };
    let prefix = |label: &Label| {
        let text = language::fold(&label.text);
        text.trim_end_matches(|it: char| it.is_ascii_digit()).trim_end().to_owned()
    };
    let numbered = |label: &Label| Shape::of(&label.text).numbered || prefix(label).len() <= 2;
    if !numbered(one) || !numbered(other) || prefix(one) == prefix(other) {
        return;
    }
    let asked = |at: usize| {
        let own = draft.paragraphs.iter().filter(|it| it.label == Some(at));
        own.filter(|it| it.text.contains(['?', '？', '؟'])).count()
    };
    let (first, second) = (asked(0), asked(1));
    let at = usize::from(second > first);
    let (most, least) = (first.max(second), first.min(second));
    if let Some(label) = draft.labels.get_mut(at)
        && most >= 3
        && most * 2 >= label.turns as usize
        && least * 4 <= most
    {
        let turns = label.turns;
        label.role = Role::Moderator;
        label.why_role = msg!("import.role.turns", turns = turns, questions = most);
    }
}

fn set(draft: &mut Draft, at: usize, role: Role, why: impl Fn(&str) -> Message, other: usize) {
    let other = draft.labels.get(other).map(|it| it.text.clone()).unwrap_or_default();
    if let Some(label) = draft.labels.get_mut(at)
        && label.role == Role::Unknown
    {
        label.role = role;
        label.why_role = why(&other);
    }
}

/// Where participants are numbered (`P3`) or called so, one other label with many turns, among them
/// questions, moderates: only that place is left for it. Questions alone would not do: participants ask
/// back.
fn by_turns(draft: &mut Draft) {
    let others = |it: &&mut Label| it.role == Role::Unknown && !is_anybody(&it.text);
    if !draft.labels.iter().any(|it| it.role == Role::Participant) {
        return;
    }
    let all: u32 = draft.labels.iter().map(|it| it.turns).sum();
    let mut with_many: Vec<&mut Label> =
        draft.labels.iter_mut().filter(others).filter(|it| it.turns * 20 >= all * 3).collect();
    let [label] = with_many.as_mut_slice() else { return };
    let first = label.first;
    if label.turns * 4 < all {
        return;
    }
    let at = draft.labels.iter().position(|it| it.first == first);
    let asked = draft.paragraphs.iter().filter(|it| it.label == at);
    let asked = asked.filter(|it| it.text.contains(['?', '？', '؟'])).count();
    if let Some(label) = at.and_then(|at| draft.labels.get_mut(at)).filter(|_| asked >= 5) {
        label.role = Role::Moderator;
        label.why_role = msg!("import.role.turns", turns = label.turns, questions = asked);
    }
}

/// Whether the label stands for whoever it may be: `Unknown speaker`, `??`.
fn is_anybody(label: &str) -> bool {
    Shape::of(label).unknown
        || words(label).all(|word| word.len() > 1 && language::is_function(&word))
}

fn words(label: &str) -> impl Iterator<Item = String> {
    language::fold(label)
        .split(|it: char| !it.is_alphabetic())
        .filter(|it| !it.is_empty())
        .map(str::to_owned)
        .collect::<Vec<_>>()
        .into_iter()
}

/// Whether a label looks like the name of a person: a word of it is neither a role, a function, a number,
/// nor initials.
pub(super) fn looks_personal(label: &Label) -> bool {
    name_words(&label.text).iter().any(|word| !is_initials(word))
}

/// Whether a label may name a person, initials too.
pub(super) fn names_a_person(label: &str) -> bool {
    !name_words(label).is_empty()
}

/// The words of a label that are neither a role, a function, a title nor a number; none where it is
/// numbered as participants are or stands for anybody.
pub(super) fn name_words(label: &str) -> Vec<String> {
    let shown = shown(label);
    let shape = Shape::of(&shown);
    if shape.numbered || shape.unknown {
        return Vec::new();
    }
    let of_name = |word: &&str| {
        let folded = language::fold(word);
        let letters = word.chars().filter(|it| it.is_alphabetic()).count();
        let numbered = word.ends_with(|it: char| it.is_ascii_digit());
        let known = language::role(&folded).is_some()
            || language::is_function(&folded)
            || language::is_title(&folded)
            || language::is_particle(&folded);
        letters >= 2 && !numbered && !known
    };
    base(&shown)
        .split(|it: char| !it.is_alphanumeric() && it != '\'' && it != '’' && it != '"')
        .filter(of_name)
        .map(str::to_owned)
        .collect()
}

/// Whether a word is initials: up to three capitals that nobody could say as a name. `ANA` may be one.
fn is_initials(word: &str) -> bool {
    let vowel = |it: char| "aeiouy".contains(language::fold(it.encode_utf8(&mut [0; 4])).as_str());
    let letters: Vec<char> = word.chars().collect();
    letters.iter().all(|it| it.is_uppercase())
        && (letters.len() <= 2 || (letters.len() == 3 && !letters.iter().any(|it| vowel(*it))))
}
