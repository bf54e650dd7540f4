//! The twin: it asks of each unit, by itself, whether it belongs in a cell and whether it could, and counts by hand.

use std::collections::{BTreeMap, BTreeSet};

use super::world::{CODES, Unit, World};

/// Per unit and dimension, the codes; nothing where it is not settled.
pub(super) type Settled = BTreeMap<(String, String), BTreeSet<String>>;

/// What counts, by whose decisions it is asked for, and what each coder decided.
#[derive(Debug, Default)]
pub(super) struct Answers {
    pub(super) by_rule: BTreeMap<&'static str, Settled>,
    pub(super) of_coder: BTreeMap<String, Settled>,
}

/// Whose answers are looked at, where that matters, in which round, where that does, and the answers.
#[derive(Clone, Copy)]
struct Source<'a> {
    coder: Option<&'a str>,
    round: Option<&'a str>,
    settled: &'a Settled,
}

/// A matrix as it is asked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Ask {
    pub(super) rows: Vec<String>,
    pub(super) columns: Vec<String>,
    pub(super) exact: bool,
    pub(super) totals: bool,
    pub(super) subtotals: bool,
    pub(super) everybody: bool,
    pub(super) voice: String,
}

/// A row or column: how it is headed, and any of which entries a unit must be in, one an axis.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub(super) names: Vec<String>,
    pub(super) any_of: Vec<Vec<(String, String)>>,
    /// The codes for which a voice must be marked; any where there are none.
    pub(super) marks: Vec<String>,
}

pub(super) struct Twin<'a> {
    pub(super) world: &'a World,
    /// What counts by the rule that is asked for, over all rounds.
    pub(super) settled: &'a Settled,
    pub(super) rule: &'a str,
    pub(super) all: &'a Answers,
    /// The same round by round.
    pub(super) of_round: &'a [(String, Answers)],
    /// Which units are looked at.
    pub(super) kept: Vec<usize>,
}

pub(super) const PEOPLE: [&str; 3] = ["participant", "participant.years", "role"];

/// What stands for an empty cell of a list.
pub(super) fn or_none(value: &str) -> &str {
    if value.is_empty() { "-" } else { value }
}

pub(super) fn dimension(code: &str) -> &str {
    CODES.iter().find(|it| it.0 == code).map_or(code, |it| it.1)
}

pub(super) fn is_of_codes(axes: &[String]) -> bool {
    axes.iter().any(|it| ["code", "dimension", "concept"].contains(&it.as_str()))
}

impl Ask {
    pub(super) fn of_people(&self) -> bool {
        self.rows.iter().chain(&self.columns).any(|it| PEOPLE.contains(&it.as_str()))
    }

    pub(super) fn everybody(&self) -> bool {
        self.everybody || self.rows.iter().chain(&self.columns).any(|it| it == "role")
    }
}

impl<'a> Twin<'a> {
    pub(super) fn units(&self) -> impl Iterator<Item = &'a Unit> {
        self.kept.iter().map(|at| &self.world.units[*at])
    }

    /// Whose answers are looked at, one after the other: those of each coder where coders stand in rows or columns, of each
    /// round where rounds do.
    fn sources(&self, ask: &Ask) -> Vec<Source<'_>> {
        let has = |axis: &str| ask.rows.iter().chain(&ask.columns).any(|it| it == axis);
        let rounds: Vec<(Option<&str>, &Answers)> = match has("round") {
            true => self.of_round.iter().map(|it| (Some(it.0.as_str()), &it.1)).collect(),
            false => vec![(None, self.all)],
        };
        let of = |(round, answers): (_, &'a Answers)| -> Vec<Source<'_>> {
            let source = |coder, settled| Source { coder, round, settled };
            match has("coder") {
                true => answers.of_coder.iter().map(|it| source(Some(it.0), it.1)).collect(),
                false => vec![source(None, &answers.by_rule[self.rule])],
            }
        };
        rounds.into_iter().flat_map(of).collect()
    }

    pub(super) fn codes(&self, of: &Settled, unit: &Unit) -> BTreeSet<String> {
        let of = |dimension: &str| of.get(&(unit.id.clone(), dimension.to_owned()));
        ["lead", "tone"].into_iter().filter_map(of).flatten().cloned().collect()
    }

    fn decided(&self, of: &Settled, unit: &Unit, dimension: &str) -> bool {
        of.contains_key(&(unit.id.clone(), dimension.to_owned()))
    }

    /// What was given, with what lies above it unless only what was given itself counts.
    pub(super) fn given(&self, of: &Settled, unit: &Unit, exact: bool) -> BTreeSet<String> {
        let mut given = self.codes(of, unit);
        if !exact {
            for code in given.clone() {
                let above = CODES.iter().find(|(id, ..)| *id == code).map_or(&[][..], |it| it.2);
                given.extend(above.iter().map(|it| (*it).to_owned()));
                given.insert(dimension(&code).to_owned());
            }
        }
        given
    }

    fn concept(&self, of: &Settled, unit: &Unit, exact: bool) -> BTreeSet<String> {
        let given = self.given(of, unit, exact);
        let power = given.contains("shared") || unit.topic == "t2";
        let all = [("power", power), ("chill", given.contains("cold"))];
        all.into_iter().filter(|it| it.1).map(|it| it.0.to_owned()).collect()
    }

    /// Whether a unit lies in an entry of an axis that is not of people: given it, or (`could`) so that it might have been.
    pub(super) fn lies(
        &self,
        of: &Settled,
        unit: &Unit,
        (axis, entry): (&str, &str),
        how: (bool, bool),
    ) -> bool {
        let (exact, could) = how;
        match axis {
            "all" => true,
            "case" => unit.case == entry,
            "transcript" => unit.text == entry,
            "source_kind" => or_none(&self.world.kinds[&unit.text]) == entry,
            "topic" => or_none(&unit.topic) == entry,
            "case.sector" => {
                or_none(&self.world.cases.iter().find(|it| it.0 == unit.case).unwrap().1) == entry
            }
            "code" | "dimension" if could => self.decided(of, unit, dimension(entry)),
            "code" | "dimension" => self.given(of, unit, exact).contains(entry),
            "concept" if could => {
                let dimension = if entry == "power" { "lead" } else { "tone" };
                self.decided(of, unit, dimension) || (entry == "power" && unit.topic == "t2")
            }
            "concept" => self.concept(of, unit, exact).contains(entry),
            _ => panic!("{axis}"),
        }
    }

    pub(super) fn is(&self, person: &str, (axis, entry): (&str, &str)) -> bool {
        let years = || self.world.person(person).map_or("", |it| it.years.as_str());
        match axis {
            "participant" => person == entry,
            "participant.years" => or_none(years()) == entry,
            "role" => (if person == "Moderator" { "moderator" } else { "participant" }) == entry,
            _ => true,
        }
    }

    /// Who counts in a unit by the voice that is asked for.
    fn voices(&self, ask: &Ask, unit: &Unit) -> Vec<String> {
        let all = self.world.speakers(unit, ask.everybody());
        match ask.voice.as_str() {
            "main" => {
                let most = all.iter().map(|it| self.words(unit, it)).max();
                all.iter()
                    .find(|it| Some(self.words(unit, it)) == most)
                    .cloned()
                    .into_iter()
                    .collect()
            }
            "marked" => all.into_iter().filter(|it| self.is_marked(unit, it, &[])).collect(),
            _ => all,
        }
    }

    fn words(&self, unit: &Unit, person: &str) -> usize {
        let own = self.world.of_unit(unit).iter().filter(|it| it.speaker == person);
        own.map(|it| it.words.len()).sum()
    }

    fn is_marked(&self, unit: &Unit, person: &str, codes: &[String]) -> bool {
        self.picked(unit, codes)
            .into_iter()
            .any(|at| self.world.lines[&unit.text][at - 1].speaker == person)
    }

    /// The paragraphs of a unit that were picked for one of these codes or what lies beneath.
    fn picked(&self, unit: &Unit, codes: &[String]) -> Vec<usize> {
        let is_for = |code: &str| {
            let above = CODES.iter().find(|it| it.0 == code).unwrap();
            let up = |it: &String| it == code || it == above.1 || above.2.contains(&it.as_str());
            codes.is_empty() || codes.iter().any(up)
        };
        let here = self.world.picks.iter().filter(|it| it.text == unit.text && is_for(&it.code));
        here.map(|it| it.paragraph).filter(|at| (unit.first..=unit.last).contains(at)).collect()
    }

    /// Whether one person meets all that is asked of people; nobody is needed where nothing is.
    pub(super) fn somebody(&self, here: &[String], place: &[(String, String)]) -> bool {
        let asks = place.iter().any(|it| PEOPLE.contains(&it.0.as_str()));
        !asks || here.iter().any(|person| place.iter().all(|it| self.is(person, (&it.0, &it.1))))
    }

    /// The places of a row and a column together.
    fn together(row: &Head, column: &Head) -> Vec<Vec<(String, String)>> {
        let with = |one: &Vec<(String, String)>| {
            let one = one.clone();
            column.any_of.iter().map(move |other| [one.clone(), other.clone()].concat())
        };
        row.any_of.iter().flat_map(with).collect()
    }

    fn holds(
        &self,
        ask: &Ask,
        unit: &Unit,
        (place, source): (&[(String, String)], Source<'_>),
        could: bool,
    ) -> bool {
        let of = source.settled;
        let lies = |it: &(String, String)| match it.0.as_str() {
            "coder" => source.coder == Some(it.1.as_str()),
            "round" => source.round == Some(it.1.as_str()),
            axis if PEOPLE.contains(&axis) => true,
            axis => self.lies(of, unit, (axis, &it.1), (ask.exact, could)),
        };
        let known = ["lead", "tone"].iter().any(|it| self.decided(of, unit, it));
        known && place.iter().all(lies) && self.somebody(&self.voices(ask, unit), place)
    }

    /// For whom a unit counts in a cell.
    fn here(&self, ask: &Ask, unit: &Unit, (row, column): (&Head, &Head)) -> Vec<String> {
        let stands = |person: &String, head: &Head| {
            head.any_of.iter().any(|place| place.iter().all(|it| self.is(person, (&it.0, &it.1))))
        };
        let marked = |person: &String| {
            ask.voice != "marked"
                || (self.is_marked(unit, person, &row.marks)
                    && self.is_marked(unit, person, &column.marks))
        };
        let all = self.voices(ask, unit).into_iter();
        all.filter(|it| stands(it, row) && stands(it, column) && marked(it)).collect()
    }

    /// The units behind a cell.
    pub(super) fn behind(&self, ask: &Ask, cell: (&Head, &Head)) -> Vec<&'a Unit> {
        let places = Self::together(cell.0, cell.1);
        let marked = ask.voice == "marked" && ask.of_people();
        let is = |unit: &&Unit| {
            let holds = |source: &Source<'_>| {
                let here = |place: &Vec<_>| self.holds(ask, unit, (place, *source), false);
                !self.codes(source.settled, unit).is_empty() && places.iter().any(here)
            };
            self.sources(ask).iter().any(holds)
                && (!marked || !self.here(ask, unit, cell).is_empty())
        };
        self.units().filter(is).collect()
    }

    fn possible(&self, ask: &Ask, cell: (&Head, &Head)) -> bool {
        let places = Self::together(cell.0, cell.1);
        let sources = self.sources(ask);
        self.units().any(|unit| {
            let could = |source| places.iter().any(|it| self.holds(ask, unit, (it, source), true));
            sources.iter().any(|it| could(*it))
        })
    }

    /// What stands in a cell of a CSV.
    pub(super) fn cell(&self, ask: &Ask, cell: (&Head, &Head), content: &str) -> String {
        if !self.possible(ask, cell) {
            return String::new();
        }
        let behind = self.behind(ask, cell);
        let people = || -> BTreeSet<String> {
            behind.iter().flat_map(|it| self.here(ask, it, cell)).collect()
        };
        match content {
            "units" => behind.len().to_string(),
            "presence" => u8::from(!behind.is_empty()).to_string(),
            "participants" => people().len().to_string(),
            "names" => {
                let listed = self.world.people.iter().map(|it| it.id.clone());
                listed.filter(|it| people().contains(it)).collect::<Vec<_>>().join("; ")
            }
            "cases" => behind.iter().map(|it| &it.case).collect::<BTreeSet<_>>().len().to_string(),
            "words" => {
                let by_person = ask.of_people() || ask.everybody();
                let of = |unit: &&Unit| -> usize {
                    let here = if by_person {
                        self.here(ask, unit, cell)
                    } else {
                        self.world.speakers(unit, false)
                    };
                    here.iter().map(|it| self.words(unit, it)).sum()
                };
                behind.iter().map(of).sum::<usize>().to_string()
            }
            "share" => match self.base(ask, cell) {
                0 => String::new(),
                base => (behind.len() as f64 / base as f64).to_string(),
            },
            "median" | "range" => self.scale(&behind, cell, content),
            _ => panic!("{content}"),
        }
    }

    /// What a share is of: the row's units decided where the column's code could have been given, or else with any code.
    pub(super) fn base(&self, ask: &Ask, (row, column): (&Head, &Head)) -> usize {
        let of_codes = is_of_codes(&ask.columns);
        let is = |unit: &&Unit| {
            self.sources(ask).into_iter().any(|source| {
                let holds = |place: &Vec<_>, could| self.holds(ask, unit, (place, source), could);
                let counts = match of_codes {
                    true => column.any_of.iter().any(|it| holds(it, true)),
                    false => !self.codes(source.settled, unit).is_empty(),
                };
                counts && row.any_of.iter().any(|it| holds(it, false))
            })
        };
        self.units().filter(is).count()
    }

    /// The middle, or the lowest and the highest, of the answers on the scale of `tone`.
    fn scale(&self, behind: &[&Unit], (row, column): (&Head, &Head), content: &str) -> String {
        let is_tone = [row, column].iter().any(|it| {
            it.any_of.len() == 1
                && it.any_of[0].iter().any(|it| it.0 == "dimension" && it.1 == "tone")
        });
        let scale = ["cold", "mild", "warm"];
        let position = |unit: &&Unit| {
            let codes = self.codes(self.settled, unit);
            scale.iter().position(|it| codes.contains(*it))
        };
        let mut found: Vec<usize> = behind.iter().filter_map(position).collect();
        found.sort_unstable();
        if !is_tone || found.is_empty() {
            return String::new();
        }
        let (low, high) = match content {
            "median" => (found[(found.len() - 1) / 2], found[found.len() / 2]),
            _ => (found[0], found[found.len() - 1]),
        };
        if low == high && content == "median" {
            scale[low].to_owned()
        } else {
            format!("{}; {}", scale[low], scale[high])
        }
    }

    /// Where the chosen quotations of a cell stand, in order of place: what was picked first, then from whom and from where
    /// least was taken, and of those the shortest of more than eight words.
    pub(super) fn quoted(&self, ask: &Ask, cell: (&Head, &Head), most: usize) -> Vec<String> {
        let codes: Vec<String> = [cell.0.marks.clone(), cell.1.marks.clone()].concat();
        let may = |unit: &&Unit| {
            self.world.speakers(unit, false).iter().all(|it| self.world.person(it).unwrap().quoted)
        };
        let mut left: Vec<&Unit> = self.behind(ask, cell).into_iter().filter(may).collect();
        let mut taken: Vec<&Unit> = Vec::new();
        if left.len() <= most {
            taken.append(&mut left);
        }
        while taken.len() < most && !left.is_empty() {
            let rank = |unit: &&Unit| {
                let heard = |it: &String| {
                    taken
                        .iter()
                        .filter(|other| self.world.speakers(other, false).contains(it))
                        .count()
                };
                let heard = self.world.speakers(unit, false).iter().map(heard).max().unwrap_or(0);
                let seen = taken.iter().filter(|it| it.case == unit.case).count();
                let words: usize =
                    self.world.speakers(unit, false).iter().map(|it| self.words(unit, it)).sum();
                let length = if words > 8 { words } else { 1000 - words };
                (self.picked(unit, &codes).is_empty(), heard, seen, words <= 8, length)
            };
            let best = left.iter().map(rank).min().unwrap();
            let at = left.iter().position(|it| rank(it) == best).unwrap();
            taken.push(left.remove(at));
        }
        let place = |unit: &Unit| self.world.units.iter().position(|it| it.id == unit.id);
        taken.sort_by_key(|it| place(it));
        let cited = |unit: &&Unit| match self.picked(unit, &codes).first() {
            Some(at) => format!("{}: {at})", self.named(unit)),
            None if unit.first == unit.last => format!("{}: {})", self.named(unit), unit.first),
            None => format!("{}: {}-{})", self.named(unit), unit.first, unit.last),
        };
        taken.iter().map(cited).collect()
    }

    /// What a citation calls the sitting: its case, where that has one sitting only.
    fn named(&self, unit: &Unit) -> String {
        match self.world.texts.iter().filter(|it| it.1 == unit.case).count() {
            1 => format!("Group {}", unit.case),
            _ => unit.text.clone(),
        }
    }
}
