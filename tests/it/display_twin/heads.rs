//! The heads of rows and columns as the twin finds them: which entries an axis has, in which order, and which stand together.

use std::collections::BTreeSet;

use super::counting::{Ask, Head, PEOPLE, Twin, dimension, is_of_codes, or_none};
use super::world::{CODERS, CODES, Unit};

impl Twin<'_> {
    fn entries(&self, axis: &str, everybody: bool) -> Vec<String> {
        let in_units = |value: &dyn Fn(&Unit) -> String| -> Vec<String> {
            let mut all: Vec<String> = Vec::new();
            let values = self.units().map(value);
            values.for_each(|it| {
                if !all.contains(&it) {
                    all.push(it)
                }
            });
            all
        };
        let last = |mut all: Vec<String>| {
            all.sort_by_key(|it| it == "-");
            all
        };
        let or = |it: &str| or_none(it).to_owned();
        let cases = || -> BTreeSet<String> { self.units().map(|it| it.case.clone()).collect() };
        let people = || {
            let here = self.world.people.iter().filter(|it| everybody || it.id != "Moderator");
            here.filter(|it| it.case.is_empty() || cases().contains(&it.case))
        };
        let code = |it: &(&str, &str, &[&str])| it.0.to_owned();
        match axis {
            "all" => vec!["all".to_owned()],
            "coder" => CODERS.map(str::to_owned).to_vec(),
            "dimension" => vec!["lead".to_owned(), "tone".to_owned()],
            "code" => CODES.iter().map(code).collect(),
            "concept" => vec!["power".to_owned(), "chill".to_owned()],
            "case" => in_units(&|it| it.case.clone()),
            "transcript" => in_units(&|it| it.text.clone()),
            "source_kind" => last(in_units(&|it| or(&self.world.kinds[&it.text]))),
            "round" => self.world.rounds.clone(),
            "topic" => {
                let mut all = in_units(&|it| or(&it.topic));
                all.sort_by_key(|it| ["t1", "t2", "-"].iter().position(|known| known == it));
                all
            }
            "case.sector" => {
                let mut all: Vec<String> = Vec::new();
                for (_, sector) in self.world.cases.iter().filter(|it| cases().contains(&it.0)) {
                    if !all.contains(&or(sector)) {
                        all.push(or(sector));
                    }
                }
                last(all)
            }
            "participant" => people().map(|it| it.id.clone()).collect(),
            "participant.years" => {
                let found: BTreeSet<String> = people().map(|it| or(&it.years)).collect();
                let order = ["2", "9", "10", "-"].into_iter().map(str::to_owned);
                order.filter(|it| found.contains(it)).collect()
            }
            "role" => {
                let is = |role: &&str| {
                    people().any(|it| (it.id == "Moderator") == (*role == "moderator"))
                };
                ["participant", "moderator"].into_iter().filter(is).map(str::to_owned).collect()
            }
            _ => panic!("{axis}"),
        }
    }

    /// The heads of one side, totals and subtotals among them.
    pub(super) fn heads(&self, ask: &Ask, axes: &[String]) -> Vec<Head> {
        let place = |axis: &String, entry: &String| (axis.clone(), entry.clone());
        let marks = |place: &[(String, String)]| -> Vec<String> {
            let of = |(axis, entry): &(String, String)| match (axis.as_str(), entry.as_str()) {
                ("code" | "dimension", _) => vec![entry.clone()],
                ("concept", "power") => vec!["shared".to_owned()],
                ("concept", _) => vec!["cold".to_owned()],
                _ => Vec::new(),
            };
            place.iter().rev().map(of).find(|it| !it.is_empty()).unwrap_or_default()
        };
        let mut heads: Vec<Head> = Vec::new();
        let of = |axis: &String| self.entries(axis, ask.everybody());
        match axes {
            [axis] => {
                for entry in of(axis) {
                    let one = vec![place(axis, &entry)];
                    heads.push(Head { names: vec![entry], marks: marks(&one), any_of: vec![one] });
                }
            }
            [outer, inner] => {
                for above in of(outer) {
                    let mut beneath: Vec<Head> = Vec::new();
                    for entry in of(inner) {
                        let pair = vec![place(outer, &above), place(inner, &entry)];
                        if self.stand_together(ask, &pair) {
                            let names = vec![above.clone(), entry];
                            beneath.push(Head { names, marks: marks(&pair), any_of: vec![pair] });
                        }
                    }
                    if ask.subtotals && !beneath.is_empty() {
                        let any_of = beneath.iter().flat_map(|it| it.any_of.clone()).collect();
                        let names = vec![above.clone(), "total".to_owned()];
                        let marks = marks(&[place(outer, &above)]);
                        beneath.push(Head { names, marks, any_of });
                    }
                    heads.extend(beneath);
                }
            }
            _ => panic!("{axes:?}"),
        }
        if ask.totals {
            let any_of = heads.iter().flat_map(|it| it.any_of.clone()).collect();
            let mut names = vec![String::new(); axes.len()];
            *names.last_mut().unwrap() = "total".to_owned();
            heads.push(Head { names, marks: Vec::new(), any_of });
        }
        heads
    }

    /// Whether two entries of two axes ever occur in one unit, or one is a code of the other.
    fn stand_together(&self, ask: &Ask, pair: &[(String, String)]) -> bool {
        if let [(outer, above), (inner, code)] = pair
            && outer == "dimension"
            && inner == "code"
        {
            return dimension(code) == above;
        }
        self.units().any(|unit| {
            let lies = |it: &(String, String)| {
                is_of_codes(std::slice::from_ref(&it.0))
                    || ["coder", "round"].contains(&it.0.as_str())
                    || PEOPLE.contains(&it.0.as_str())
                    || self.lies(self.settled, unit, (&it.0, &it.1), (false, false))
            };
            let here = self.world.speakers(unit, ask.everybody());
            pair.iter().all(lies) && self.somebody(&here, pair)
        })
    }
}
