//! Coding at the keyboard: what a coder sees, what is kept, what is taken back.

use expect_test::{Expect, expect};
use proptest::prelude::*;
use themata::desk::coding::{CodingDesk, Keep, View};
use themata::desk::undo::{History, TakeBack};
use themata::desk::{Desk as _, Effect};
use themata::domain::study::Study;
use themata::face;
use themata::words::Language;

use crate::desk::{self, Desk, LogFile, MAIN, Screen, Stream, Typist};

/// Types lines into a session over this log, and compares everything that appears.
fn session(study: &mut Study, log: &mut LogFile, language: Language, lines: &str, seen: Expect) {
    let screen = Screen::default();
    let read = log.read(study);
    let mut machine = CodingDesk::new(study, &read, MAIN, desk::talk(study));
    let mut saver =
        Desk { study, log, notes: Vec::new(), screen: screen.clone(), full_after: usize::MAX };
    let mut input = Typist::new(lines, &screen);
    let mut out = Stream(screen.clone(), "stdout| ");
    let mut err = Stream(screen.clone(), "");
    let mut talk = desk::streams(&mut input, &mut out, &mut err, language);
    face::lines::run(&mut machine, &mut saver, &mut talk).unwrap();
    for note in &saver.notes {
        screen.push(&format!("[note] {note}\n"));
    }
    seen.assert_eq(&screen.text());
}

/// Types lines into a quiet desk and returns the decisions that are then in force.
fn coded(study: &mut Study, log: &mut LogFile, lines: &[&str]) -> Vec<String> {
    let read = log.read(study);
    let mut machine = CodingDesk::new(study, &read, MAIN, desk::talk(study));
    for line in lines {
        if let Effect::Append(Keep::Decisions(decisions)) = machine.step(line) {
            let seqs = log.append(study, &decisions);
            machine.saved(seqs);
        }
    }
    desk::told(study, machine.answers(), machine.coding())
}

fn small() -> (Study, LogFile) {
    (desk::study(&[desk::CODEBOOK]), LogFile::new(""))
}

/// The open question, as `unit dimension`.
fn open(study: &Study, machine: &CodingDesk<'_>) -> String {
    match machine.view() {
        View::Question(open) => {
            let dimension = &study.vocabulary.dimensions[usize::from(open.dimension.0)].id;
            format!("{} {dimension}", study.units[open.unit.at()].locator)
        }
        View::Finished { .. } => "finished".to_owned(),
    }
}

#[test]
fn a_first_session_shows_the_unit_asks_and_confirms_what_is_safe() {
    let (mut study, mut log) = small();
    let lines = "1 3\nu warm\nlater\n9\nm  by the  coffee machine\n0\nq\n";
    session(
        &mut study,
        &mut log,
        Language::English,
        lines,
        expect![[r#"
            Answer with numbers or ids, 0 for none; ? shows what else
            can be typed, q leaves. Nothing needs saving.

            A:2 · CoP 31 · P1 · 0 of 4 units decided, 0 of 2 dimensions
              of this one
                 1  Moderator: How did it begin?
            ────────────────────────────────────────────────────────────
                 2  P1: Somebody sent an e-mail,␛[31m and eleven of us
                    turned up.
            ────────────────────────────────────────────────────────────
                 3  P2: I came for the coffee.
                 4  (laughter)

            Distributed leadership (leadership) · several codes may be
            given
            Who moves the community forward.
                1  Horizontal (horizontal): An equal say.
                2  Rotating roles (rotating)
                3    The chair rotates (chair)
                4  leadership, nothing more specific
                0  none applies
            leadership> 1 3
            [1 on disk]
            stdout| saved A:2 leadership horizontal; chair

            tone · one code
                1  warm
                2  cold
                3  tone, nothing more specific
                0  none applies
            tone> u warm
            [1 on disk]
            stdout| saved A:2 tone warm

            A:3-4 · CoP 31 · P2 · 1 of 4 units decided, 0 of 2
              dimensions of this one
                 1  Moderator: How did it begin?
                 2  P1: Somebody sent an e-mail,␛[31m and eleven of us
                    turned up.
            ────────────────────────────────────────────────────────────
                 3  P2: I came for the coffee.
                 4  (laughter)
            ────────────────────────────────────────────────────────────
                 5  P1: We all did.

            Distributed leadership (leadership) · several codes may be
            given
            Who moves the community forward.
                1  Horizontal (horizontal): An equal say.
                2  Rotating roles (rotating)
                3    The chair rotates (chair)
                4  leadership, nothing more specific
                0  none applies
            leadership> later
            the codebook has no code later; nothing was changed
            leadership> 9
            there is no such number here: they go from 0 to 4; nothing
              was changed
            leadership> m  by the  coffee machine
            note kept on A:3-4
            leadership> 0
            [1 on disk]
            stdout| saved A:3-4 leadership none

            tone · one code
                1  warm
                2  cold
                3  tone, nothing more specific
                0  none applies
            tone> q
            [note] A:3-4 by the  coffee machine
        "#]],
    );
}

#[test]
fn a_session_in_spanish_with_definitions_undo_and_redo() {
    let (mut study, mut log) = small();
    session(
        &mut study,
        &mut log,
        Language::Spanish,
        "c\n1,3\nz\nc 2\ny\n?\n",
        expect![[r#"
            Responda con números o identificadores, 0 para ninguno; ?
            muestra qué más se puede escribir, q sale. No hace falta
            guardar.

            A:2 · CoP 31 · P1 · 0 de 4 unidades decididas, 0 de 2
              dimensiones de esta
                 1  Moderator: How did it begin?
            ────────────────────────────────────────────────────────────
                 2  P1: Somebody sent an e-mail,␛[31m and eleven of us
                    turned up.
            ────────────────────────────────────────────────────────────
                 3  P2: I came for the coffee.
                 4  (laughter)

            Liderazgo distribuido (leadership) · admite varios códigos
            Quién hace avanzar a la comunidad.
                1  Horizontal (horizontal): Voces iguales.
                2  Roles rotatorios (rotating)
                3    Rota la presidencia (chair)
                4  leadership, sin nada más específico
                0  ninguno se aplica
            leadership> c
            Liderazgo distribuido (leadership)
              Accounts of who convenes and decides.
                1  Horizontal (horizontal):
                2  Roles rotatorios (rotating): Tasks pass from one to
                   the next.
                3  Rota la presidencia (chair):
            `c NÚMERO` muestra uno completo
            leadership> 1,3
            [1 on disk]
            stdout| saved A:2 leadership horizontal; chair

            tone · un solo código
                1  warm
                2  cold
                3  tone, sin nada más específico
                0  ninguno se aplica
            tone> z
            [1 on disk]
            stdout| saved A:2 leadership

            Liderazgo distribuido (leadership) · admite varios códigos
            Quién hace avanzar a la comunidad.
                1  Horizontal (horizontal): Voces iguales.
                2  Roles rotatorios (rotating)
                3    Rota la presidencia (chair)
                4  leadership, sin nada más específico
                0  ninguno se aplica
            leadership> c 2
            Roles rotatorios (rotating)
              Tasks pass from one to the next.
              Cuándo darlo: The chair moves on.
              Ejemplo: This month it is me.
            leadership> y
            [1 on disk]
            stdout| saved A:2 leadership horizontal; chair

            tone · un solo código
                1  warm
                2  cold
                3  tone, sin nada más específico
                0  ninguno se aplica
            tone> ?
            números o identificadores, como en `1 3`: una respuesta · 0:
              ninguno · u delante o detrás de una respuesta: con dudas
            1,4 / 0 / 2: una respuesta para cada dimensión de la unidad,
              de la primera a la última
            e: ninguno en lo que queda de esta unidad · Intro: dejar una
              decisión como está
            z: deshacer · y: rehacer · s: saltar esta unidad · n:
              siguiente pregunta sin decidir · v: esta unidad otra vez ·
              a: con dudas, o de nuevo sin ellas
            m TEXTO: una nota sobre esta unidad · b TEXTO: un deseo de
              que se corte de otro modo · c: definiciones, c 2: una
              completa
            + NOMBRE: QUÉ SIGNIFICA: proponer un código en esta
              dimensión
            g LOCALIZADOR [DIMENSIÓN]: ir a una unidad · q: salir, todo
              está guardado
            tone> [end]

        "#]],
    );
}

#[test]
fn a_decided_unit_is_shown_with_its_answer_and_replaced() {
    let (mut study, _) = small();
    let mut log = LogFile::new(
        "1,2026-02-01T10:00:00Z,main,A:2,leadership,horizontal; chair,unsure,,lines,,v-000000000001\n\
         2,2026-02-01T10:00:09Z,main,A:2,tone,cold,,,lines,,v-000000000001\n",
    );
    let lines = "g A:2\n\n1\nq\n";
    session(
        &mut study,
        &mut log,
        Language::English,
        lines,
        expect![[r#"
            Answer with numbers or ids, 0 for none; ? shows what else
            can be typed, q leaves. Nothing needs saving.

            A:3-4 · CoP 31 · P2 · 1 of 4 units decided, 0 of 2
              dimensions of this one
                 1  Moderator: How did it begin?
                 2  P1: Somebody sent an e-mail,␛[31m and eleven of us
                    turned up.
            ────────────────────────────────────────────────────────────
                 3  P2: I came for the coffee.
                 4  (laughter)
            ────────────────────────────────────────────────────────────
                 5  P1: We all did.

            Distributed leadership (leadership) · several codes may be
            given
            Who moves the community forward.
                1  Horizontal (horizontal): An equal say.
                2  Rotating roles (rotating)
                3    The chair rotates (chair)
                4  leadership, nothing more specific
                0  none applies
            leadership> g A:2

            A:2 · CoP 31 · P1 · 1 of 4 units decided, 2 of 2 dimensions
              of this one
                 1  Moderator: How did it begin?
            ────────────────────────────────────────────────────────────
                 2  P1: Somebody sent an e-mail,␛[31m and eleven of us
                    turned up.
            ────────────────────────────────────────────────────────────
                 3  P2: I came for the coffee.
                 4  (laughter)

            Distributed leadership (leadership) · several codes may be
            given
            Who moves the community forward.
                1  Horizontal (horizontal): An equal say.
                2  Rotating roles (rotating)
                3    The chair rotates (chair)
                4  leadership, nothing more specific
                0  none applies
            decided, unsure: Horizontal (horizontal); The chair rotates
              (chair)
            leadership> 

            tone · one code
                1  warm
                2  cold
                3  tone, nothing more specific
                0  none applies
            decided: cold
            tone> 1
            [1 on disk]
            stdout| saved A:2 tone warm

            A:3-4 · CoP 31 · P2 · 1 of 4 units decided, 0 of 2
              dimensions of this one
                 1  Moderator: How did it begin?
                 2  P1: Somebody sent an e-mail,␛[31m and eleven of us
                    turned up.
            ────────────────────────────────────────────────────────────
                 3  P2: I came for the coffee.
                 4  (laughter)
            ────────────────────────────────────────────────────────────
                 5  P1: We all did.

            Distributed leadership (leadership) · several codes may be
            given
            Who moves the community forward.
                1  Horizontal (horizontal): An equal say.
                2  Rotating roles (rotating)
                3    The chair rotates (chair)
                4  leadership, nothing more specific
                0  none applies
            leadership> q
        "#]],
    );
}

#[test]
fn when_everything_is_decided_the_session_says_what_is_next() {
    let (mut study, mut log) = small();
    let lines = "e\ne\ne\ne\n1\nq\n";
    session(
        &mut study,
        &mut log,
        Language::English,
        lines,
        expect![[r#"
            Answer with numbers or ids, 0 for none; ? shows what else
            can be typed, q leaves. Nothing needs saving.

            A:2 · CoP 31 · P1 · 0 of 4 units decided, 0 of 2 dimensions
              of this one
                 1  Moderator: How did it begin?
            ────────────────────────────────────────────────────────────
                 2  P1: Somebody sent an e-mail,␛[31m and eleven of us
                    turned up.
            ────────────────────────────────────────────────────────────
                 3  P2: I came for the coffee.
                 4  (laughter)

            Distributed leadership (leadership) · several codes may be
            given
            Who moves the community forward.
                1  Horizontal (horizontal): An equal say.
                2  Rotating roles (rotating)
                3    The chair rotates (chair)
                4  leadership, nothing more specific
                0  none applies
            leadership> e
            [2 on disk]
            stdout| saved A:2 leadership none
            stdout| saved A:2 tone none

            A:3-4 · CoP 31 · P2 · 1 of 4 units decided, 0 of 2
              dimensions of this one
                 1  Moderator: How did it begin?
                 2  P1: Somebody sent an e-mail,␛[31m and eleven of us
                    turned up.
            ────────────────────────────────────────────────────────────
                 3  P2: I came for the coffee.
                 4  (laughter)
            ────────────────────────────────────────────────────────────
                 5  P1: We all did.

            Distributed leadership (leadership) · several codes may be
            given
            Who moves the community forward.
                1  Horizontal (horizontal): An equal say.
                2  Rotating roles (rotating)
                3    The chair rotates (chair)
                4  leadership, nothing more specific
                0  none applies
            leadership> e
            [2 on disk]
            stdout| saved A:3-4 leadership none
            stdout| saved A:3-4 tone none

            A:5 · CoP 31 · P1 · 2 of 4 units decided, 0 of 2 dimensions
              of this one
                 3  P2: I came for the coffee.
                 4  (laughter)
            ────────────────────────────────────────────────────────────
                 5  P1: We all did.
            ────────────────────────────────────────────────────────────

            Distributed leadership (leadership) · several codes may be
            given
            Who moves the community forward.
                1  Horizontal (horizontal): An equal say.
                2  Rotating roles (rotating)
                3    The chair rotates (chair)
                4  leadership, nothing more specific
                0  none applies
            leadership> e
            [2 on disk]
            stdout| saved A:5 leadership none
            stdout| saved A:5 tone none

            B:1 · CoP 36 · P3 · 3 of 4 units decided, 0 of 2 dimensions
              of this one
            ────────────────────────────────────────────────────────────
                 1  P3: The chair moves on every month.
            ────────────────────────────────────────────────────────────

            Distributed leadership (leadership) · several codes may be
            given
            Who moves the community forward.
                1  Horizontal (horizontal): An equal say.
                2  Rotating roles (rotating)
                3    The chair rotates (chair)
                4  leadership, nothing more specific
                0  none applies
            leadership> e
            [2 on disk]
            stdout| saved B:1 leadership none
            stdout| saved B:1 tone none

            Everything here is decided (4 units). To hand it over:
            `themata seal --coder c1`. q leaves.
            > 1
            everything here is decided: `g LOCATOR` goes back to a unit,
              `z` takes back, `q` leaves
            > q
        "#]],
    );
}

#[test]
fn nothing_is_confirmed_that_could_not_be_kept() {
    let (mut study, mut log) = small();
    let read = log.read(&mut study);
    let screen = Screen::default();
    let mut machine = CodingDesk::new(&study, &read, MAIN, desk::talk(&study));
    let mut saver = Desk {
        study: &study,
        log: &mut log,
        notes: Vec::new(),
        screen: screen.clone(),
        full_after: 1,
    };
    let mut input = Typist::new("1\n1\n1\n", &screen);
    let mut out = Stream(screen.clone(), "stdout| ");
    let mut err = Stream(screen.clone(), "");
    let mut talk = desk::streams(&mut input, &mut out, &mut err, Language::English);
    talk.quiet = true;
    let failed = face::lines::run(&mut machine, &mut saver, &mut talk);
    assert!(failed.is_err());
    expect![[r#"
        1
        [1 on disk]
        stdout| saved A:2 leadership horizontal
        1
    "#]]
    .assert_eq(&screen.text());
}

#[test]
fn an_answer_is_read_whole_or_not_at_all() {
    let ask = |lines: &[&str]| {
        let (mut study, mut log) = small();
        coded(&mut study, &mut log, lines)
    };
    assert_eq!(ask(&["3, HORIZONTAL u"]), ["A:2 leadership horizontal; chair?"]);
    assert_eq!(ask(&["4"]), ["A:2 leadership leadership"]);
    assert_eq!(ask(&["4 1"]), ["A:2 leadership horizontal"], "the dimension's own id gives way");
    assert_eq!(ask(&["2 3"]), ["A:2 leadership rotating; chair"], "what the coder said stays");
    assert_eq!(ask(&["none u"]), ["A:2 leadership none?"]);
    assert_eq!(ask(&["0", "tone cold"]), ["A:2 leadership none", "A:2 tone cold"]);
    for line in ["0 1", "1 x", "1 99", "1 cold", "u", "u 1 u", "e 1", "1 %", "", "\u{7}", "-1", "z"]
    {
        assert_eq!(ask(&[line]), [""; 0], "{line:?} changes nothing");
    }
    assert_eq!(ask(&["0", "warm cold"]), ["A:2 leadership none"], "tone takes one code");
}

#[test]
fn the_desk_moves_to_what_is_undecided_and_goes_where_it_is_sent() {
    let (mut study, mut log) = small();
    let read = log.read(&mut study);
    let mut machine = CodingDesk::new(&study, &read, MAIN, desk::talk(&study));
    let mut walk = Vec::new();
    for line in [
        "n",
        "n",
        "s",
        "s",
        "1",
        "1",
        "s",
        "g A:4",
        "g 2",
        "g A:2 tone",
        "2",
        "g A:1",
        "g C:1",
        "g B:1 tone",
        "g B:1 noise",
        "g B:1",
        "",
        "e",
        "e",
        "e",
        "e",
        "s",
        "g A:5",
        "s",
        "g A:5",
        "n",
        "g A:5",
        "",
        "",
        "z",
    ] {
        if let Effect::Append(Keep::Decisions(decisions)) = machine.step(line) {
            let seqs = log.append(&study, &decisions);
            machine.saved(seqs);
        }
        walk.push(format!("{line:12} {}", open(&study, &machine)));
    }
    expect![[r#"
        n            A:2 tone
        n            A:3-4 leadership
        s            A:5 leadership
        s            B:1 leadership
        1            B:1 tone
        1            A:2 leadership
        s            A:3-4 leadership
        g A:4        A:3-4 leadership
        g 2          A:2 leadership
        g A:2 tone   A:2 tone
        2            A:3-4 leadership
        g A:1        A:3-4 leadership
        g C:1        A:3-4 leadership
        g B:1 tone   B:1 tone
        g B:1 noise  B:1 tone
        g B:1        B:1 leadership
                     B:1 tone
        e            B:1 tone
        e            B:1 tone
        e            B:1 tone
        e            B:1 tone
        s            A:2 leadership
        g A:5        A:5 leadership
        s            A:2 leadership
        g A:5        A:5 leadership
        n            A:5 tone
        g A:5        A:5 leadership
                     A:5 leadership
                     A:5 leadership
        z            A:2 tone"#]]
    .assert_eq(&walk.join("\n"));
}

#[test]
fn one_e_is_one_undo_and_one_redo_in_a_later_session_too() {
    let (mut study, mut log) = small();
    assert_eq!(
        coded(&mut study, &mut log, &["u 1", "e", "e"]),
        ["A:2 leadership horizontal?", "A:2 tone none", "A:3-4 leadership none", "A:3-4 tone none",]
    );
    let first = ["A:2 leadership horizontal?", "A:2 tone none"];
    assert_eq!(coded(&mut study, &mut log, &["z"]), first);
    assert_eq!(coded(&mut study, &mut log, &["y"]).len(), 4);
    assert_eq!(coded(&mut study, &mut log, &["z"]), first);
    assert_eq!(coded(&mut study, &mut log, &["z", "z"]), [""; 0]);
    assert_eq!(coded(&mut study, &mut log, &["z", "y", "y"]), first);
    assert_eq!(coded(&mut study, &mut log, &["y", "y"]).len(), 4);
    expect![[r#"
        1,2026-03-01T10:00:00Z,main,A:2,leadership,horizontal,unsure,,lines,,v-000000000001
        2,2026-03-01T10:00:00Z,main,A:2,tone,none,,,lines:rest,,v-000000000001
        3,2026-03-01T10:00:00Z,main,A:3-4,tone,none,,,lines:rest,,v-000000000001
        4,2026-03-01T10:00:00Z,main,A:3-4,leadership,none,,,lines:rest,,v-000000000001
        5,2026-03-01T10:00:00Z,main,A:3-4,tone,,,,lines,3,v-000000000001
        6,2026-03-01T10:00:00Z,main,A:3-4,leadership,,,,lines,4,v-000000000001
        7,2026-03-01T10:00:00Z,main,A:3-4,tone,none,,,lines:rest,5,v-000000000001
        8,2026-03-01T10:00:00Z,main,A:3-4,leadership,none,,,lines:rest,6,v-000000000001
        9,2026-03-01T10:00:00Z,main,A:3-4,tone,,,,lines,7,v-000000000001
        10,2026-03-01T10:00:00Z,main,A:3-4,leadership,,,,lines,8,v-000000000001
        11,2026-03-01T10:00:00Z,main,A:2,tone,,,,lines,2,v-000000000001
        12,2026-03-01T10:00:00Z,main,A:2,leadership,,,,lines,1,v-000000000001
        13,2026-03-01T10:00:00Z,main,A:2,leadership,horizontal,unsure,,lines,12,v-000000000001
        14,2026-03-01T10:00:00Z,main,A:2,tone,none,,,lines:rest,11,v-000000000001
        15,2026-03-01T10:00:00Z,main,A:3-4,tone,none,,,lines:rest,9,v-000000000001
        16,2026-03-01T10:00:00Z,main,A:3-4,leadership,none,,,lines:rest,10,v-000000000001
    "#]]
    .assert_eq(log.rows());
}

#[test]
fn zeros_typed_within_one_second_are_taken_back_one_by_one() {
    let (mut study, mut log) = small();
    assert_eq!(coded(&mut study, &mut log, &["0", "0", "e"]).len(), 4);
    assert_eq!(coded(&mut study, &mut log, &["z"]).len(), 2);
    assert_eq!(coded(&mut study, &mut log, &["z"]).len(), 1);
}

#[test]
fn an_undo_brings_back_the_whole_decision_and_a_new_one_ends_redoing() {
    let old = desk::CODEBOOK.replace("id: rotating\n", "id: rota\n");
    let new = desk::CODEBOOK.replace("id: rotating\n", "id: rotating\n        replaces: [rota]\n");
    let mut study = desk::study(&[&old, &new]);
    let mut log = LogFile::new(
        "1,2026-02-01T10:00:00Z,main,A:2,leadership,rota; chair,unsure,see below,sheet,,v-000000000001\n",
    );
    log.at = "2026-03-01T10:00:01Z".to_owned();
    assert_eq!(
        coded(&mut study, &mut log, &["g A:2 leadership", "1"]),
        ["A:2 leadership horizontal"]
    );
    assert_eq!(coded(&mut study, &mut log, &["z"]), ["A:2 leadership rotating; chair?"]);
    assert_eq!(coded(&mut study, &mut log, &["y"]), ["A:2 leadership horizontal"]);
    assert_eq!(coded(&mut study, &mut log, &["z", "0", "y"]), ["A:2 leadership none"]);
    expect![[r#"
        1,2026-02-01T10:00:00Z,main,A:2,leadership,rota; chair,unsure,see below,sheet,,v-000000000001
        2,2026-03-01T10:00:01Z,main,A:2,leadership,horizontal,,see below,lines,,v-000000000002
        3,2026-03-01T10:00:01Z,main,A:2,leadership,rota; chair,unsure,see below,lines,2,v-000000000001
        4,2026-03-01T10:00:01Z,main,A:2,leadership,horizontal,,see below,lines,3,v-000000000002
        5,2026-03-01T10:00:01Z,main,A:2,leadership,rota; chair,unsure,see below,lines,4,v-000000000001
        6,2026-03-01T10:00:01Z,main,A:2,leadership,none,,see below,lines,,v-000000000002
    "#]].assert_eq(log.rows());
}

#[test]
fn one_receive_is_one_undo() {
    let (mut study, _) = small();
    let mut log = LogFile::new(
        "1,2026-02-01T10:00:00Z,main,A:2,tone,cold,,,lines,,v-000000000001\n\
         2,2026-02-01T10:00:00Z,main,A:5,tone,warm,,,sheet,,v-000000000001\n\
         3,2026-02-01T10:00:00Z,main,A:5,leadership,chair,unsure,,sheet,,v-000000000001\n\
         4,2026-02-01T10:00:00Z,main,B:1,tone,none,,,sheet,,v-000000000001\n\
         5,2026-02-01T10:00:00Z,main,A:5,tone,cold,,,sheet,,v-000000000001\n\
         6,2026-02-01T10:00:09Z,main,B:1,tone,cold,,,csv,,v-000000000001\n",
    );
    let read = log.read(&mut study);
    let mut history = History::new(&study, &read);
    let mut undone = Vec::new();
    while let TakeBack::Rows(round, rows) = history.undo(|_| true) {
        let seqs = log.append(&study, &rows);
        history.record(round, &rows, &seqs);
        undone.push(format!("{} rows: {}", rows.len(), log.in_force(&study).join(", ")));
    }
    // The third file decides a unit again that the second had decided, so it is another file.
    expect![[r#"
        1 rows: A:2 tone cold, A:5 leadership chair?, A:5 tone cold, B:1 tone none
        1 rows: A:2 tone cold, A:5 leadership chair?, A:5 tone warm, B:1 tone none
        3 rows: A:2 tone cold
        1 rows: "#]]
    .assert_eq(&undone.join("\n"));
}

#[test]
fn an_act_that_reaches_beyond_the_session_is_not_taken_back_in_part() {
    let (mut study, _) = small();
    let log = LogFile::new(
        "1,2026-02-01T10:00:00Z,main,A:5,tone,warm,,,sheet,,v-000000000001\n\
         2,2026-02-01T10:00:00Z,main,B:1,tone,none,,,sheet,,v-000000000001\n\
         3,2026-02-01T10:00:09Z,recode,B:1,tone,cold,,,lines,,v-000000000001\n",
    );
    let read = log.read(&mut study);
    let only_b = vec![study.unit(&"B:1".parse().unwrap()).unwrap()];
    let mut machine = CodingDesk::new(&study, &read, MAIN, only_b);
    assert_eq!(machine.step("z"), Effect::Say(themata::msg!("code.undo_beyond")));
    let mut machine = CodingDesk::new(&study, &read, MAIN, desk::talk(&study));
    let Effect::Append(Keep::Decisions(rows)) = machine.step("z") else {
        panic!("both rows are here")
    };
    assert_eq!(rows.iter().map(|row| row.undoes).collect::<Vec<_>>(), [Some(1), Some(2)]);
}

#[test]
fn what_two_devices_decided_differently_is_asked_again() {
    let (mut study, _) = small();
    let mut log = LogFile::new(
        "1,2026-02-01T10:00:00Z,main,A:2,leadership,horizontal,,,lines,,v-000000000001\n\
         1,2026-02-01T10:00:07Z,main,A:2,leadership,chair,,,screen,,v-000000000001\n",
    );
    assert_eq!(coded(&mut study, &mut log, &[]), [""; 0]);
    let read = log.read(&mut study);
    let machine = CodingDesk::new(&study, &read, MAIN, desk::talk(&study));
    assert!(matches!(machine.view(), View::Question(open) if open.contested));
    assert_eq!(coded(&mut study, &mut log, &["3"]), ["A:2 leadership chair"]);
    assert_eq!(coded(&mut study, &mut log, &["z"]), [""; 0], "before that, nothing stood");
}

#[test]
fn the_command_keeps_decisions_and_notes_in_the_coders_own_files() {
    let folder = desk::on_disk();
    let mut seen =
        desk::program(folder.path(), "code --coder c1 --lines", "1 3\nm so\nu 1\ne\nz\n");
    seen += &desk::program(folder.path(), "code --coder c1 --case B", "y\nz\n4\nq\n");
    seen += &desk::program(folder.path(), "code --coder c2 --device tablet --round main", "0\n");
    for file in ["coding/c1.csv", "coding/c2.tablet.csv", "memos/c1.csv"] {
        seen += &format!("--- {file}\n");
        seen += &std::fs::read_to_string(folder.path().join(file)).unwrap();
    }
    expect![[r#"
        1 3
        stdout| saved A:2 leadership horizontal; chair
        m so
        u 1
        stdout| saved A:2 tone warm
        e
        stdout| saved A:3-4 leadership none
        stdout| saved A:3-4 tone none
        z
        stdout| saved A:3-4 leadership
        stdout| saved A:3-4 tone
        [end]
        [exit 0]
        y
        there is nothing to redo here
        z
        there is nothing to take back here
        4
        stdout| saved B:1 leadership leadership
        q
        [exit 0]
        0
        stdout| saved A:2 leadership none
        [end]
        [exit 0]
        --- coding/c1.csv
        seq,at,round,unit,dimension,codes,certainty,memo,via,undoes,codebook
        1,2026-03-01T10:00:00Z,main,A:2,leadership,horizontal; chair,,,lines,,v-b6d05fd1c794
        2,2026-03-01T10:00:00Z,main,A:2,tone,warm,unsure,,lines,,v-b6d05fd1c794
        3,2026-03-01T10:00:00Z,main,A:3-4,tone,none,,,lines:rest,,v-b6d05fd1c794
        4,2026-03-01T10:00:00Z,main,A:3-4,leadership,none,,,lines:rest,,v-b6d05fd1c794
        5,2026-03-01T10:00:00Z,main,A:3-4,tone,,,,lines,3,v-b6d05fd1c794
        6,2026-03-01T10:00:00Z,main,A:3-4,leadership,,,,lines,4,v-b6d05fd1c794
        7,2026-03-01T10:00:00Z,main,B:1,leadership,leadership,,,lines,,v-b6d05fd1c794
        --- coding/c2.tablet.csv
        seq,at,round,unit,dimension,codes,certainty,memo,via,undoes,codebook
        1,2026-03-01T10:00:00Z,main,A:2,leadership,none,,,lines,,v-b6d05fd1c794
        --- memos/c1.csv
        seq,at,on,kind,text
        1,2026-03-01T10:00:00Z,A:2,note,so
    "#]]
    .assert_eq(&seen);
}

#[test]
fn the_command_refuses_what_it_cannot_code() {
    let folder = desk::on_disk();
    let seal = "2026-03-01T11:00:00Z,c1,main,A,0,0,0,v-000000000001\n";
    let header = "at,coder,round,scope,decisions,log_sha256,units_sha256,codebook\n";
    std::fs::write(folder.path().join("seals.csv"), format!("{header}{seal}")).unwrap();
    let mut seen = String::new();
    for arguments in [
        "code --coder c9",
        "code --coder c1 --case C",
        "code --coder c1 --round later",
        "code --coder c1 --case A",
        "code --coder c1 --device a/b",
        "code --coder c1 --case B",
    ] {
        seen += &format!("$ {arguments}\n{}", desk::program(folder.path(), arguments, "0\n"));
    }
    expect![[r#"
        $ code --coder c9
        error: there is no coder `c9`
          fix: known: c1, c2; add one with `themata coder add ID`
        [exit 2]
        $ code --coder c1 --case C
        error: there is no case `C`
          fix: known: A, B
        [exit 2]
        $ code --coder c1 --round later
        error: there is no round `later`
          fix: known: main; make one with `themata round new NAME`
        [exit 2]
        $ code --coder c1 --case A
        error: c1 has sealed case A: those decisions are handed over and stay as they are
          fix: differences are settled with `themata resolve`; a further pass begins with `themata round new NAME`
        [exit 4]
        $ code --coder c1 --device a/b
        error: this is no name for a device
          fix: use letters, digits, `-` and `_`, beginning with a letter
        [exit 2]
        $ code --coder c1 --case B
        0
        stdout| saved B:1 leadership none
        [end]
        [exit 0]
    "#]].assert_eq(&seen);
}

#[test]
fn a_conflict_of_devices_can_be_decided_again_even_in_a_sealed_case() {
    let folder = desk::on_disk();
    desk::program(folder.path(), "code --coder c1 --case A", "1\n");
    desk::seal(folder.path(), "c1");
    let log = std::fs::read_to_string(folder.path().join("coding/c1.csv")).unwrap();
    let other = log.replace("horizontal", "chair");
    std::fs::write(folder.path().join("coding/c1.tablet.csv"), other).unwrap();
    let seen = desk::program(folder.path(), "code --coder c1 --case A", "3\nq\n");
    expect![[r#"
        3
        stdout| saved A:2 leadership chair
        q
        [exit 0]
    "#]]
    .assert_eq(&seen);
}

/// Lines as people and accidents type them.
fn a_line() -> impl Strategy<Value = String> {
    let known = prop_oneof![
        4 => prop::sample::select(vec!["0", "1", "2 3", "u 1", "4", "cold", "chair u"]),
        4 => prop::sample::select(vec!["z", "y", "e", "s", "n", "", "c", "?"]),
        2 => prop::sample::select(vec!["g A:2", "g A:3", "g A:5 tone", "g B:1 leadership", "m so"]),
    ]
    .prop_map(str::to_owned);
    prop_oneof![9 => known, 1 => ".{0,12}"]
}

proptest! {
    #[test]
    fn the_log_says_at_every_moment_what_the_desk_shows(
        lines in prop::collection::vec(a_line(), 0..40),
        leave in prop::collection::vec(any::<bool>(), 40),
        clock: bool,
    ) {
        let (mut study, mut log) = small();
        let mut read = log.read(&mut study);
        let mut machine = CodingDesk::new(&study, &read, MAIN, desk::talk(&study));
        for (n, line) in lines.iter().enumerate() {
            let forward = |line: &String| !line.starts_with(['g', 'n']);
            if clock {
                log.at = format!("2026-03-01T10:00:{:02}Z", n % 60);
            }
            if clock || lines.iter().all(forward) {
                // Somebody who comes back finds the same acts to take back as who stayed.
                let mut study = study.clone();
                let read = log.read(&mut study);
                for letter in ["z", "y"] {
                    let mut back = CodingDesk::new(&study, &read, MAIN, desk::talk(&study));
                    prop_assert_eq!(machine.step(letter), back.step(letter));
                }
            }
            if let Effect::Append(Keep::Decisions(decisions)) = machine.step(line) {
                let seqs = log.append(&study, &decisions);
                machine.saved(seqs);
            }
            let shown = desk::told(&study, machine.answers(), machine.coding());
            prop_assert_eq!(&shown, &log.in_force(&study));
            if leave[n] {
                study = study.clone();
                read = log.read(&mut study);
                machine = CodingDesk::new(&study, &read, MAIN, desk::talk(&study));
            }
        }
    }

    #[test]
    fn whatever_was_done_can_be_taken_back_to_the_beginning_and_done_again(
        lines in prop::collection::vec(a_line(), 0..30),
    ) {
        let (mut study, mut log) = small();
        let read = log.read(&mut study);
        let mut machine = CodingDesk::new(&study, &read, MAIN, desk::talk(&study));
        let mut step = |machine: &mut CodingDesk<'_>, line: &str| match machine.step(line) {
            Effect::Append(Keep::Decisions(decisions)) => {
                machine.saved(log.append(&study, &decisions));
                true
            }
            _ => false,
        };
        for line in &lines {
            step(&mut machine, line);
        }
        while step(&mut machine, "y") {}
        let end = desk::told(&study, machine.answers(), machine.coding());
        while step(&mut machine, "z") {}
        let start = desk::told(&study, machine.answers(), machine.coding());
        prop_assert_eq!(start, Vec::<String>::new());
        while step(&mut machine, "y") {}
        prop_assert_eq!(desk::told(&study, machine.answers(), machine.coding()), end);
    }
}
