//! Which decisions hold, against a twin that works it out by brute force: over rounds, purposes, assignments, seals and
//! seals again, looks, rows that come late, settlements and people who withdrew.

mod model;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use model::{Act, CASES, DIMENSIONS, Place, Stage, UNITS, World};
use sha2::{Digest, Sha256};
use themata::analysis::agreement::{self, Categories, Level, Options, Single};
use themata::analysis::decisions::{Decisions, Rule, of_coder, of_comparison};
use themata::analysis::discrepancies::discrepancies;
use themata::analysis::left_out::LeftOut;
use themata::analysis::matrix::{self, Axis, Content, Source};
use themata::analysis::quotes::{Wanted, quotations};
use themata::analysis::scope::Scope;
use themata::analysis::study_codings::{Choice, codings};
use themata::domain::comparison::{self, Codes, Comparison};
use themata::domain::failure::Failure;
use themata::domain::study::Study;
use themata::stats::Measure;
use themata::store::{Opened, Wish};

use crate::support::TestStudy;

const ROUNDS: [&str; 3] = ["main", "later", "last"];
const CODERS: [&str; 3] = ["c1", "c2", "c3"];
/// Who is measured and changes nothing, with her kind; the twin does not know them.
const MEASURED: [(&str, &str); 2] = [("t1", "trainee"), ("m1", "machine")];

/// Numbers that look random and are always the same (Marsaglia, 2003, xorshift64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) % sides as u64) as usize
    }

    fn one_in(&mut self, sides: usize) -> bool {
        self.roll(sides) == 0
    }
}

fn world(dice: &mut Dice) -> World {
    let coders = 2 + usize::from(dice.one_in(3));
    let rounds: Vec<bool> =
        (0..1 + dice.roll(3)).map(|round| round == 0 || !dice.one_in(3)).collect();
    let all = (0..UNITS.len())
        .flat_map(|unit| (0..coders).map(move |coder| (unit, coder)))
        .flat_map(|(unit, coder)| (0..rounds.len()).map(move |round| (unit, coder, round)));
    let assigned = match dice.roll(3) {
        0 => None,
        _ => Some(all.filter(|_| !dice.one_in(4)).collect::<BTreeSet<_>>()),
    };
    let withdrawn = if dice.one_in(6) { vec!["P2"] } else { Vec::new() };
    let mut world = World { coders, rounds, assigned, withdrawn, acts: Vec::new() };
    for round in 0..world.rounds.len() {
        pass(&mut world, round, dice);
    }
    world
}

/// Somebody codes most of a round, more or less at once; seals come between, and what comes after them.
fn pass(world: &mut World, round: usize, dice: &mut Dice) {
    for _ in 0..12 + dice.roll(40) {
        let (coder, unit) = (dice.roll(world.coders), dice.roll(UNITS.len()));
        let dimension = dice.roll(2);
        // Earlier rounds go on for a while.
        let round = if dice.one_in(6) { dice.roll(world.rounds.len()) } else { round };
        let answer = DIMENSIONS[dimension].1[dice.roll(4)];
        match dice.roll(40) {
            0 => {
                let who = if dice.one_in(2) { None } else { Some(coder) };
                world.acts.push(Act::Look { who, cases: some_cases(dice) });
            }
            1 => world.acts.push(Act::Settle {
                round,
                unit,
                dimension,
                answer: if dice.one_in(4) { "" } else { answer },
            }),
            2 | 3 => world.acts.push(Act::Seal { coder, round, cases: some_cases(dice) }),
            _ => world.acts.push(Act::Decide {
                coder,
                round,
                unit,
                dimension,
                answer: if dice.one_in(10) { "" } else { answer },
            }),
        }
    }
    for coder in 0..world.coders {
        if !dice.one_in(5) {
            let cases = if dice.one_in(3) { some_cases(dice) } else { vec![0, 1] };
            world.acts.push(Act::Seal { coder, round, cases });
        }
    }
}

fn some_cases(dice: &mut Dice) -> Vec<usize> {
    match dice.roll(3) {
        0 => vec![0],
        1 => vec![1],
        _ => vec![0, 1],
    }
}

fn time(act: usize) -> String {
    format!("2026-03-01T{:02}:{:02}:00Z", 1 + act / 60, act % 60)
}

fn hex(lines: &BTreeSet<String>) -> String {
    let mut hash = Sha256::new();
    for line in lines {
        hash.update(format!("{line}\n"));
    }
    hash.finalize().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Writes what was done into the files of a study.
fn write(world: &World, study: &TestStudy, codebook: &str) {
    let case = |unit: usize| CASES.iter().position(|case| *case == UNITS[unit].1).unwrap();
    let mut logs = vec![Vec::<(usize, usize, String)>::new(); world.coders];
    let mut seals =
        String::from("at,coder,round,scope,decisions,log_sha256,units_sha256,codebook\n");
    let mut events = String::from("at,event,who,about,reason\n");
    for (round, counts) in world.rounds.iter().enumerate().skip(1) {
        let purpose = if *counts { "" } else { [" check", " pilot"][round % 2] };
        let _ = writeln!(events, "2026-03-01T00:00:0{round}Z,round,,{}{purpose},", ROUNDS[round]);
    }
    let mut settled = String::from(
        "seq,at,round,unit,dimension,codes,outcome,reason,rationale,present,codebook_change,undoes,codebook\n",
    );
    for (number, act) in world.acts.iter().enumerate() {
        let at = time(number);
        let scope =
            |cases: &[usize]| cases.iter().map(|case| CASES[*case]).collect::<Vec<_>>().join("; ");
        match act {
            Act::Decide { coder, round, unit, dimension, answer } => {
                let log = &mut logs[*coder];
                let (locator, dimension) = (UNITS[*unit].0, DIMENSIONS[*dimension].0);
                let row = format!(
                    "{},{at},{},{locator},{dimension},{answer},,,lines,,{codebook}",
                    log.len() + 1,
                    ROUNDS[*round],
                );
                log.push((*round, case(*unit), row));
            }
            Act::Seal { coder, round, cases } => {
                let covered = logs[*coder].iter();
                let covered = covered.filter(|(r, c, _)| r == round && cases.contains(c));
                let rows: BTreeSet<String> = covered.map(|(.., row)| row.clone()).collect();
                let units =
                    UNITS.iter().enumerate().filter(|(unit, _)| cases.contains(&case(*unit)));
                let units: BTreeSet<String> = units.map(|(_, it)| it.0.to_owned()).collect();
                let decisions = in_force(world, number, *coder, *round, cases);
                let _ = writeln!(
                    seals,
                    "{at},{},{},{},{decisions},{},{},{codebook}",
                    CODERS[*coder],
                    ROUNDS[*round],
                    scope(cases),
                    hex(&rows),
                    hex(&units),
                );
            }
            Act::Look { who, cases } => {
                let who = who.map_or("", |who| CODERS[who]);
                let _ = writeln!(events, "{at},unblind,{who},{},a test", scope(cases));
            }
            Act::Settle { round, unit, dimension, answer } => {
                let outcome = if answer.is_empty() { "open,reading" } else { "other,slip" };
                let _ = writeln!(
                    settled,
                    "{},{at},{},{},{},{answer},{outcome},why,c1,,,{codebook}",
                    number + 1,
                    ROUNDS[*round],
                    UNITS[*unit].0,
                    DIMENSIONS[*dimension].0,
                );
            }
        }
    }
    measured_only(world, &mut logs, &mut seals, codebook);
    let measured = MEASURED.iter().map(|(coder, _)| coder);
    for (coder, rows) in CODERS.iter().take(world.coders).chain(measured).zip(&logs) {
        let mut log =
            String::from("seq,at,round,unit,dimension,codes,certainty,memo,via,undoes,codebook\n");
        rows.iter().for_each(|(.., row)| log.push_str(&format!("{row}\n")));
        study.write(&format!("coding/{coder}.csv"), &log);
    }
    study.write("seals.csv", &seals).write("events.csv", &events).write("consensus.csv", &settled);
    let assignments = world.assigned.as_ref().map(|all| {
        let row = |(unit, coder, round): &(usize, usize, usize)| {
            format!("{},{},{}\n", UNITS[*unit].0, CODERS[*coder], ROUNDS[*round])
        };
        let rows =
            all.iter().map(row).fold("unit,coder,round\n".to_owned(), |text, row| text + &row);
        rows + "all,t1,all\nall,m1,main\n"
    });
    let _ = std::fs::remove_file(study.path("assignments.csv"));
    if let Some(assignments) = assignments {
        study.write("assignments.csv", &assignments);
    }
    let people = study.read("participants.csv");
    let people: String = people
        .lines()
        .map(|line| match line.split_once(',') {
            Some((id, _)) if id == "P2" => {
                let left = if world.withdrawn.contains(&id) { "2026-04-01" } else { "" };
                format!("P2,,A,participant,ask,{left}\n")
            }
            _ => format!("{line}\n"),
        })
        .collect();
    study.write("participants.csv", &people);
}

/// A trainee and a machine decide what the first coder did, and in every other study have sealed it.
fn measured_only(
    world: &World,
    logs: &mut Vec<Vec<(usize, usize, String)>>,
    seals: &mut String,
    codebook: &str,
) {
    let first = logs[0].clone();
    for (nth, (coder, _)) in MEASURED.iter().enumerate() {
        logs.push(first.clone());
        if world.acts.len() % 2 == nth {
            continue;
        }
        let rows = first.iter().filter(|(round, ..)| *round == 0).map(|(.., row)| row.clone());
        let units = UNITS.iter().map(|it| it.0.to_owned()).collect();
        let decisions = in_force(world, world.acts.len(), 0, 0, &[0, 1]);
        let _ = writeln!(
            seals,
            "2026-03-03T10:00:00Z,{coder},main,A; B,{decisions},{},{},{codebook}",
            hex(&rows.collect()),
            hex(&units),
        );
    }
}

/// How many decisions of a coder stood in some cases of a round at a time.
fn in_force(world: &World, until: usize, coder: usize, round: usize, cases: &[usize]) -> usize {
    let mut last: BTreeMap<Place, &str> = BTreeMap::new();
    for act in &world.acts[..until] {
        if let Act::Decide { coder: c, round: r, unit, dimension, answer } = act {
            let here = CASES.iter().position(|case| *case == UNITS[*unit].1).unwrap();
            if (*c, *r) == (coder, round) && cases.contains(&here) {
                last.insert((*unit, *dimension), answer);
            }
        }
    }
    last.values().filter(|answer| !answer.is_empty()).count()
}

fn place(study: &Study, unit: usize, dimension: usize) -> Option<Place> {
    let locator = study.units.get(unit)?.locator.to_string();
    let unit = UNITS.iter().position(|it| it.0 == locator)?;
    let known = &study.vocabulary.dimensions[dimension].id;
    Some((unit, DIMENSIONS.iter().position(|it| it.0 == known.as_str())?))
}

/// The codes that count, place by place.
fn given(study: &Study, decisions: &Decisions<'_>) -> BTreeMap<Place, BTreeSet<String>> {
    let mut given = BTreeMap::new();
    for (at, unit) in decisions.units.iter().enumerate() {
        for (dimension, cell) in decisions.dimensions.iter().zip(decisions.unit(at)) {
            if cell.answer.is_decided() {
                let codes = decisions.answers.codes(cell.answer).iter();
                let codes = codes.map(|code| study.vocabulary.of(*code).id.to_string()).collect();
                let place = place(study, unit.at(), usize::from(dimension.0)).unwrap();
                given.insert(place, codes);
            }
        }
    }
    given
}

fn owned(given: BTreeMap<Place, BTreeSet<&'static str>>) -> BTreeMap<Place, BTreeSet<String>> {
    let codes = |codes: BTreeSet<&str>| codes.into_iter().map(str::to_owned).collect();
    given.into_iter().map(|(place, answer)| (place, codes(answer))).collect()
}

fn comparison(
    opened: &Opened,
    round: Option<usize>,
    stage: comparison::Stage,
) -> Option<Comparison> {
    let round = round.map(|round| ROUNDS[round].parse().unwrap());
    match opened.comparison(&Wish { round, stage, ..Wish::default() }) {
        Ok(comparison) => Some(comparison),
        Err(Failure::Refused(..)) => None,
        Err(other) => panic!("{other:?}"),
    }
}

fn check(world: &World, opened: &Opened, asked: Option<usize>) {
    let study = &opened.study;
    let scope = Scope::default();
    let Some(all) = comparison(opened, asked, comparison::Stage::All) else {
        assert_eq!(world.places(asked), []);
        return;
    };
    for (from, rule) in [
        ("final", Rule::Final),
        ("agreed", Rule::Agreed),
        ("any", Rule::Any),
        ("consensus", Rule::Consensus),
    ] {
        let decisions = of_comparison(study, &all, &opened.settlements, rule, &scope);
        let (expected, tally) = world.counted(from, asked);
        let expected = owned(expected);
        assert_eq!(given(study, &decisions), expected, "--from {from}");
        let found = &decisions.tally;
        assert_eq!(
            [found.consensus, found.agreed, found.single, found.unsettled, found.undecided],
            [tally.consensus, tally.agreed, tally.single, tally.unsettled, tally.undecided],
            "--from {from}"
        );
        counts_and_quotes(study, decisions, &expected);
    }
    // Whoever is asked for nothing here is no column.
    let columns: Vec<usize> = (all.codings.iter())
        .map(|coding| CODERS.iter().position(|it| *it == coding.coder.as_str()).unwrap())
        .collect();
    for (at, coding) in columns.iter().copied().zip(&all.codings) {
        let decisions = of_coder(study, coding, &all.open, &scope, Codes::Decided);
        let hers = world.places(asked).into_iter().filter_map(|place| {
            let holds = world.holds(place, asked, Stage::All)?;
            let answer = *holds.answers.get(&at).filter(|answer| !answer.is_empty())?;
            Some((place, answer.split("; ").filter(|it| *it != "none").collect()))
        });
        assert_eq!(given(study, &decisions), owned(hers.collect()), "--from coder:{at}");
    }
    let found = discrepancies(study, &all, &scope).into_iter().map(|it| {
        let answer = |cell: &themata::domain::coding::Cell| {
            study.answers.cell(cell.answer, &study.vocabulary)
        };
        let place = place(study, it.unit.at(), usize::from(it.dimension.0)).unwrap();
        (place, it.cells.iter().map(answer).collect::<Vec<String>>())
    });
    let expected = world.discrepancies(asked).into_iter();
    let expected: BTreeMap<Place, Vec<String>> = expected
        .map(|(place, answers)| {
            (place, columns.iter().map(|coder| answers[*coder].to_owned()).collect())
        })
        .collect();
    assert_eq!(found.collect::<BTreeMap<_, _>>(), expected);
    for (stage, twin) in [
        (comparison::Stage::Independent, Stage::Independent),
        (comparison::Stage::After, Stage::After),
    ] {
        measured(world, opened, asked, stage, twin);
    }
}

/// A matrix of codes and the quotations behind them.
fn counts_and_quotes(
    study: &Study,
    decisions: Decisions<'_>,
    expected: &BTreeMap<Place, BTreeSet<String>>,
) {
    let quoted = quotations(study, &decisions, &Wanted::default());
    let quoted: BTreeSet<String> =
        quoted.found.iter().map(|it| study.units[it.unit.at()].locator.to_string()).collect();
    let coded = expected.iter().filter(|(_, codes)| !codes.is_empty());
    let coded: BTreeSet<String> = coded.map(|((unit, _), _)| UNITS[*unit].0.to_owned()).collect();
    assert_eq!(quoted, coded);
    let options = matrix::Options {
        rows: Axis::Case.into(),
        columns: Axis::Code.into(),
        content: Content::Units,
        exact: true,
        list_units: true,
        ..matrix::Options::default()
    };
    let source = Source { coder: None, round: None, decisions };
    let found = matrix::matrix(study, &[source], &options);
    for (row, case) in found.rows.iter().enumerate() {
        for (column, cell) in found.columns.iter().zip(found.row(row)) {
            let here = |unit: usize| UNITS[unit].1 == case.id;
            let has =
                expected.iter().filter(|((unit, _), it)| here(*unit) && it.contains(&column.id));
            let units: Vec<&str> = has.map(|((unit, _), _)| UNITS[*unit].0).collect();
            let shown: Vec<String> =
                cell.units.iter().map(|it| study.units[it.at()].locator.to_string()).collect();
            assert_eq!(shown, units, "{case} {column}");
        }
    }
}

fn measured(
    world: &World,
    opened: &Opened,
    asked: Option<usize>,
    stage: comparison::Stage,
    twin: Stage,
) {
    let study = &opened.study;
    let Some(compared) = comparison(opened, asked, stage) else { panic!("open a moment ago") };
    let left_out = LeftOut::of(study, &compared, &Scope::default(), false).later;
    let expected = if twin == Stage::Independent { world.later(asked) } else { 0 };
    assert_eq!(left_out, expected, "{stage:?}");
    let options = Options {
        levels: vec![Level::Value],
        measures: vec![Measure::PercentAgreement],
        no_coefficients: false,
        single: Single::Exclude,
        given: None,
        positive: None,
        categories: Categories::Observed,
        by_case: false,
        weights: Default::default(),
        per_category: false,
        bootstrap: None,
        program: None,
    };
    let found = agreement::agreement(&codings(study, &compared, &Choice::default()), &options);
    for (dimension, (name, _)) in DIMENSIONS.iter().enumerate() {
        let rows = || found.groups.iter().flat_map(|group| &group.rows);
        let row = rows().find(|row| row.about.name() == *name).unwrap();
        let (n, value) = world.agreement(dimension, asked, twin);
        assert_eq!(row.n, n, "{name} {stage:?}");
        let found = row.figure.as_ref().ok().map(|it| it.value);
        match (found, value) {
            (Some(found), Some(value)) => assert!((found - value).abs() < 1e-12, "{name}"),
            (found, value) => assert_eq!(found, value, "{name}"),
        }
    }
}

#[test]
fn what_holds_is_what_brute_force_says_in_2000_random_studies() {
    let mut dice = Dice(0x2026_1129);
    let studies: Vec<TestStudy> = [2, 3]
        .map(|coders| {
            let study = TestStudy::of("en", &CODERS[..coders], crate::desk::CODEBOOK);
            for (coder, kind) in MEASURED {
                study.run(&format!("coder add {coder} --kind {kind}"));
            }
            study
        })
        .into_iter()
        .collect();
    let codebook = studies[0].open().study.version_in_force().id.clone();
    for study in &studies {
        study.write(&format!("codebooks/{codebook}.yaml"), &study.read("codebook.yaml"));
    }
    let (mut shown, mut after, mut settled) = (0, 0, 0);
    for number in 0..2_000 {
        let world = world(&mut dice);
        let study = &studies[world.coders - 2];
        write(&world, study, &codebook);
        let opened = study.open();
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            check(&world, &opened, None);
            // Every fourth also by a round that is asked for.
            if number % 4 == 0 {
                check(&world, &opened, Some(number / 4 % world.rounds.len()));
            }
        }));
        if let Err(panic) = caught {
            eprintln!("study {number}: {world:#?}");
            std::panic::resume_unwind(panic);
        }
        shown += usize::from(!world.places(None).is_empty());
        after += usize::from(world.later(None) > 0);
        let (counted, tally) = world.counted("final", None);
        settled += usize::from(tally.consensus > 0 && !counted.is_empty());
    }
    assert!(shown > 1_000 && after > 400 && settled > 300, "{shown} {after} {settled}");
}
