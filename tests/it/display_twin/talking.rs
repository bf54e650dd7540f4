//! What is counted over the talk itself, over words, over codes that meet and codes that come, and claims.

use std::collections::{BTreeMap, BTreeSet};

use super::counting::Twin;
use super::rows;
use super::world::{CODES, Dice, Line, Unit};
use crate::support::TestStudy;

/// A turn: who speaks, and its paragraphs from 1.
struct Turn<'a> {
    who: &'a str,
    paragraphs: Vec<usize>,
}

fn turns(lines: &[Line]) -> Vec<Turn<'_>> {
    let mut all: Vec<Turn> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        match all.last_mut() {
            Some(turn) if turn.who == line.speaker => turn.paragraphs.push(at + 1),
            _ => all.push(Turn { who: &line.speaker, paragraphs: vec![at + 1] }),
        }
    }
    all
}

/// Turns, words, shares, questions, silence, who follows whom; the moderator in and out.
pub(super) fn voices(study: &TestStudy, twin: &Twin<'_>) {
    let world = twin.world;
    for (flag, everybody) in [("", false), (" --with-moderator", true)] {
        let mut expected: BTreeMap<(String, String), [usize; 4]> = BTreeMap::new();
        let mut pairs: BTreeMap<(String, String, String), usize> = BTreeMap::new();
        for (text, case, _) in &world.texts {
            let turns = turns(&world.lines[text]);
            let shown = |who: &str| everybody || who != "Moderator";
            for (at, turn) in turns.iter().enumerate().filter(|it| shown(it.1.who)) {
                let own = |it: &&usize| &world.lines[text][**it - 1];
                let of = expected.entry((case.clone(), turn.who.to_owned())).or_default();
                of[0] += 1;
                of[1] += turn.paragraphs.iter().map(|it| own(&it).words.len()).sum::<usize>();
                of[2] += usize::from(turn.paragraphs.iter().any(|it| own(&it).asks));
                let is_hers = |it: &Turn| it.who == turn.who;
                let before = turns[..at].iter().rev().take_while(|it| !is_hers(it)).count();
                let after = turns[at + 1..].iter().take_while(|it| !is_hers(it)).count();
                of[3] = of[3].max(before).max(after);
                if let Some(next) = turns.get(at + 1).filter(|it| shown(it.who)) {
                    let pair = (case.clone(), turn.who.to_owned(), next.who.to_owned());
                    *pairs.entry(pair).or_default() += 1;
                }
            }
        }
        let found = rows(study, &format!("talk{flag}"));
        assert_eq!(found.len(), expected.len());
        for row in found {
            let of = expected[&(row["case"].clone(), row["participant"].clone())];
            let all: usize =
                expected.iter().filter(|it| it.0.0 == row["case"]).map(|it| it.1[1]).sum();
            for (name, number) in ["turns", "words", "questions", "silence"].into_iter().zip(of) {
                assert_eq!(row[name], number.to_string(), "talk{flag}: {name} {row:?}\n{world:#?}");
            }
            assert_eq!(row["share"], (of[1] as f64 / all as f64).to_string(), "{row:?}");
        }
        let found = rows(study, &format!("talk --follows{flag}"));
        let seen: BTreeMap<(String, String, String), usize> = found
            .into_iter()
            .map(|it| {
                (
                    (it["case"].clone(), it["after"].clone(), it["participant"].clone()),
                    it["turns"].parse().unwrap(),
                )
            })
            .collect();
        assert_eq!(seen, pairs, "talk --follows{flag}\n{world:#?}");
    }
}

/// Question by question: silent, spoke, or spoke and coded, and in which order.
pub(super) fn spoke(study: &TestStudy, twin: &Twin<'_>) {
    let world = twin.world;
    let found = rows(study, "talk --cell spoke --agreement warm --dissent lead");
    let mut left = found.len();
    for topic in ["t1", "t2"] {
        for (case, _) in &world.cases {
            let asked: Vec<&Unit> =
                twin.units().filter(|it| it.topic == topic && it.case == *case).collect();
            if asked.is_empty() {
                continue;
            }
            let mut order: Vec<String> = Vec::new();
            for who in asked.iter().flat_map(|it| world.speakers(it, false)) {
                if !order.contains(&who) {
                    order.push(who);
                }
            }
            for person in world.people.iter().filter(|it| it.case == *case) {
                let own: Vec<&&Unit> = asked
                    .iter()
                    .filter(|it| world.speakers(it, false).contains(&person.id))
                    .collect();
                let given = |code: &str| {
                    own.iter().any(|it| twin.given(twin.settled, it, false).contains(code))
                };
                let coded = own.iter().any(|it| !twin.codes(twin.settled, it).is_empty());
                let did = if own.is_empty() {
                    "silent"
                } else if coded {
                    "coded"
                } else {
                    "spoke"
                };
                let place =
                    order.iter().position(|it| *it == person.id).map(|at| (at + 1).to_string());
                let is_it = |row: &&BTreeMap<String, String>| {
                    row["topic"] == topic && row["case"] == *case && row["participant"] == person.id
                };
                let row = found.iter().find(is_it).unwrap();
                let sign = |is: bool| if is { "1" } else { "0" };
                assert_eq!(row["did"], did, "{row:?}\n{world:#?}\n{:?}", twin.settled);
                assert_eq!(row["order"], place.unwrap_or_default(), "{row:?}");
                assert_eq!(row["agreement"], sign(given("warm")), "{row:?}");
                assert_eq!(row["dissent"], sign(given("lead")), "{row:?}");
                let ids: Vec<&str> = own.iter().map(|it| it.id.as_str()).collect();
                assert_eq!(row["units"], ids.join("; "), "{row:?}");
                left -= 1;
            }
        }
    }
    assert_eq!(left, 0);
}

/// Words without those that carry no theme, by case and by code.
pub(super) fn words(study: &TestStudy, twin: &Twin<'_>) {
    let world = twin.world;
    let carries = |word: &str| !["the", "and"].contains(&word);
    for by in ["case", "code", "participant"] {
        let found = rows(study, &format!("words --all --by {by}"));
        let mut said: BTreeMap<&str, Vec<(&Unit, &str)>> = BTreeMap::new();
        for unit in twin.units() {
            for line in world.of_unit(unit).iter().filter(|it| it.speaker != "Moderator") {
                for word in line.words.iter().filter(|it| carries(it)) {
                    said.entry(word).or_default().push((unit, &line.speaker));
                }
            }
        }
        let mut expected: Vec<(&&str, usize)> =
            said.iter().map(|(word, all)| (word, all.len())).collect();
        expected.sort_by_key(|it| (std::cmp::Reverse(it.1), *it.0));
        let order: Vec<&str> = expected.iter().map(|it| *it.0).collect();
        assert_eq!(found.iter().map(|it| it["word"].as_str()).collect::<Vec<_>>(), order);
        for row in found {
            let all = &said[row["word"].as_str()];
            let distinct = |of: &dyn Fn(&(&Unit, &str)) -> String| {
                all.iter().map(of).collect::<BTreeSet<_>>().len()
            };
            assert_eq!(row["count"], all.len().to_string());
            assert_eq!(row["participants"], distinct(&|it| it.1.to_owned()).to_string(), "{row:?}");
            assert_eq!(row["cases"], distinct(&|it| it.0.case.clone()).to_string(), "{row:?}");
            let fixed = ["word", "count", "participants", "cases"];
            for (column, cell) in row.iter().filter(|it| !fixed.contains(&it.0.as_str())) {
                let is_in = |it: &&(&Unit, &str)| match by {
                    "case" => it.0.case == *column,
                    "participant" => it.1 == column,
                    _ => twin.given(twin.settled, it.0, false).contains(column),
                };
                assert_eq!(*cell, all.iter().filter(is_in).count().to_string(), "{column} {row:?}");
            }
        }
    }
}

/// What was given in a place, what near it, in which dimensions it was decided, and its case.
type Place<'a> = (BTreeSet<String>, BTreeSet<String>, BTreeSet<&'a str>, &'a str);

/// Codes that meet: in a unit, at most one unit apart, in a turn.
pub(super) fn meetings(study: &TestStudy, twin: &Twin<'_>) {
    let of = |unit: &Unit| twin.given(twin.settled, unit, false);
    for within in ["unit", "1", "turn"] {
        // What was given in each place, what near it, and in which dimensions and case it was decided.
        let mut places: Vec<Place<'_>> = Vec::new();
        let decided = |unit: &Unit| -> BTreeSet<&str> {
            let is = |it: &&str| twin.settled.contains_key(&(unit.id.clone(), (*it).to_owned()));
            ["lead", "tone"].into_iter().filter(is).collect()
        };
        let units = &twin.world.units;
        match within {
            "turn" => {
                for (text, case, _) in &twin.world.texts {
                    for turn in
                        turns(&twin.world.lines[text]).iter().filter(|it| it.who != "Moderator")
                    {
                        let is_in = |it: &&Unit| {
                            it.text == *text
                                && turn
                                    .paragraphs
                                    .iter()
                                    .any(|at| (it.first..=it.last).contains(at))
                        };
                        let here: Vec<&Unit> = units.iter().filter(is_in).collect();
                        let given: BTreeSet<String> = here.iter().flat_map(|it| of(it)).collect();
                        places.push((
                            given.clone(),
                            given,
                            here.iter().flat_map(|it| decided(it)).collect(),
                            case,
                        ));
                    }
                }
            }
            _ => {
                let reach = usize::from(within == "1");
                for (at, unit) in units.iter().enumerate() {
                    let near = &units[at.saturating_sub(reach)..=(at + reach).min(units.len() - 1)];
                    let near = near.iter().filter(|it| it.text == unit.text).flat_map(of).collect();
                    places.push((of(unit), near, decided(unit), &unit.case));
                }
            }
        }
        for row in rows(study, &format!("cooccur --all --within {within}")) {
            let (one, other) = (row["first"].as_str(), row["second"].as_str());
            let known = |code: &str| CODES.iter().find(|it| it.0 == code).unwrap();
            let (in_one, in_other) = (known(one).1, known(other).1);
            let has = |of: &BTreeSet<String>, code: &str| of.contains(code);
            let met = places.iter().filter(|(own, near, ..)| {
                (has(own, one) && has(near, other)) || (has(own, other) && has(near, one))
            });
            let both = met.count();
            assert_eq!(row["both"], both.to_string(), "{within}: {row:?}\n{:?}", twin.settled);
            let full: Vec<_> = places
                .iter()
                .filter(|it| it.2.contains(in_one) && it.2.contains(in_other))
                .collect();
            let given = |code: &str| full.iter().filter(|it| has(&it.0, code)).count();
            let either = full.iter().filter(|it| has(&it.0, one) || has(&it.0, other)).count();
            assert_eq!(
                (row["of_first"].as_str(), row["of_second"].as_str()),
                (given(one).to_string().as_str(), given(other).to_string().as_str()),
                "{row:?}"
            );
            if within != "1" {
                let jaccard = if either == 0 {
                    String::new()
                } else {
                    (both as f64 / either as f64).to_string()
                };
                assert_eq!(row["jaccard"], jaccard, "{within}: {row:?}");
            }
            let fixed = known(one).2.contains(&other)
                || known(other).2.contains(&one)
                || (in_one == "tone" && in_other == "tone");
            if fixed || within != "unit" {
                assert_eq!(row["expected"], "", "{row:?}");
                continue;
            }
            let mut expected = 0.0;
            for (case, _) in &twin.world.cases {
                let here: Vec<_> = full.iter().filter(|it| it.3 == case).collect();
                let of = |code: &str| here.iter().filter(|it| has(&it.0, code)).count() as f64;
                if !here.is_empty() {
                    expected += of(one) * of(other) / here.len() as f64;
                }
            }
            assert!((row["expected"].parse::<f64>().unwrap() - expected).abs() < 1e-9, "{row:?}");
        }
    }
}

/// Codes that each further group brings, runs over the base, people behind each code.
pub(super) fn saturation(study: &TestStudy, twin: &Twin<'_>) {
    let world = twin.world;
    let is_decided = |it: &&Unit| {
        ["lead", "tone"]
            .iter()
            .any(|of| twin.settled.contains_key(&(it.id.clone(), (*of).to_owned())))
    };
    let codes = |case: &str| -> BTreeSet<String> {
        let here = twin.units().filter(|it| it.case == case);
        let given = here.flat_map(|it| twin.codes(twin.settled, it));
        given.filter(|code| CODES.iter().any(|it| it.0 == code)).collect()
    };
    let date = |case: &str| {
        let own = world.texts.iter().filter(|it| it.1 == case && !it.2.is_empty());
        own.map(|it| it.2.clone()).min()
    };
    let mut groups: Vec<&str> = world.cases.iter().map(|it| it.0.as_str()).collect();
    groups.retain(|case| twin.units().filter(is_decided).any(|it| it.case == *case));
    groups.sort_by_key(|case| (date(case).is_none(), date(case)));
    let (status, out, err) = study.streams("saturation --base 1 --run 1 --orders 0 --format csv");
    if groups.is_empty() {
        return;
    }
    assert_eq!(status, 0, "{err}");
    let mut so_far: BTreeSet<String> = BTreeSet::new();
    let found = super::world::rows(&out);
    assert_eq!(found.len(), groups.len());
    for (row, case) in found.iter().zip(&groups) {
        let new: BTreeSet<String> = codes(case).difference(&so_far).cloned().collect();
        so_far.extend(codes(case));
        assert_eq!(row["case"], **case, "{row:?}");
        assert_eq!(row["codes"], codes(case).len().to_string(), "{row:?}");
        let count = |name: &str| row[name].parse::<usize>().unwrap_or(0);
        assert_eq!(count("new") + count("first_asked"), new.len(), "{row:?}");
        assert_eq!(count("so_far"), so_far.len(), "{row:?}");
        let listed = |name: &str| -> BTreeSet<String> {
            row[name].split("; ").filter(|it| !it.is_empty()).map(str::to_owned).collect()
        };
        let (known, first) = (listed("new_codes"), listed("first_asked_codes"));
        assert_eq!((known.len(), first.len()), (count("new"), count("first_asked")), "{row:?}");
        assert_eq!(known.union(&first).cloned().collect::<BTreeSet<_>>(), new, "{row:?}");
    }
    for row in rows(study, "saturation --behind --orders 0") {
        let code = &row["code"];
        let own: Vec<&Unit> =
            twin.units().filter(|it| twin.codes(twin.settled, it).contains(code)).collect();
        let people: BTreeSet<String> =
            own.iter().flat_map(|it| world.speakers(it, false)).collect();
        let listed: Vec<String> =
            world.people.iter().map(|it| it.id.clone()).filter(|it| people.contains(it)).collect();
        assert_eq!(row["units"], own.len().to_string(), "{row:?}");
        assert_eq!(row["who"], listed.join("; "), "{row:?}");
        assert_eq!(row["participants"], listed.len().to_string(), "{row:?}");
    }
}

/// Claims with voices and cases for and against them.
pub(super) fn claims(study: &TestStudy, twin: &Twin<'_>, dice: &mut Dice) {
    let units: Vec<&Unit> = twin.units().collect();
    let mut sides = Vec::new();
    let mut list = String::from("claim,about,for,against\n");
    for at in 0..3 {
        let some = |dice: &mut Dice| -> Vec<&Unit> {
            (0..dice.roll(3)).map(|_| units[dice.roll(units.len())]).collect()
        };
        let (for_it, against) = (some(dice), some(dice));
        let ids = |of: &[&Unit]| of.iter().map(|it| it.id.clone()).collect::<Vec<_>>().join("; ");
        list += &format!("Claim {at},warm,{},{}\n", ids(&for_it), ids(&against));
        sides.push((for_it, against));
    }
    study.write("claims.csv", &list);
    let found = rows(study, "claims");
    for (row, (for_it, against)) in found.iter().zip(&sides) {
        for (name, side) in [("for", for_it), ("against", against)] {
            let mut voices: Vec<String> = Vec::new();
            let mut cases: Vec<String> = Vec::new();
            for unit in side {
                let heard = twin.world.speakers(unit, false).into_iter();
                voices.extend(heard.filter(|it| !voices.contains(it)).collect::<Vec<_>>());
                if !cases.contains(&unit.case) {
                    cases.push(unit.case.clone());
                }
            }
            assert_eq!(row[&format!("{name}_voices")], voices.join("; "), "{row:?}");
            assert_eq!(row[&format!("{name}_cases")], cases.join("; "), "{row:?}");
        }
    }
}
