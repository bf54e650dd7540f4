//! Import on made-up texts, one test for each way in which transcripts are written.

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use themata::unitize::draft::Draft;
use themata::unitize::import::{self, Imported, Options};
use themata::words::{Language, say};

/// A file as import understands it.
pub(crate) fn imported(name: &str, bytes: &[u8]) -> Imported {
    import::read(name, bytes, &Options::default())
        .unwrap_or_else(|it| panic!("{name}: {:?}", it.what))
}

/// A draft as a person would write it down: paragraphs, then labels.
pub(crate) fn shown(draft: &Draft) -> String {
    let mut out = String::new();
    for paragraph in &draft.paragraphs {
        if let Some(time) = paragraph.time {
            write!(out, "[{time}] ").unwrap();
        }
        let label = paragraph.label.map(|at| draft.labels[at].text.as_str());
        writeln!(out, "{} | {}", label.unwrap_or("-"), paragraph.text).unwrap();
    }
    for label in &draft.labels {
        let why = say(&label.why, Language::English);
        writeln!(out, "= {}, {}, {} times: {why}", label.text, label.role, label.times).unwrap();
    }
    for rejected in &draft.rejected {
        let why = say(&rejected.why, Language::English);
        writeln!(out, "! {}, {} times: {why}", rejected.text, rejected.times).unwrap();
    }
    for note in &draft.notes {
        writeln!(out, "* {}", say(note, Language::English)).unwrap();
    }
    out
}

fn check(name: &str, text: &str, expected: Expect) {
    expected.assert_eq(&shown(&imported(name, text.as_bytes()).draft));
}

#[test]
fn a_label_and_a_colon_also_with_spaces_around_it() {
    check(
        "a.txt",
        "Focus group 3\nModerator : How was it?\nIris:  I would rather walk.\nPaul: Me too.\nIris: Yes.\nPaul : No.\n",
        expect![[r#"
            - | Focus group 3
            Moderator | How was it?
            Iris | I would rather walk.
            Paul | Me too.
            Iris | Yes.
            Paul | No.
            = Moderator, moderator, 1 times: the word `moderator` names a role
            = Iris, unknown, 2 times: stands before speech 2 times
            = Paul, unknown, 2 times: stands before speech 2 times
            * a blank stands before the colon of 2 labels and not of 3 (see line 2); `P1 :` and `P1:` were taken for the same speaker
        "#]],
    );
}

#[test]
fn capitals_with_titles_are_the_person_without_the_title() {
    check(
        "a.txt",
        "DRA. ANA RUIZ LEÓN, DIRECTORA GENERAL: Buenas tardes.\n\nHoy vamos a hablar del agua.\n\n\
         PREGUNTA: ¿Y el precio?\n\nDRA. ANA RUIZ LEÓN: No sube.\n\nPREGUNTA: Gracias.\n\n\
         LUIS PAZ, GERENTE:Hola.\n\nEntonces, digo: así es.\n",
        expect![[r#"
            DRA. ANA RUIZ LEÓN | Buenas tardes.
            DRA. ANA RUIZ LEÓN | Hoy vamos a hablar del agua.
            PREGUNTA | ¿Y el precio?
            DRA. ANA RUIZ LEÓN | No sube.
            PREGUNTA | Gracias.
            LUIS PAZ, GERENTE | Hola.
            LUIS PAZ, GERENTE | Entonces, digo: así es.
            = DRA. ANA RUIZ LEÓN, unknown, 2 times: a name where nearly every paragraph has a label
            = PREGUNTA, unknown, 2 times: stands before speech 2 times
            = LUIS PAZ, GERENTE, unknown, 1 times: a name where nearly every paragraph has a label
            ! Entonces, digo, 1 times: stands there only once
            * `DRA. ANA RUIZ LEÓN, DIRECTORA GENERAL` was taken for `DRA. ANA RUIZ LEÓN`: the same full name
        "#]],
    );
}

#[test]
fn labels_on_lines_of_their_own_with_a_time() {
    check(
        "a.txt",
        "P3 12:40\nYes, mostly.\n\nAnd the bus was late at 10:30.\n\nA1 12:55\nWhy?\n\nP3  13:02  \n[unintelligible]\n",
        expect![[r#"
            [00:12:40] P3 | Yes, mostly.
            P3 | And the bus was late at 10:30.
            [00:12:55] A1 | Why?
            [00:13:02] P3 | [unintelligible]
            = P3, participant, 2 times: numbered as participants are
            = A1, unknown, 1 times: a name where nearly every paragraph has a label
        "#]],
    );
}

#[test]
fn an_otter_transcript_with_its_lists_at_the_top() {
    check(
        "a.txt",
        "SUMMARY KEYWORDS\nbus, clinic\n\nSPEAKERS\nBSR99, Ana Ruiz\n\nBSR99  00:03\nHello there.\n\n\
         Ana Ruiz  04:31\nGood morning.\n\nBSR99  1:04:31\nBye.\n",
        expect![[r#"
            - | SUMMARY KEYWORDS
            - | bus, clinic
            - | SPEAKERS
            - | BSR99, Ana Ruiz
            [00:00:03] BSR99 | Hello there.
            [00:04:31] Ana Ruiz | Good morning.
            [01:04:31] BSR99 | Bye.
            = BSR99, unknown, 2 times: stands before speech 2 times
            = Ana Ruiz, unknown, 1 times: named in a table or list of those present
        "#]],
    );
}

#[test]
fn labels_on_lines_of_their_own_with_a_colon() {
    check(
        "a.txt",
        "נכחו:\n\nעדה כהן\n\nרון לוי\n\nעדה כהן:\n\nשלום לכולם.\n\nרון לוי:\n\nתודה.\n\nעדה כהן:\n\nיש לי שאלה:\n\nמתי?\n",
        expect![[r#"
            - | נכחו:
            - | עדה כהן
            - | רון לוי
            עדה כהן | שלום לכולם.
            רון לוי | תודה.
            עדה כהן | יש לי שאלה:
            עדה כהן | מתי?
            = עדה כהן, unknown, 2 times: stands before speech 2 times
            = רון לוי, unknown, 1 times: named in a table or list of those present
            ! נכחו, 1 times: names a part of the document
            ! יש לי שאלה, 1 times: stands there only once
        "#]],
    );
}

#[test]
fn bare_labels_on_lines_of_their_own_if_they_name_a_role_or_number() {
    check(
        "a.txt",
        "Moderator\nHow was it?\n\nP1\nLong.\n\nP2\nGotcha\n\nModerator\nAnd then?\n\nP1\nGotcha\n",
        expect![[r#"
            Moderator | How was it?
            P1 | Long.
            P2 | Gotcha
            Moderator | And then?
            P1 | Gotcha
            = Moderator, moderator, 2 times: the word `moderator` names a role
            = P1, participant, 2 times: numbered as participants are
            = P2, participant, 1 times: numbered as participants are
        "#]],
    );
}

#[test]
fn bold_labels_with_a_backslash_or_a_colon() {
    check(
        "a.md",
        "**Interviewer**\\\nWhat is *it* like?\n\n***Participant***\\\nIt is \\[laughs\\] fine.\n\nReally.\n\n**Interviewer**\\\nGood\n",
        expect![[r#"
            Interviewer | What is it like?
            Participant | It is [laughs] fine.
            Participant | Really.
            Interviewer | Good
            = Interviewer, moderator, 2 times: the word `interviewer` names a role
            = Participant, participant, 1 times: the word `participant` names a role
        "#]],
    );
    check(
        "b.md",
        "**Ada Poe:** Hello, [all](https://example.org).\n\nWelcome back.\n\n**Ben Orr:** Hi!\n\n\\[04:05\\] As I said: yes.\n\n\
         **Break:** \\[05:00\\] to \\[05:10\\]\n\n**Ada Poe:** So.\n\n**Cy Fox:** Once.\n",
        expect![[r#"
            Ada Poe | Hello, all.
            Ada Poe | Welcome back.
            Ben Orr | Hi!
            [00:04:05] Ben Orr | As I said: yes.
            - | Break: [05:00] to [05:10]
            Ada Poe | So.
            Cy Fox | Once.
            = Ada Poe, unknown, 2 times: stands before speech 2 times
            = Ben Orr, unknown, 1 times: written as the other labels are
            = Cy Fox, unknown, 1 times: written as the other labels are
            ! As I said, 1 times: stands there only once
            ! Break, 1 times: names a part of the document
        "#]],
    );
}

#[test]
fn bracketed_labels_with_and_without_a_range_of_time() {
    check(
        "a.txt",
        "[Chercheur] (0:01 - 0:11)\nC'est parti.\n\n[Interviewe] (1:05- 1:40)\nOui.\n\nEncore.\n\n\
         [Interruption de personnes] (1:40 - 2:00)\n\n[Chercheur]\nBien.\n\n[Interviewe] (2:00 - 2:10)\n[rires]\n",
        expect![[r#"
            [00:00:01] Chercheur | C'est parti.
            [00:01:05] Interviewe | Oui.
            Interviewe | Encore.
            - | [Interruption de personnes] (1:40 - 2:00)
            Chercheur | Bien.
            [00:02:00] Interviewe | [rires]
            = Chercheur, moderator, 2 times: the word `chercheur` names a role
            = Interviewe, participant, 2 times: the word `interviewe` names a role
            ! Interruption de personnes, 1 times: nothing is said after it
        "#]],
    );
    check(
        "b.txt",
        "[id1] I like it.\n\n[id2] I do not.\n\n[id1] [laughs] Why?\n\n[laughter]\n",
        expect![[r#"
            id1 | I like it.
            id2 | I do not.
            id1 | [laughs] Why?
            - | [laughter]
            = id1, participant, 2 times: numbered as participants are
            = id2, participant, 1 times: numbered as participants are
        "#]],
    );
}

#[test]
fn initials_that_a_table_declares() {
    check(
        "a.md",
        "# Meeting\n\n| Name | Abbreviation |\n| --- | --- |\n| Ada Poe | APO |\n| Ben Orr | BO |\n| Cy Fox | CF |\n\n\
         ## First item\n\nPresenter: Ada Poe (APO)\n\nAPO: Hello.\n\nBO: Hi.\n\nAPO: So.\n\n## Second item\n\n\
         Presenter: Ben Orr (BO)\n\n- [slides](https://example.org)\n\nBO: One.\n\nCF: Once.\n\nDEX(perhaps CF): No.\n\n??: Yes.\n\n??: No.\n",
        expect![[r#"
            - | Meeting
            - | Name	Abbreviation
            - | Ada Poe	APO
            - | Ben Orr	BO
            - | Cy Fox	CF
            - | First item
            - | Presenter: Ada Poe (APO)
            APO | Hello.
            BO | Hi.
            APO | So.
            - | Second item
            - | Presenter: Ben Orr (BO)
            U1 | slides
            BO | One.
            CF | Once.
            DEX(perhaps CF) | No.
            ?? | Yes.
            ?? | No.
            = APO, unknown, 2 times: stands before speech 2 times
            = BO, unknown, 2 times: stands before speech 2 times
            = CF, unknown, 1 times: named in a table or list of those present
            = DEX(perhaps CF), unknown, 1 times: written as the other labels are
            = ??, unknown, 2 times: stands before speech 2 times
            = U1, unknown, 0 times: speaks where the file names nobody
            ! Presenter, 2 times: stands under headings before a few words that are no sentence
            * 1 paragraph (1 words) for which nobody is named was given to U1, role unknown; a list of speakers (`--speakers`) with an empty label says who that is
        "#]],
    );
}

#[test]
fn times_before_labels() {
    check(
        "a.txt",
        "[00:01:12] P1: I came by bus.\n(0:02:00) P2: I walked.\n00:02:10 P1: Ah.\n[00:02:20] And late.\n12:40 we left.\n",
        expect![[r#"
            [00:01:12] P1 | I came by bus.
            [00:02:00] P2 | I walked.
            [00:02:10] P1 | Ah.
            [00:02:20] P1 | And late.
            P1 | 12:40 we left.
            = P1, participant, 2 times: numbered as participants are
            = P2, participant, 1 times: numbered as participants are
        "#]],
    );
}

#[test]
fn text_before_the_first_label_headings_and_remarks_have_no_speaker() {
    check(
        "a.md",
        "# Group 4\n\nRecorded in May.\n\nModeradora: ¿Qué tal?\n\n(Pausa larga)\n\nEva: Bien.\n\n## Segunda parte\n\nSin etiqueta.\n\nEva: Mal. (risas)\n",
        expect![[r#"
            - | Group 4
            - | Recorded in May.
            Moderadora | ¿Qué tal?
            - | (Pausa larga)
            Eva | Bien.
            - | Segunda parte
            U1 | Sin etiqueta.
            Eva | Mal. (risas)
            = Moderadora, moderator, 1 times: the word `moderadora` names a role
            = Eva, unknown, 2 times: stands before speech 2 times
            = U1, unknown, 0 times: speaks where the file names nobody
            * 1 paragraph (2 words) for which nobody is named was given to U1, role unknown; a list of speakers (`--speakers`) with an empty label says who that is
        "#]],
    );
}

#[test]
fn a_colon_in_ordinary_speech_makes_no_speaker() {
    check(
        "a.txt",
        "P1: I'll tell you.\nSo here's the thing: it was late.\nIn other words: no bus.\nP2: Right.\nIn other words: we walked.\n\
         Example: ours.\nAnd: yes.\nNote: this is important to everybody who came here.\nhttps://example.org: a page.\n",
        expect![[r#"
            P1 | I'll tell you.
            P1 | So here's the thing: it was late.
            P1 | In other words: no bus.
            P2 | Right.
            P2 | In other words: we walked.
            P2 | Example: ours.
            P2 | And: yes.
            P2 | Note: this is important to everybody who came here.
            P2 | https://example.org: a page.
            = P1, participant, 1 times: numbered as participants are
            = P2, participant, 1 times: numbered as participants are
            ! So here's the thing, 1 times: stands there only once
            ! In other words, 2 times: has not the form of a name, and is rare
            ! Example, 1 times: names a part of the document
            ! And, 1 times: stands there only once
            ! Note, 1 times: names a part of the document
        "#]],
    );
}

#[test]
fn labels_that_differ_in_case_form_spaces_or_unseen_characters_are_one() {
    check(
        "a.txt",
        "Jose\u{301} Paz: uno\nJosé Paz: dos\nJOSÉ\u{a0}PAZ : tres\nJosé Paz\u{200b}: cuatro\nEva: cinco\nEva : seis\n",
        expect![[r#"
            José Paz | uno
            José Paz | dos
            José Paz | tres
            José Paz | cuatro
            Eva | cinco
            Eva | seis
            = José Paz, unknown, 4 times: stands before speech 4 times
            = Eva, unknown, 2 times: stands before speech 2 times
            * a blank stands before the colon of 2 labels and not of 3 (see line 3); `P1 :` and `P1:` were taken for the same speaker
        "#]],
    );
}

#[test]
fn a_pair_of_letters_says_who_asks() {
    check(
        "a.txt",
        "Q: Why?\nA: Because.\nQ: When?\nA: Then.\n",
        expect![[r#"
            Q | Why?
            A | Because.
            Q | When?
            A | Then.
            = Q, moderator, 2 times: stands before speech 2 times
            = A, participant, 2 times: stands before speech 2 times
        "#]],
    );
    check(
        "b.txt",
        "E: ¿Por qué?\nR: Porque sí.\nE: ¿Y?\nR: Nada.\n",
        expect![[r#"
            E | ¿Por qué?
            R | Porque sí.
            E | ¿Y?
            R | Nada.
            = E, moderator, 2 times: stands before speech 2 times
            = R, participant, 2 times: stands before speech 2 times
        "#]],
    );
}

#[test]
fn answers_below_questions_are_not_the_moderators() {
    check(
        "a.txt",
        "Moderator: How was it?\nLong.\nVery long.\nModerator: And then?\nWe left.\n",
        expect![[r#"
            Moderator | How was it?
            U1 | Long.
            U1 | Very long.
            Moderator | And then?
            U1 | We left.
            = Moderator, moderator, 2 times: the word `moderator` names a role
            = U1, unknown, 0 times: speaks where the file names nobody
            * only who asks has a label, so what stands below the questions (3 paragraphs, 5 words) was given to U1, role unknown; a list of speakers (`--speakers`) with an empty label says who answers
        "#]],
    );
}

#[test]
fn nobody_is_found_where_nobody_is_labelled() {
    check(
        "a.txt",
        "I like it.\nI really do: it is good.\n",
        expect![[r#"
            U1 | I like it.
            U1 | I really do: it is good.
            = U1, unknown, 0 times: speaks where the file names nobody
            ! I really do, 1 times: stands there only once
            * 2 paragraphs (9 words) for which nobody is named were given to U1, role unknown; a list of speakers (`--speakers`) with an empty label says who that is
            * no speaker was found; a list of speakers (`--speakers`) with an empty label says who speaks throughout
        "#]],
    );
}

#[test]
fn a_table_of_turns_is_read_by_its_columns() {
    check(
        "a.md",
        "| Speaker | Text |\n|---|---|\n| Ana | Hello. |\n| Luis | Hi, so: yes. |\n| Ana | Bye. |\n\nThe end.\n",
        expect![[r#"
            - | Speaker
            - | Text
            Ana | Hello.
            Luis | Hi, so: yes.
            Ana | Bye.
            U1 | The end.
            = Ana, unknown, 2 times: the file names its speakers
            = Luis, unknown, 1 times: the file names its speakers
            = U1, unknown, 0 times: speaks where the file names nobody
            * 1 paragraph (2 words) for which nobody is named was given to U1, role unknown; a list of speakers (`--speakers`) with an empty label says who that is
        "#]],
    );
}

#[test]
fn a_label_that_the_researcher_names_is_one_even_once() {
    let text = "Some talk.\nvoice at the back: When?\nMore talk.\n";
    let declared = ["Voice at the back".to_owned()];
    let options = Options { declared: &declared, ..Options::default() };
    let found = import::read("a.txt", text.as_bytes(), &options);
    expect![[r#"
        - | Some talk.
        voice at the back | When?
        voice at the back | More talk.
        = voice at the back, unknown, 1 times: named in the list of speakers
    "#]]
    .assert_eq(&shown(&found.unwrap().draft));
}

#[test]
fn names_of_persons_are_pointed_out_and_functions_are_not() {
    let text = "Ana Ruiz: a\nAna Ruiz: b\nANA: c\nANA: d\nUser Interface: e\nUser Interface: f\nP1: g\nGrad B: h\nGrad B: i\nWH: j\nWH: k\n\
                Moderator: l\nSpeaker 2: m\nSpeaker 2: n\nDr. Paz: o\nDr. Paz: p\nMaría (mod): q\n";
    let draft = imported("a.txt", text.as_bytes()).draft;
    let personal = |it: bool| {
        let labels = draft.labels.iter().filter(move |label| label.looks_personal == it);
        labels.map(|label| label.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(personal(true), ["Ana Ruiz", "ANA", "Dr. Paz", "María (mod)"]);
    assert_eq!(personal(false), ["User Interface", "P1", "Grad B", "WH", "Moderator", "Speaker 2"]);
}

#[test]
fn other_formats_are_named_with_the_way_to_save_them_as_text() {
    for (name, bytes, expected) in [
        (
            "a.pages",
            &b"PK\x03\x04"[..],
            expect![[r#"
                this is a document of another word processor, which is not read
                open it in LibreOffice or Word, then File > Save As > Word document (.docx) or Plain text (.txt), encoding UTF-8, and import that
                esto es un documento de otro procesador de textos, que no se lee
                ábralo en LibreOffice o Word, use Archivo > Guardar como > Documento de Word (.docx) o Texto sin formato (.txt), codificación UTF-8, e importe ese archivo
            "#]],
        ),
        (
            "a.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            expect![[r#"
            this is an old Word document (.doc) or one that is protected with a password
            open it in Word or LibreOffice (with the password), then File > Save As > Word document (.docx), without a password, and import that
            esto es un documento de Word antiguo (.doc) o protegido con contraseña
            ábralo en Word o LibreOffice (con la contraseña), use Archivo > Guardar como > Documento de Word (.docx), sin contraseña, e importe ese archivo
        "#]],
        ),
        (
            "a.ttml",
            b"<tt></tt>",
            expect![[r#"
                these are subtitles of a kind that is not read
                export or download them as WebVTT (.vtt) or SubRip (.srt) and import that
                esto son subtítulos de un tipo que no se lee
                expórtelos o descárguelos como WebVTT (.vtt) o SubRip (.srt) e importe ese archivo
            "#]],
        ),
        (
            "a.txt",
            b" \n\n",
            expect![[r#"
            there is no text in this file
            open it and see whether it is the right one; a scanned page has to be typed or recognised first
            no hay texto en este archivo
            ábralo y compruebe si es el correcto; una página escaneada hay que teclearla o reconocerla antes
        "#]],
        ),
    ] {
        let error = import::read(name, bytes, &Options::default()).unwrap_err();
        let told = format!(
            "{}\n{}\n{}\n{}\n",
            say(&error.what, Language::English),
            say(&error.fix, Language::English),
            say(&error.what, Language::Spanish),
            say(&error.fix, Language::Spanish),
        );
        expected.assert_eq(&told);
    }
}

#[test]
fn a_stop_and_a_dash_after_a_label_and_labels_as_headings() {
    check(
        "a.txt",
        "E.- ¿Por qué?\nP.- Porque sí.\nE.- ¿Y?\nP.- Nada - eso.\nE.- Ya.\nP.- Ya.\n",
        expect![[r#"
            E | ¿Por qué?
            P | Porque sí.
            E | ¿Y?
            P | Nada - eso.
            E | Ya.
            P | Ya.
            = E, moderator, 3 times: stands before speech 3 times
            = P, participant, 3 times: stands before speech 3 times
        "#]],
    );
    check(
        "b.md",
        "# Group\n\n### Interviewer\n\nWhy?\n\n### Participant 2\n\nBecause.\n\n### Results\n\nNone.\n",
        expect![[r#"
            - | Group
            Interviewer | Why?
            Participant 2 | Because.
            - | Results
            U1 | None.
            = Interviewer, moderator, 1 times: the word `interviewer` names a role
            = Participant 2, participant, 1 times: the word `participant` names a role
            = U1, unknown, 0 times: speaks where the file names nobody
            * 1 paragraph (1 words) for which nobody is named was given to U1, role unknown; a list of speakers (`--speakers`) with an empty label says who that is
        "#]],
    );
    check(
        "c.txt",
        "P1 - Yes.\nP2 – No - never.\nYes - I think so.\n",
        expect![[r#"
        P1 | Yes.
        P2 | No - never.
        P2 | Yes - I think so.
        = P1, participant, 1 times: numbered as participants are
        = P2, participant, 1 times: numbered as participants are
    "#]],
    );
}

#[test]
fn speakers_that_a_machine_numbers_are_such_even_once() {
    check(
        "a.txt",
        "[Speaker 1] (0:00 - 0:05)\nHello there.\n\n[Speaker 2] (0:05 - 0:09)\nYes.\n",
        expect![[r#"
            [00:00:00] Speaker 1 | Hello there.
            [00:00:05] Speaker 2 | Yes.
            = Speaker 1, unknown, 1 times: numbered as participants are
            = Speaker 2, unknown, 1 times: numbered as participants are
        "#]],
    );
}
