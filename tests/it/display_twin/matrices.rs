//! Matrices, by whatever name, cell by cell against the twin.

use super::counting::{Ask, Head, Twin};
use super::rows;
use super::world::{CODES, Dice};
use crate::support::TestStudy;

const CONTENTS: [&str; 9] =
    ["units", "participants", "cases", "words", "share", "presence", "names", "median", "range"];

fn axes(text: &str) -> Vec<String> {
    text.split('/').map(str::to_owned).collect()
}

/// What may stand in the rows or columns.
const SIDES: [&str; 23] = [
    "all",
    "case",
    "transcript",
    "source_kind",
    "topic",
    "case.sector",
    "coder",
    "round",
    "participant",
    "participant.years",
    "role",
    "code",
    "dimension",
    "concept",
    "case/participant",
    "participant.years/participant",
    "dimension/code",
    "topic/code",
    "case.sector/case",
    "source_kind/case",
    "round/code",
    "concept/topic",
    "transcript/concept",
];

/// Random matrices: axes nested or not, totals, filters, voices, orders, whose decisions. Whatever few of them would have by
/// chance, one of each study has.
pub(super) fn crossed(study: &TestStudy, twin: &Twin<'_>, dice: &mut Dice) {
    for certain in ["concept", "source_kind", "round", "marked", "any"] {
        let (mut one, mut other) = (dice.of(&SIDES), dice.of(&SIDES));
        match certain {
            "marked" => (one, other) = ("participant", dice.of(&["code", "dimension", "concept"])),
            "any" => {}
            axis => one = axis,
        }
        if dice.roll(2) == 0 {
            (one, other) = (other, one);
        }
        let named: Vec<String> = [axes(one), axes(other)].concat();
        let twice = named
            .iter()
            .enumerate()
            .any(|(at, it)| named.iter().take(at).any(|before| before == it));
        if twice && (one, other) != ("code", "code") {
            continue;
        }
        let has = |axis: &str| named.iter().any(|it| it == axis);
        let mut command = format!("--rows {one} --columns {other}");
        let mut flags = vec!["", "--exact", "--totals", "--with-moderator", "--totals --exact"];
        if one.contains('/') || other.contains('/') {
            flags.extend(["--subtotals", "--subtotals --totals"]);
        }
        command = format!("{command} {}", dice.of(&flags));
        if certain == "marked" {
            command += " --voice marked";
        } else if named.iter().any(|it| it.starts_with("participant") || it == "role") {
            command = format!("{command} {}", dice.of(&["", "--voice main", "--voice marked"]));
        }
        // Of one unit, several coders or rounds have several answers.
        let several = has("coder") || has("round");
        if (one == "dimension") != (other == "dimension") && !several {
            command = format!("{command} --cell {}", CONTENTS.join(","));
        } else {
            command = format!("{command} --cell {}", CONTENTS[..7].join(","));
        }
        let rule = dice.of(&["", "", "agreed", "any", "consensus"]);
        if !rule.is_empty() && !has("coder") {
            command = format!("{command} --from {rule}");
        }
        let filter = dice.of(&[
            "",
            "",
            "topic=t1",
            "words>6",
            "participant=P1 or participant.years>=9",
            "code=warm and not case=A",
        ]);
        // Of coders and rounds, each is asked for the code that it gave itself.
        if !filter.is_empty() && (!several || !filter.contains("code=")) {
            command = format!("{command} --where '{filter}'");
        }
        if !one.contains('/') {
            let orders = ["", "", "total", "total:desc", "code:shared:share:desc", "code:tone"];
            let order = dice.of(&orders);
            if !order.is_empty() && !several {
                command = format!("{command} --order-by {order}");
            }
        }
        matrix(study, twin, &format!("matrix {command}"));
        if !command.contains("--order-by") {
            long(study, twin, &format!("matrix {command}"));
        }
    }
}

/// Every display that the program names, by its name; what it leaves open is filled in.
pub(super) fn displays(study: &TestStudy, twin: &Twin<'_>, dice: &mut Dice) {
    for row in rows(study, "display list") {
        let more = match row["name"].as_str() {
            "contrast" => continue,
            "case-ordered" => " --order-by code:lead:desc",
            "predictor-outcome" => " --order-by case.sector",
            "two-variable" => " --rows case.sector/case",
            "time-ordered" => " --columns transcript",
            _ => "",
        };
        let asked = row["command"].trim_start_matches("themata ").trim_end_matches('…');
        let long = match more.split_once(' ').map(|it| it.1) {
            Some(option) => {
                let name = option.split_whitespace().next().unwrap();
                format!("{}{option}", asked.trim_end().trim_end_matches(name))
            }
            None => asked.to_owned(),
        };
        matrix(study, twin, &long);
        // In every form the name gives what the long command does: a few of them in each study.
        if dice.roll(6) > 0 {
            continue;
        }
        for form in ["csv", "json", "table"] {
            let by_name =
                study.bytes(&format!("display {}{more} --format {form}", row["name"]), "");
            assert_eq!(by_name, study.bytes(&format!("{long} --format {form}"), ""), "{long}");
        }
    }
}

/// What an option of a command line says.
fn option<'a>(command: &'a str, name: &str) -> Option<&'a str> {
    let rest = command.split_once(&format!("--{name} "))?.1;
    match rest.strip_prefix('\'') {
        Some(rest) => rest.split('\'').next(),
        None => rest.split_whitespace().next(),
    }
}

fn asked(command: &str) -> Ask {
    let flag = |name: &str| command.split_whitespace().any(|it| it == format!("--{name}"));
    Ask {
        rows: axes(option(command, "rows").unwrap_or("case")),
        columns: axes(option(command, "columns").unwrap_or("dimension")),
        exact: flag("exact"),
        totals: flag("totals"),
        subtotals: flag("subtotals"),
        everybody: flag("with-moderator"),
        voice: option(command, "voice").unwrap_or("all").to_owned(),
    }
}

/// The twin with the decisions that a command line asks for.
fn by_rule<'a>(twin: &Twin<'a>, command: &str) -> Twin<'a> {
    let asked = option(command, "from").unwrap_or("final");
    let (rule, settled) = twin.all.by_rule.iter().find(|it| *it.0 == asked).unwrap();
    Twin { rule, settled, kept: twin.kept.clone(), ..*twin }
}

/// The units for which a condition holds; the ones this test asks for.
fn filtered<'a>(twin: &Twin<'a>, filter: Option<&str>) -> Twin<'a> {
    let holds = |at: &usize| {
        let unit = &twin.world.units[*at];
        let speakers = twin.world.speakers(unit, false);
        let words: usize = twin
            .world
            .of_unit(unit)
            .iter()
            .filter(|it| it.speaker != "Moderator")
            .map(|it| it.words.len())
            .sum();
        let years = |id: &String| twin.world.person(id).and_then(|it| it.years.parse::<u32>().ok());
        match filter {
            None => true,
            Some("topic=t1") => unit.topic == "t1",
            Some("words>6") => words > 6,
            Some("participant=P1 or participant.years>=9") => {
                speakers.iter().any(|it| it == "P1" || years(it).is_some_and(|it| it >= 9))
            }
            Some("code=warm and not case=A") => {
                twin.given(twin.settled, unit, false).contains("warm") && unit.case != "A"
            }
            Some(other) => panic!("{other}"),
        }
    };
    Twin { kept: twin.kept.iter().copied().filter(holds).collect(), ..*twin }
}

/// A matrix, cell by cell, its rows in the order that is asked for.
fn matrix(study: &TestStudy, twin: &Twin<'_>, command: &str) {
    let twin = &filtered(&by_rule(twin, command), option(command, "where"));
    let ask = asked(command);
    let (status, out, err) = study.streams(&format!("{command} --format csv --raw"));
    if status == 2 && err.contains("nothing") {
        assert!(twin.kept.is_empty(), "{command}: {err}");
        return;
    }
    assert_eq!(status, 0, "{command}: {err}");
    let found = super::world::rows(&out);
    let contents: Vec<&str> = option(command, "cell").unwrap_or("units").split(',').collect();
    let (heads, columns) = (twin.heads(&ask, &ask.rows), twin.heads(&ask, &ask.columns));
    let heads = ordered(twin, &ask, command, (heads, &columns), contents[0]);
    let names = |head: &Head| head.names.clone();
    let seen: Vec<Vec<String>> =
        found.iter().map(|row| ask.rows.iter().map(|axis| row[axis].clone()).collect()).collect();
    let expected: Vec<Vec<String>> = heads.iter().map(names).collect();
    assert_eq!(seen, expected, "{command}\n{:#?}\n{:?}", twin.world, twin.settled);
    for (row, head) in found.iter().zip(&heads) {
        for column in &columns {
            for content in &contents {
                let id = column.names.join("/");
                let id = id.trim_start_matches('/');
                let id = if contents.len() > 1 { format!("{id}.{content}") } else { id.to_owned() };
                let cell = row.get(&id).unwrap_or_else(|| panic!("{command}: no {id} in {row:?}"));
                let place = || {
                    let (world, settled) = (twin.world, twin.settled);
                    format!("{command}: {:?} × {id}\n{world:#?}\n{settled:?}", head.names)
                };
                if let Some(most) = content.strip_prefix("quotes:") {
                    let cited = twin.quoted(&ask, (head, column), most.parse().unwrap());
                    assert_eq!(cell.matches("(P").count(), cited.len(), "{}\n{cell}", place());
                    assert!(
                        cited.iter().all(|it| cell.contains(it)),
                        "{}\n{cell}\n{cited:?}",
                        place()
                    );
                } else {
                    assert_eq!(*cell, twin.cell(&ask, (head, column), content), "{}", place());
                }
            }
        }
    }
}

/// The rows by what they hold, ties as they stood; empty ones last, totals behind them.
fn ordered(
    twin: &Twin<'_>,
    ask: &Ask,
    command: &str,
    (mut heads, columns): (Vec<Head>, &[Head]),
    first: &str,
) -> Vec<Head> {
    let Some(order) = option(command, "order-by") else { return heads };
    let (key, down) = match order.strip_suffix(":desc") {
        Some(key) => (key, true),
        None => (order, false),
    };
    if key == "case.sector" {
        let sector = |head: &Head| {
            let text = twin.world.cases.iter().find(|it| it.0 == head.names[0]).unwrap().1.clone();
            (text.is_empty(), text)
        };
        heads.sort_by_key(sector);
        return heads;
    }
    let value = |head: &Head| -> Option<f64> {
        let cell = if key == "total" {
            let with = Ask { totals: true, ..ask.clone() };
            let total = twin.heads(&with, &ask.columns).pop().unwrap();
            twin.cell(&with, (head, &total), first)
        } else {
            let (code, content) = match key.trim_start_matches("code:").split_once(':') {
                Some((code, content)) => (code, content),
                None => (key.trim_start_matches("code:"), "units"),
            };
            let axis = if CODES.iter().any(|it| it.0 == code) { "code" } else { "dimension" };
            let columns = vec![axis.to_owned()];
            let everybody = ask.everybody();
            let of_codes = Ask { columns: columns.clone(), everybody, ..ask.clone() };
            let heads = twin.heads(&Ask { totals: false, ..of_codes.clone() }, &columns);
            let column = heads.iter().find(|it| it.names[0] == code).unwrap();
            twin.cell(&of_codes, (head, column), content)
        };
        cell.parse().ok()
    };
    assert!(!columns.is_empty() || twin.kept.is_empty());
    let ranks: Vec<Option<f64>> = heads.iter().map(value).collect();
    let mut places: Vec<usize> = (0..heads.len()).collect();
    places.sort_by(|one, other| {
        let total = |at: usize| heads[at].names.last().unwrap() == "total";
        let by_rank = match (ranks[*one], ranks[*other]) {
            (Some(one), Some(other)) if down => other.total_cmp(&one),
            (Some(one), Some(other)) => one.total_cmp(&other),
            (one, other) => one.is_none().cmp(&other.is_none()),
        };
        total(*one).cmp(&total(*other)).then(by_rank)
    });
    places.into_iter().map(|at| heads[at].clone()).collect()
}

/// The long form: every cell with the units behind it.
fn long(study: &TestStudy, twin: &Twin<'_>, command: &str) {
    let twin = &filtered(&by_rule(twin, command), option(command, "where"));
    let ask = asked(command);
    let command = command.split(" --cell").next().unwrap().to_owned()
        + &option(command, "from").map(|it| format!(" --from {it}")).unwrap_or_default()
        + &option(command, "where").map(|it| format!(" --where '{it}'")).unwrap_or_default();
    if twin.kept.is_empty() || (ask.voice != "all" && !ask.of_people()) {
        return;
    }
    let found = rows(study, &format!("{command} --long"));
    let mut seen = found.iter();
    for head in twin.heads(&ask, &ask.rows) {
        for column in twin.heads(&ask, &ask.columns) {
            let row = seen.next().unwrap();
            let ids: Vec<&str> =
                twin.behind(&ask, (&head, &column)).iter().map(|it| it.id.as_str()).collect();
            let ids = if twin.cell(&ask, (&head, &column), "units").is_empty() {
                String::new()
            } else {
                ids.join("; ")
            };
            assert_eq!(
                row["units"], ids,
                "{command} --long: {row:?}\n{:#?}\n{:?}",
                twin.world, twin.settled
            );
        }
    }
    assert!(seen.next().is_none(), "{command}");
}

/// Two entries of an axis set against one another: both sides, both bases, the difference, the units.
pub(super) fn contrasts(study: &TestStudy, twin: &Twin<'_>, dice: &mut Dice) {
    for _ in 0..2 {
        let rows_axis = dice.of(&["code", "dimension", "topic", "participant"]);
        let axis = dice.of(&["case", "case.sector", "participant.years", "source_kind", "round"]);
        let ask = Ask {
            rows: axes(axis),
            columns: axes(rows_axis),
            voice: "all".to_owned(),
            ..Ask::default()
        };
        let sides = twin.heads(&ask, &ask.rows);
        if sides.len() < 2 || sides.iter().take(2).any(|it| it.names[0] == "-") {
            continue;
        }
        let (one, other) = (&sides[0], &sides[1]);
        let names = format!("{axis}={},{}", one.names[0], other.names[0]);
        let command =
            format!("matrix --rows {rows_axis} --cell units,participants --contrast {names}");
        let found = rows(study, &command);
        let heads = twin.heads(&ask, &ask.columns);
        assert_eq!(found.len(), heads.len(), "{command}");
        for (row, head) in found.iter().zip(heads) {
            let mut shares = Vec::new();
            for side in [one, other] {
                let cell = |part: &str| row[&format!("{}.{part}", side.names[0])].clone();
                for content in ["units", "participants", "share"] {
                    assert_eq!(
                        cell(content),
                        twin.cell(&ask, (side, &head), content),
                        "{command}: {row:?} {content}\n{:#?}\n{:?}",
                        twin.world,
                        twin.settled
                    );
                }
                let base = twin.base(&ask, (side, &head));
                let is_there = !twin.cell(&ask, (side, &head), "units").is_empty();
                assert_eq!(
                    cell("base"),
                    if is_there { base.to_string() } else { String::new() },
                    "{command}: {row:?}"
                );
                shares.push(cell("share").parse::<f64>().ok());
                let units: Vec<&str> =
                    twin.behind(&ask, (side, &head)).iter().map(|it| it.id.as_str()).collect();
                assert_eq!(
                    row[&format!("{}.locators", side.names[0])],
                    units.join("; "),
                    "{command}: {row:?}"
                );
            }
            let difference = shares[0].zip(shares[1]).map(|(one, other)| (one - other).to_string());
            assert_eq!(row["difference"], difference.unwrap_or_default(), "{command}: {row:?}");
        }
    }
}

/// What researchers wrote of cells: it stands there, and is stale once it rests on other units.
pub(super) fn summaries(study: &TestStudy, twin: &Twin<'_>, dice: &mut Dice) {
    let ask = Ask {
        rows: axes("case"),
        columns: axes("code"),
        voice: "all".to_owned(),
        ..Ask::default()
    };
    let mut list = String::from("row,column,text,by,at,units\n");
    let mut written = Vec::new();
    for head in twin.heads(&ask, &ask.rows) {
        for column in twin.heads(&ask, &ask.columns) {
            let mut units: Vec<&str> =
                twin.behind(&ask, (&head, &column)).iter().map(|it| it.id.as_str()).collect();
            let is_stale = dice.roll(3) == 0 && units.len() > 1;
            if is_stale {
                units.pop();
            }
            let (row, column) = (&head.names[0], &column.names[0]);
            if !units.is_empty() && dice.roll(2) == 0 {
                list +=
                    &format!("{row},{column},Of {row} and {column}.,c1,,{}\n", units.join("; "));
                written.push((row.clone(), column.clone(), is_stale));
            }
        }
    }
    study.write("summaries.csv", &list);
    for row in rows(study, "matrix --columns code --cell summary") {
        for (code, ..) in CODES {
            let known = written.iter().find(|it| it.0 == row["case"] && it.1 == code);
            let text = known.map_or(String::new(), |it| format!("Of {} and {}.", it.0, it.1));
            assert_eq!(row[code].trim_start_matches("[stale] "), text, "{row:?}");
        }
    }
    let (_, json, _) =
        study.streams("matrix --columns code --cell summary --format md --names ids");
    assert_eq!(json.matches("stale").count() > 0, written.iter().any(|it| it.2), "{json}");
}
