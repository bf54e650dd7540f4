//! What is said of the topic guide.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    (
        "guide.cell",
        "{column} is empty or holds what cannot be a name",
        "{column} está vacío o contiene algo que no puede ser un nombre",
    ),
    (
        "guide.cell.fix",
        "topics and questions are letters, digits, `-`, `_` and `.`, as in `leadership` and `q17`; none, all, any and total mean something else; text holds the question",
        "los temas y las preguntas son letras, dígitos, `-`, `_` y `.`, como `liderazgo` y `q17`; none, all, any y total significan otra cosa; text contiene la pregunta",
    ),
    (
        "guide.two_topics",
        "question {question} is in topic {topic} already",
        "la pregunta {question} ya está en el tema {topic}",
    ),
    (
        "guide.two_topics.fix",
        "give it another id, or the same topic",
        "póngale otro identificador, o el mismo tema",
    ),
    ("guide.none", "the study has no topic guide", "el estudio no tiene guion de temas"),
    (
        "guide.none.fix",
        "put the moderator's questions into guide.csv, with the columns topic, question and text",
        "ponga las preguntas de la moderación en guide.csv, con las columnas topic, question y text",
    ),
    ("guide.turn", "no moderator speaks at {turn}", "en {turn} no habla nadie que modere"),
    (
        "guide.turn.fix",
        "`themata guide check` lists the turns",
        "`themata guide check` lista los turnos",
    ),
    ("guide.question", "the guide has no such question", "el guion no tiene esa pregunta"),
    (
        "guide.question.fix",
        "`themata guide show` lists the questions; `none` for a turn that puts none of them",
        "`themata guide show` lista las preguntas; `none` para un turno que no plantea ninguna",
    ),
    (
        "guide.applied",
        "topics written into the units of {transcripts}",
        "temas escritos en las unidades de {transcripts}",
    ),
    (
        "guide.nothing_new",
        "the units have these topics already",
        "las unidades ya tienen estos temas",
    ),
    ("guide.topic", "topic", "tema"),
    ("guide.id", "question", "pregunta"),
    ("guide.text", "text", "texto"),
    ("guide.turns", "turns", "turnos"),
    ("guide.turn_heading", "turn", "turno"),
    ("guide.likeness", "likeness", "parecido"),
    ("guide.by_hand", "by hand", "a mano"),
    ("guide.other", "next likeliest", "segunda opción"),
    ("guide.said", "said", "dicho"),
    (
        "guide.count",
        "{n} {n|question|questions} on {topics} {topics|topic|topics}; {never} put by no turn",
        "{n} {n|pregunta|preguntas} sobre {topics} {topics|tema|temas}; {never} sin ningún turno que las plantee",
    ),
    (
        "guide.matched",
        "{n} {n|turn|turns} of moderators, {without} without a question of the guide: these go on with the topic before",
        "{n} {n|turno|turnos} de moderación, {without} sin pregunta del guion: estos siguen con el tema anterior",
    ),
    ("guide.never", "put by no turn: {questions}", "sin ningún turno que las plantee: {questions}"),
    (
        "guide.no_turns",
        "no moderator speaks; `themata participants set ID --role moderator` says who moderates",
        "no habla nadie que modere; `themata participants set ID --role moderator` dice quién modera",
    ),
];
