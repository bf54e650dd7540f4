//! The consensus meeting at the keyboard: what is asked, what is kept, what can be reopened.

use expect_test::{Expect, expect};
use proptest::prelude::*;
use themata::desk::consensus::{ConsensusDesk, Dispute, Given, Keep};
use themata::desk::{Desk as _, Effect, Keeper, NotKept};
use themata::domain::answer::AnswerIndex;
use themata::domain::consensus::{self, NewSettlement, Settlement};
use themata::domain::id::CoderId;
use themata::domain::log::RoundIndex;
use themata::domain::study::Study;
use themata::face;
use themata::format;
use themata::format::unit_names::UnitNames;
use themata::words::Language;

use crate::desk::{self, MAIN, Screen, Stream, Typist};

/// consensus.csv in memory.
#[derive(Debug, Clone, Default)]
pub(crate) struct File {
    pub(crate) rows: String,
}

const HEADER: &str = "seq,at,round,unit,dimension,codes,outcome,reason,rationale,present,\
                      codebook_change,undoes,codebook\n";

impl File {
    pub(crate) fn append(&mut self, study: &Study, round: RoundIndex, row: &NewSettlement) -> u64 {
        let seq = self.rows.lines().count() as u64 + 1;
        let bytes = format::consensus::write(
            seq,
            "2026-03-01T10:00:00Z".parse().unwrap(),
            study.rounds[usize::from(round.0)].as_str(),
            &study.units[row.unit.at()].locator,
            study.vocabulary.dimensions[usize::from(row.dimension.0)].id.as_str(),
            row,
            &study.version_in_force().id,
        );
        self.rows.push_str(&String::from_utf8(bytes).unwrap());
        seq
    }

    fn read(&self, study: &mut Study) -> Vec<Settlement> {
        let mut problems = Vec::new();
        let mut answers = study.answers.clone();
        let text = format!("{HEADER}{}", self.rows);
        let (rows, _) = format::consensus::read_settlements(
            "consensus.csv",
            text.as_bytes(),
            &study.vocabulary,
            &mut answers,
            &UnitNames::new(study.unit_names()),
            |round| study.round(round),
            &mut problems,
            &mut Vec::new(),
        );
        assert!(problems.is_empty(), "{problems:?}");
        study.answers = answers;
        themata::format::consensus::in_order(rows)
    }

    /// What is settled, as `unit dimension outcome codes`.
    pub(crate) fn settled(&self, study: &Study) -> Vec<String> {
        let mut study = study.clone();
        let rows = self.read(&mut study);
        let told = |row: &&Settlement| {
            let codes = study.answers.cell(row.answer, &study.vocabulary);
            let dimension = &study.vocabulary.dimensions[usize::from(row.dimension.0)].id;
            let unit = &study.units[row.unit.at()].locator;
            format!("{unit} {dimension} {} {codes}", row.outcome.as_ref().unwrap())
        };
        consensus::in_force(&rows).values().map(told).collect()
    }
}

/// A discrepancy: `A:2 leadership`, and what each coder gave, with a `?` where unsure.
pub(crate) fn dispute(study: &mut Study, place: &str, given: &[&str]) -> Dispute {
    let (unit, dimension) = place.split_once(' ').unwrap();
    let given = given
        .iter()
        .map(|codes| {
            let (codes, memo) =
                codes.split_once(" // ").map_or((*codes, None), |(a, b)| (a, Some(b)));
            let ids = codes.trim_end_matches('?');
            let answer = match ids {
                "" => AnswerIndex::UNDECIDED,
                "none" => AnswerIndex::NONE,
                ids => {
                    let codes = ids.split("; ").map(|id| study.vocabulary.code(id).unwrap());
                    study.answers.number(codes.collect())
                }
            };
            Given { answer, unsure: codes.ends_with('?'), memo: memo.map(Into::into) }
        })
        .collect();
    Dispute {
        round: MAIN,
        unit: study.unit(&unit.parse().unwrap()).unwrap(),
        dimension: study.vocabulary.dimension(dimension).unwrap(),
        given,
        again: Vec::new(),
    }
}

pub(crate) fn coders(ids: &[&str]) -> Vec<CoderId> {
    ids.iter().map(|id| id.parse().unwrap()).collect()
}

/// A small study, two coders, three discrepancies, the worst first.
pub(crate) fn meeting() -> (Study, Vec<Dispute>) {
    let mut study = desk::study(&[desk::CODEBOOK]);
    let disputes = vec![
        dispute(
            &mut study,
            "A:3-4 leadership",
            &["horizontal", "chair? // the minutes move on too"],
        ),
        dispute(&mut study, "A:2 tone", &["warm", "none"]),
        dispute(&mut study, "A:2 leadership", &["leadership", "rotating; chair"]),
    ];
    (study, disputes)
}

struct Table<'a> {
    study: &'a Study,
    file: &'a mut File,
    screen: Screen,
}

impl Keeper<Keep, u64> for Table<'_> {
    fn keep(&mut self, what: &Keep) -> Result<u64, NotKept> {
        let Keep::Settlement(round, settlement) = what else { panic!("{what:?}") };
        let seq = self.file.append(self.study, *round, settlement);
        self.screen.push("[on disk]\n");
        Ok(seq)
    }
}

/// Types lines into a meeting, and compares everything that appears.
fn session(file: &mut File, present: &[&str], language: Language, lines: &str, seen: Expect) {
    let (mut study, disputes) = meeting();
    let rows = file.read(&mut study);
    let screen = Screen::default();
    let both = coders(&["c1", "c2"]);
    let mut machine =
        ConsensusDesk::new(&study, both, disputes, &rows, coders(present), Vec::new(), false);
    let mut saver = Table { study: &study, file, screen: screen.clone() };
    let mut input = Typist::new(lines, &screen);
    let mut out = Stream(screen.clone(), "stdout| ");
    let mut err = Stream(screen.clone(), "");
    let mut talk = desk::streams(&mut input, &mut out, &mut err, language);
    face::lines::run(&mut machine, &mut saver, &mut talk).unwrap();
    seen.assert_eq(&screen.text());
}

/// Types lines into a quiet meeting over these discrepancies, and returns what is then settled.
fn settled(
    study: &mut Study,
    file: &mut File,
    disputes: &[Dispute],
    who: &[&str],
    reopen: bool,
    lines: &[&str],
) -> Vec<String> {
    let rows = file.read(study);
    let who = coders(who);
    let mut machine =
        ConsensusDesk::new(study, who.clone(), disputes.to_vec(), &rows, who, Vec::new(), reopen);
    for line in lines {
        if let Effect::Append(Keep::Settlement(round, row)) = machine.step(line) {
            let seq = file.append(study, round, &row);
            machine.saved(seq);
        }
    }
    file.settled(study)
}

#[test]
fn a_meeting_goes_from_the_worst_discrepancy_to_the_last() {
    let lines = "c1, c2\n3\nb\n?\nboundary\nBoth are said.\nl\n\nTwo readings.\n\
                 k say when leadership alone is meant\n2\nd\n\n1\nz\nq\n";
    session(
        &mut File::default(),
        &[],
        Language::English,
        lines,
        expect![[r#"
            Who is here? Ids separated by spaces, as in `c1 c2`, or
            `all` for every coder of the study.
            > c1, c2

            A:3-4 · CoP 31 · P2 · 0 of 3 discrepancies settled
                 1  Moderator: How did it begin?
                 2  P1: Somebody sent an e-mail,␛[31m and eleven of us
                    turned up.
            ────────────────────────────────────────────────────────────
                 3  P2: I came for the coffee.
                 4  (laughter)
            ────────────────────────────────────────────────────────────
                 5  P1: We all did.

            Distributed leadership (leadership)
                1  c1: Horizontal (horizontal)
                2  c2: The chair rotates (chair) (unsure)
                     » the minutes move on too
                b  both together
            o IDS: another answer · l: leave open · s: skip · ? shows
              what else can be typed
            leadership> 3
            there is no such number here: they go from 1 to 2
            leadership> b
            both: horizontal; chair
            Why did you differ?
                1  slip: somebody slipped
                2  omission: somebody overlooked it
                3  boundary: where the unit begins or ends
                4  definition: the codebook's wording
                5  ambiguous: the talk can be taken either way
                6  reading: two readings that both stand
            reason> ?
            1, 2: this coder's answer · b: both together · o IDS:
              another answer, o 0: none
            l: leave open, two readings that both stand · s: skip · z:
              take back the last settlement
            k TEXT: what should change in the codebook, kept with this
              settlement
            c: the codes with their numbers and definitions, c 2: one in
              full
            then a reason (number, word or first letter) and a
              rationale; z goes back · q: leave
            reason> boundary
            both: horizontal; chair · boundary
            In your own words (Enter leaves it empty):
            rationale> Both are said.
            [on disk]
            stdout| saved A:3-4 leadership both horizontal; chair

            A:2 · CoP 31 · P1 · 1 of 3 discrepancies settled
                 1  Moderator: How did it begin?
            ────────────────────────────────────────────────────────────
                 2  P1: Somebody sent an e-mail,␛[31m and eleven of us
                    turned up.
            ────────────────────────────────────────────────────────────
                 3  P2: I came for the coffee.
                 4  (laughter)

            tone
                1  c1: warm
                2  c2: none applies
            o IDS: another answer · l: leave open · s: skip · ? shows
              what else can be typed
            tone> l
            open · reading
            In your own words, why:
            rationale> 
            say why, in your own words: another answer and an open one
              need a rationale
            rationale> Two readings.
            [on disk]
            stdout| saved A:2 tone open

            A:2 · CoP 31 · P1 · 1 of 3 discrepancies settled, 1 left
              open
                 1  Moderator: How did it begin?
            ────────────────────────────────────────────────────────────
                 2  P1: Somebody sent an e-mail,␛[31m and eleven of us
                    turned up.
            ────────────────────────────────────────────────────────────
                 3  P2: I came for the coffee.
                 4  (laughter)

            Distributed leadership (leadership)
                1  c1: Distributed leadership (leadership)
                2  c2: Rotating roles (rotating); The chair rotates
                     (chair)
                b  both together
            o IDS: another answer · l: leave open · s: skip · ? shows
              what else can be typed
            leadership> k say when leadership alone is meant
            will be kept with this settlement
            leadership> 2
            second: rotating; chair
            Why did you differ?
                1  slip: somebody slipped
                2  omission: somebody overlooked it
                3  boundary: where the unit begins or ends
                4  definition: the codebook's wording
                5  ambiguous: the talk can be taken either way
                6  reading: two readings that both stand
            reason> d
            second: rotating; chair · definition
            In your own words (Enter leaves it empty):
            rationale> 
            [on disk]
            stdout| saved A:2 leadership second rotating; chair

            Nothing is left to settle (3 discrepancies). What holds
            now: `themata matrix`. q leaves.
            > 1
            nothing is left to settle: `z` takes back the last
              settlement, `q` leaves
            > z
            [on disk]
            stdout| saved A:2 leadership

            A:2 · CoP 31 · P1 · 1 of 3 discrepancies settled, 1 left
              open
                 1  Moderator: How did it begin?
            ────────────────────────────────────────────────────────────
                 2  P1: Somebody sent an e-mail,␛[31m and eleven of us
                    turned up.
            ────────────────────────────────────────────────────────────
                 3  P2: I came for the coffee.
                 4  (laughter)

            Distributed leadership (leadership)
                1  c1: Distributed leadership (leadership)
                2  c2: Rotating roles (rotating); The chair rotates
                     (chair)
                b  both together
            o IDS: another answer · l: leave open · s: skip · ? shows
              what else can be typed
            leadership> q
        "#]],
    );
}

#[test]
fn a_meeting_in_spanish() {
    let lines = "c3 c1\nc1\no 1 9\no 2\n9\na\n\nSe dice al final.\nq\n";
    session(
        &mut File::default(),
        &[],
        Language::Spanish,
        lines,
        expect![[r#"
            ¿Quiénes están? Identificadores separados por espacios, como
            en `c1 c2`, o `all` para todas las personas que codifican.
            > c3 c1
            c3 no codifica en este estudio; quien esté además se nombra
              al empezar: themata resolve --guest c3
            > c1

            A:3-4 · CoP 31 · P2 · 0 de 3 discrepancias acordadas
                 1  Moderator: How did it begin?
                 2  P1: Somebody sent an e-mail,␛[31m and eleven of us
                    turned up.
            ────────────────────────────────────────────────────────────
                 3  P2: I came for the coffee.
                 4  (laughter)
            ────────────────────────────────────────────────────────────
                 5  P1: We all did.

            Liderazgo distribuido (leadership)
                1  c1: Horizontal (horizontal)
                2  c2: Rota la presidencia (chair) (con dudas)
                     » the minutes move on too
                b  ambas juntas
            o CÓDIGOS: otra respuesta · l: dejar abierto · s: saltar · ?
              muestra qué más se puede escribir
            leadership> o 1 9
            ese número no existe aquí: van de 0 a 4; no se ha cambiado
              nada
            leadership> o 2
            other: rotating
            ¿Por qué hubo diferencia?
                1  slip: alguien se equivocó
                2  omission: a alguien se le pasó
                3  boundary: dónde empieza o acaba la unidad
                4  definition: la redacción del libro de códigos
                5  ambiguous: lo dicho admite ambas lecturas
                6  reading: dos lecturas que valen ambas
            motivo> 9
            no es ninguno de los motivos: escriba su número, palabra o
              inicial, o z para volver
            motivo> a
            other: rotating · ambiguous
            Con sus palabras, por qué:
            justificación> 
            explique por qué, con sus palabras: otra respuesta o una que
              queda abierta necesitan justificación
            justificación> Se dice al final.
            [on disk]
            stdout| saved A:3-4 leadership other rotating

            A:2 · CoP 31 · P1 · 1 de 3 discrepancias acordadas
                 1  Moderator: How did it begin?
            ────────────────────────────────────────────────────────────
                 2  P1: Somebody sent an e-mail,␛[31m and eleven of us
                    turned up.
            ────────────────────────────────────────────────────────────
                 3  P2: I came for the coffee.
                 4  (laughter)

            tone
                1  c1: warm
                2  c2: ninguno se aplica
            o CÓDIGOS: otra respuesta · l: dejar abierto · s: saltar · ?
              muestra qué más se puede escribir
            tone> q
        "#]],
    );
}

#[test]
fn what_is_settled_or_left_open_is_not_offered_again_unless_it_is_reopened() {
    let (mut study, disputes) = meeting();
    let mut file = File::default();
    let both = ["c1", "c2"];
    let mut meet = |file: &mut File, reopen, lines: &[&str]| {
        settled(&mut study, file, &disputes, &both, reopen, lines)
    };
    let first = meet(&mut file, false, &["1", "slip", "", "l", "so it is"]);
    assert_eq!(first, ["A:2 tone open ", "A:3-4 leadership first horizontal"]);
    let second = meet(&mut file, false, &["s", "2", "o", "", "1", "s", ""]);
    assert_eq!(
        second,
        [
            "A:2 leadership second rotating; chair",
            "A:2 tone open ",
            "A:3-4 leadership first horizontal"
        ]
    );
    let third = meet(&mut file, true, &["2", "5", "", "q"]);
    assert_eq!(third[2], "A:3-4 leadership second chair");
    let fourth = meet(&mut file, false, &["z", "z", "z"]);
    assert_eq!(fourth, ["A:3-4 leadership first horizontal"]);
    expect![[r#"
        1,2026-03-01T10:00:00Z,main,A:3-4,leadership,horizontal,first,slip,,c1; c2,,,v-000000000001
        2,2026-03-01T10:00:00Z,main,A:2,tone,,open,reading,so it is,c1; c2,,,v-000000000001
        3,2026-03-01T10:00:00Z,main,A:2,leadership,rotating; chair,second,omission,,c1; c2,,,v-000000000001
        4,2026-03-01T10:00:00Z,main,A:3-4,leadership,chair,second,ambiguous,,c1; c2,,,v-000000000001
        5,2026-03-01T10:00:00Z,main,A:3-4,leadership,horizontal,first,slip,,c1; c2,,4,v-000000000001
        6,2026-03-01T10:00:00Z,main,A:2,leadership,,,,,c1; c2,,3,v-000000000001
        7,2026-03-01T10:00:00Z,main,A:2,tone,,,,,c1; c2,,2,v-000000000001
    "#]].assert_eq(&file.rows);
}

#[test]
fn an_outcome_is_what_the_design_names_and_its_codes_are_the_result() {
    let settle = |who: &[&str], place: &str, given: &[&str], line: &str| {
        let mut study = desk::study(&[desk::CODEBOOK]);
        let one = [dispute(&mut study, place, given)];
        settled(&mut study, &mut File::default(), &one, who, false, &[line, "slip", "why"])
            .first()
            .map_or("nothing".to_owned(), |it| it.split_once(' ').unwrap().1.to_owned())
    };
    let two = ["c1", "c2"];
    let three = ["c1", "c2", "c3"];
    for (who, place, given, line, outcome) in [
        (&two[..], "A:2 leadership", &["horizontal", "none"][..], "2", "leadership second none"),
        (
            &two,
            "A:2 leadership",
            &["chair", "horizontal"],
            "b",
            "leadership both horizontal; chair",
        ),
        (&two, "A:2 leadership", &["none", "horizontal"], "b", "nothing"),
        (&two, "A:2 leadership", &["leadership", "chair"], "b", "leadership both chair"),
        (&two, "A:2 tone", &["warm", "cold"], "b", "nothing"),
        (&two, "A:2 tone", &["warm", "cold"], "o 1 2", "nothing"),
        (&two, "A:2 tone", &["warm", "cold"], "o 0", "tone other none"),
        (&two, "A:2 tone", &["warm", "cold"], "o tone", "tone other tone"),
        (&two, "A:2 tone", &["warm", "cold"], "o chair", "nothing"),
        (&two, "A:2 tone", &["warm", "cold"], "3", "nothing"),
        (&two, "A:2 tone", &["warm", "cold"], "1 2", "nothing"),
        (&two, "A:2 tone", &["warm", ""], "2", "nothing"),
        (&three, "A:2 tone", &["warm", "cold", "none"], "2", "tone coder:c2 cold"),
        (&three, "A:2 leadership", &["chair", "none", "none"], "b", "nothing"),
    ] {
        assert_eq!(settle(who, place, given, line), outcome, "{place} {given:?}: {line}");
    }
}

#[test]
fn a_rationale_is_required_for_another_answer_and_for_an_open_one() {
    let (mut study, disputes) = meeting();
    let both = ["c1", "c2"];
    let mut meet =
        |lines: &[&str]| settled(&mut study, &mut File::default(), &disputes, &both, false, lines);
    assert_eq!(meet(&["o 0", "s", "", "  "]), [""; 0]);
    assert_eq!(meet(&["l", ""]), [""; 0]);
    assert_eq!(meet(&["l", "", "yes"]), ["A:3-4 leadership open "]);
    assert_eq!(meet(&["1", "s", ""]), ["A:3-4 leadership first horizontal"]);
    assert_eq!(meet(&["1", "z", "2", "s", "z", "6", ""]), ["A:3-4 leadership second chair"]);
    assert_eq!(meet(&["1", "s", "q"]), [""; 0], "q leaves without settling");
}

#[test]
fn an_answer_that_the_codebook_no_longer_has_cannot_be_settled_on() {
    let new = desk::CODEBOOK.replace("      - {id: cold}\n", "");
    let mut study = desk::study(&[desk::CODEBOOK, &new]);
    let one = [dispute(&mut study, "A:2 tone", &["warm", "cold"])];
    let both = ["c1", "c2"];
    let lines = ["2", "slip", "", "1", "slip", ""];
    let settled = settled(&mut study, &mut File::default(), &one, &both, false, &lines);
    assert_eq!(settled, ["A:2 tone first warm"]);
}

#[test]
fn the_command_settles_what_is_sealed_and_goes_on_where_it_stopped() {
    let folder = desk::on_disk();
    let run = |arguments: &str, lines: &str| desk::program(folder.path(), arguments, lines);
    run("code --coder c1", "1\n1\n2\ne\n0\n0\n1\n");
    run("code --coder c2", "1 3\n2\nu 3\ne\n0\n0\n1\n");
    let mut seen = run("resolve --present c1,c2", "1\n");
    desk::seal(folder.path(), "c1");
    desk::seal(folder.path(), "c2");
    for (arguments, lines) in [
        ("resolve --lines --present c1,c2", "2\nslip\n\n"),
        ("resolve", "c1 c2\nl\nTwo readings.\ns\nb\no\nBoth.\nq\n"),
        ("resolve --present c1 --unit A:5 --dimension tone", "o cold\nd\nAgreed too soon.\nq\n"),
        ("resolve --present c1,c2 --case B", ""),
        ("resolve --unit A:1", ""),
        ("resolve --dimension noise", ""),
        ("resolve --unit B:1 --dimension tone --present c2", ""),
    ] {
        seen += &format!("$ {arguments}\n{}", run(arguments, lines));
    }
    seen += &std::fs::read_to_string(folder.path().join("consensus.csv")).unwrap();
    let closed = desk::on_disk();
    desk::seal_cases(closed.path(), "c1", &["A"]);
    desk::seal_cases(closed.path(), "c2", &["A"]);
    let asks = |asks: &str| desk::program(closed.path(), asks, "");
    seen += &asks("resolve --unit B:1");
    expect![[r#"
        error: no case is open for comparison; not yet sealed: A (c1, c2); B (c1, c2)
          fix: each coder hands over with `themata seal --coder NAME`; looking earlier needs --unblind REASON and is recorded for ever
        [exit 4]
        $ resolve --lines --present c1,c2
        2
        slip

        stdout| saved A:2 tone second cold
        [end]
        [exit 0]
        $ resolve
        c1 c2
        l
        Two readings.
        stdout| saved A:3-4 leadership open
        s
        this is the last discrepancy that is not settled
        b
        o
        Both.
        stdout| saved A:2 leadership both horizontal; chair
        q
        [exit 0]
        $ resolve --present c1 --unit A:5 --dimension tone
        o cold
        d
        Agreed too soon.
        stdout| saved A:5 tone other cold
        q
        [exit 0]
        $ resolve --present c1,c2 --case B
        [exit 0]
        $ resolve --unit A:1
        error: there is no unit A:1 to code
          fix: `themata units show` lists the units with their locators
        [exit 2]
        $ resolve --dimension noise
        error: there is no dimension `noise`
          fix: known: leadership, tone
        [exit 2]
        $ resolve --unit B:1 --dimension tone --present c2
        [exit 0]
        seq,at,round,unit,dimension,codes,outcome,reason,rationale,present,codebook_change,undoes,codebook
        1,2026-03-01T10:00:00Z,main,A:2,tone,cold,second,slip,,c1; c2,,,v-b6d05fd1c794
        2,2026-03-01T10:00:00Z,main,A:3-4,leadership,,open,reading,Two readings.,c1; c2,,,v-b6d05fd1c794
        3,2026-03-01T10:00:00Z,main,A:2,leadership,horizontal; chair,both,omission,Both.,c1; c2,,,v-b6d05fd1c794
        4,2026-03-01T10:00:00Z,main,A:5,tone,cold,other,definition,Agreed too soon.,c1,,,v-b6d05fd1c794
        error: case B is not open yet: not all its coders have sealed it
          fix: each coder hands over with `themata seal --coder NAME`; looking earlier needs --unblind REASON and is recorded for ever
        [exit 4]
    "#]].assert_eq(&seen);
}

proptest! {
    #[test]
    fn no_line_breaks_the_meeting_and_the_file_says_what_it_shows(
        lines in prop::collection::vec(
            prop_oneof![
                9 => prop::sample::select(vec![
                    "1", "2", "3", "b", "o 1", "o 0", "o x", "l", "s", "z", "q", "k so", "c", "?",
                    "slip", "d", "", "because", "c1 c2",
                ]).prop_map(str::to_owned),
                1 => ".{0,10}",
            ],
            0..60,
        ),
        reopen: bool,
    ) {
        let (mut study, disputes) = meeting();
        let mut file = File::default();
        let all = coders(&["c1", "c2"]);
        let rows = file.read(&mut study);
        let mut machine =
            ConsensusDesk::new(&study, all, disputes, &rows, Vec::new(), Vec::new(), reopen);
        for line in &lines {
            if let Effect::Append(Keep::Settlement(round, row)) = machine.step(line) {
                let seq = file.append(&study, round, &row);
                machine.saved(seq);
            }
            let view = machine.view();
            prop_assert_eq!(view.settled + view.open, file.settled(&study).len());
        }
        // Whatever was settled can be taken back, one after the other.
        machine.step("z");
        machine.step("z");
        while let Effect::Append(Keep::Settlement(round, row)) = machine.step("z") {
            let seq = file.append(&study, round, &row);
            machine.saved(seq);
        }
        let none = machine.view().settled + machine.view().open == 0;
        prop_assert!(none || matches!(machine.view().stage, themata::desk::consensus::Stage::Present));
    }
}
