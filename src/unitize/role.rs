//! What a speaker seems to do, and whether a label names a person.

use super::draft::{Draft, Label};
use super::label::{Shape, base, shown};
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
    ("p", "r"),
    ("pregunta", "respuesta"),
    ("pergunta", "resposta"),
    ("question", "reponse"),
    ("frage", "antwort"),
    ("f", "a"),
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

/// Looks at all labels together: pairs such as `Q` and `A`, and who asks where nobody is named as asking.
pub(super) fn together(draft: &mut Draft) {
    let folded: Vec<String> = draft.labels.iter().map(|it| language::fold(&it.text)).collect();
    for (asks, answers) in PAIRS {
        let place = |word: &str| folded.iter().position(|it| it == word);
        if let (Some(asker), Some(answerer)) = (place(asks), place(answers)) {
            set(
                draft,
                asker,
                Role::Moderator,
                |other| msg!("import.role.pair", other = other),
                answerer,
            );
            set(
                draft,
                answerer,
                Role::Participant,
                |other| msg!("import.role.pair", other = other),
                asker,
            );
            break;
        }
    }
    if draft.moderators().next().is_none() {
        by_questions(draft);
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

/// Where participants are numbered (`P3`), a label of another kind that asks most of the questions and
/// has many turns moderates: numbering leaves only that place for it.
fn by_questions(draft: &mut Draft) {
    if !draft.labels.iter().any(|it| it.role == Role::Participant) {
        return;
    }
    let mut questions = vec![0_u32; draft.labels.len()];
    for paragraph in &draft.paragraphs {
        if let Some(count) = paragraph.label.and_then(|at| questions.get_mut(at)) {
            *count += u32::from(paragraph.text.contains(['?', '？']));
        }
    }
    let all: u32 = questions.iter().sum();
    let turns: u32 = draft.labels.iter().map(|it| it.turns).sum();
    for (label, asked) in draft.labels.iter_mut().zip(questions) {
        let most = asked >= 5 && asked * 3 >= all * 2 && label.turns * 3 >= turns;
        if label.role == Role::Unknown && most && !is_anybody(&label.text) {
            label.role = Role::Moderator;
            label.why_role = msg!("import.role.asks", n = asked, all = all);
        }
    }
}

/// Whether the label stands for whoever it may be: `Unknown speaker`, `??`.
fn is_anybody(label: &str) -> bool {
    Shape::of(label).unknown || words(label).all(|word| language::is_function(&word))
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
    let shown = shown(&label.text);
    let shape = Shape::of(&shown);
    if shape.numbered || shape.unknown {
        return false;
    }
    let mixed_case = shown.chars().any(char::is_lowercase);
    base(&shown)
        .split(|it: char| !it.is_alphanumeric() && it != '\'' && it != '’' && it != '"')
        .any(|word| {
            let folded = language::fold(word);
            let letters = word.chars().filter(|it| it.is_alphabetic()).count();
            let numbered = word.ends_with(|it: char| it.is_ascii_digit());
            let initials = word.chars().all(char::is_uppercase)
                && (letters <= 3 || (!mixed_case && letters <= 4 && shape.words == 1));
            let known = language::role(&folded).is_some()
                || language::is_function(&folded)
                || language::is_title(&folded)
                || language::is_particle(&folded);
            letters >= 2 && !numbered && !initials && !known
        })
}
