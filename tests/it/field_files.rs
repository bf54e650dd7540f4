//! Kinds of fault from the field about files of other programs, made at random with the right answer known: tables of codes
//! in every shape and language, pages in columns, letters that a wrong encoding damaged.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use encoding_rs::{
    Encoding, IBM866, MACINTOSH, UTF_8, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1254,
};
use themata::unitize::import::{self, Options};

use crate::import_forms::Dice;
use crate::import_pdf::{lines, pdf};
use crate::program::themata;

/// Seeds tried for each kind.
const SEEDS: u64 = 200;

const NAMES: [&str; 24] = [
    "Confianza",
    "Kosten",
    "Überlegung",
    "Santé",
    "Lei",
    "Trust in people",
    "Zeitdruck",
    "Más tarde",
    "Dinheiro",
    "Vicini",
    "Own pace",
    "Rôle du maire",
    "Straße",
    "Cambio de líder",
    "Fairness",
    "Ärger",
    "Présence",
    "Vergüenza",
    "Open door",
    "Sozial",
    "Fiducia",
    "Rotating roles",
    "Ação",
    "Who decides",
];

/// Headings of groups, codes and definitions.
const HEADS: [[&str; 3]; 10] = [
    ["dimension", "code", "definition"],
    ["Category", "Code", "Description"],
    ["Theme", "Sub-theme", "Definition"],
    ["Tema", "Código", "Definición"],
    ["Categoría", "Subcategoría", "Descripción"],
    ["Oberkategorie", "Unterkategorie", "Beschreibung"],
    ["Hauptthema", "Code", "Definition"],
    ["Thème", "Sous-thème", "Définition"],
    ["Categoria", "Codice", "Descrizione"],
    ["Categoria", "Subcategoria", "Definição"],
];

/// Names of groups, each with its codes and what they mean.
type Tree = Vec<(String, Vec<(String, String)>)>;

fn tree(dice: &mut Dice) -> Tree {
    let mut names: Vec<&str> = NAMES.to_vec();
    let mut take = |dice: &mut Dice| names.remove(dice.roll(names.len())).to_owned();
    let groups = 2 + dice.roll(3);
    (0..groups)
        .map(|_| {
            let group = take(dice);
            let codes = 1 + dice.roll(4);
            let code = |dice: &mut Dice, name: String| {
                let said =
                    if dice.roll(2) == 0 { String::new() } else { format!("Said of {name}") };
                (name, said)
            };
            let codes = (0..codes)
                .map(|_| {
                    let name = take(dice);
                    code(dice, name)
                })
                .collect();
            (group, codes)
        })
        .collect()
}

/// A table of codes in one of the shapes of programs and people, its cells parted by a mark.
fn table(dice: &mut Dice, tree: &Tree, shape: usize) -> Vec<Vec<String>> {
    let row = |cells: &[&str]| cells.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    let mut rows = Vec::new();
    if dice.roll(3) == 0 {
        rows.push(row(&["Codebook of the team", "", ""]));
    }
    let heads = HEADS[dice.roll(HEADS.len())];
    let (mut id, mut at) = (100, 0);
    match shape {
        0 => rows.push(row(&heads)),
        1 => rows.push(row(&["Name", "Parent", "Description", "Files"])),
        2 => rows.push(row(&["Code", "Memo"])),
        3 => rows.push(row(&["Code System", "Memo", "Frequency"])),
        _ => rows.push(row(&["Id", "Parent Id", "Title", "Description"])),
    }
    for (group, codes) in tree {
        let root = id;
        match shape {
            0 => {}
            1 => rows.push(row(&[group, "", "", "3"])),
            2 => rows.push(row(&[group, ""])),
            3 => rows.push(row(&[group, "", "4"])),
            _ => rows.push(row(&[&root.to_string(), "", group, ""])),
        }
        for (code, said) in codes {
            (id, at) = (id + 1, at + 1);
            rows.push(match shape {
                0 => row(&[group, code, said]),
                1 => row(&[code, group, said, "1"]),
                2 => row(&[&format!("{group}\\{code}"), said]),
                3 => row(&[&format!("   {code}"), said, "2"]),
                _ => row(&[&id.to_string(), &root.to_string(), code, said]),
            });
        }
        id += 1;
    }
    rows
}

#[test]
fn tables_of_codes_of_other_programs_and_languages_are_read() {
    for seed in 0..SEEDS {
        let mut dice = Dice::new(seed * 83 + 29);
        let tree = tree(&mut dice);
        let shape = dice.roll(5);
        let mark = dice.of(&[",", ";", "\t"]);
        let text: String = table(&mut dice, &tree, shape)
            .iter()
            .map(|row| {
                row.iter().map(|it| format!("\"{it}\"")).collect::<Vec<_>>().join(mark) + "\n"
            })
            .collect();
        let bytes = match dice.roll(4) {
            0 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            1 => WINDOWS_1252.encode(&text).0.into_owned(),
            2 => format!("\u{feff}{text}").into_bytes(),
            _ => text.clone().into_bytes(),
        };
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("codes.csv");
        fs::write(&path, bytes).unwrap();
        let study = home.path().join("s");
        let (study, path) = (study.to_str().unwrap(), path.to_str().unwrap());
        let run = themata(home.path(), &["init", study, "--coder", "c1", "--codebook", path]);
        assert_eq!(run.status, 0, "{text}{}", run.err);
        let book = fs::read_to_string(home.path().join("s/codebook.yaml")).unwrap();
        let book: serde_yaml::Value = serde_yaml::from_str(&book).unwrap();
        let called =
            |it: &serde_yaml::Value| it["name"].as_str().or(it["id"].as_str()).unwrap().to_owned();
        let said = |it: &serde_yaml::Value| {
            it["definition"].as_str().unwrap_or_default().trim().to_owned()
        };
        let mut found = Vec::new();
        for group in book["dimensions"].as_sequence().unwrap() {
            let codes = group["codes"].as_sequence().unwrap();
            let codes = codes.iter().map(|it| (called(it), said(it))).collect();
            found.push((called(group), codes));
        }
        assert_eq!(found, tree, "shape {shape}\n{text}{}{}", run.out, run.err);
    }
}

#[test]
fn pages_in_columns_are_read_column_by_column_to_the_last_page() {
    const SAID: [&str; 8] = [
        "we met in the old school",
        "and nobody had a key",
        "so somebody rang the bell",
        "then it rained for a week",
        "my sister brought chairs",
        "the council never wrote",
        "we voted and that was it",
        "it was cold in that hall",
    ];
    for seed in 0..SEEDS {
        let mut dice = Dice::new(seed * 53 + 17);
        let columns = 2 + dice.roll(2);
        let (width, height) = (if columns == 2 { 260 } else { 175 }, 10 + dice.roll(30));
        let mut turns = Vec::new();
        for at in 0..columns * height * 2 / 3 {
            let length = 1 + dice.roll(4);
            let mut lines: Vec<String> = (0..length).map(|_| dice.of(&SAID).to_owned()).collect();
            lines[0] = format!("P{}: {}", 1 + at % 3, lines[0]);
            lines.last_mut().unwrap().push('.');
            turns.push(lines);
        }
        let all: Vec<&String> = turns.iter().flatten().collect();
        let mut pages = Vec::new();
        for on_page in all.chunks(columns * height) {
            let whole = on_page.len() == columns * height;
            // A last page is filled column by column, or its columns are made equal.
            let deep =
                if whole || dice.roll(2) == 0 { height } else { on_page.len().div_ceil(columns) };
            let mut page = String::new();
            for (column, texts) in on_page.chunks(deep).enumerate() {
                let placed: Vec<(u32, &str)> = texts
                    .iter()
                    .enumerate()
                    .map(|(at, it)| (780 - 12 * at as u32, it.as_str()))
                    .collect();
                page += &lines((40 + column * width) as u32, &placed);
            }
            pages.push(page);
        }
        let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
        let found = import::read("a.pdf", &pdf(&pages), &Options::default()).unwrap().draft;
        let found: Vec<String> = found.paragraphs.iter().map(|it| it.text.clone()).collect();
        let expected: Vec<String> = turns.iter().map(|it| it.join(" ")[4..].to_owned()).collect();
        let first = found.iter().zip(&expected).find(|(one, other)| one != other);
        assert_eq!(
            found.len(),
            expected.len(),
            "seed {seed}: {columns} columns of {height}: {first:?}"
        );
        assert!(first.is_none(), "seed {seed}: {columns} columns of {height}: {first:?}");
    }
}

const TALKS: [(&str, &[&str]); 6] = [
    (
        "es",
        &[
            "¿Cómo empezó todo?",
            "Llegué con mi señora mañana.",
            "Qué frío hacía allí.",
            "Más tarde salió él solo.",
            "No sé, aún no.",
        ],
    ),
    (
        "de",
        &[
            "Wie war’s für Sie?",
            "Die Straße war gefährlich, fand ich.",
            "Schön, aber zu früh.",
            "Über Nacht kam größere Kälte.",
            "Natürlich müssen wir.",
        ],
    ),
    (
        "fr",
        &[
            "Ça a commencé où ?",
            "À l’école, bien sûr, en été.",
            "Très tôt déjà, même là.",
            "On a été très déçus.",
            "Où ça, près du marché.",
        ],
    ),
    (
        "pt",
        &[
            "Então começou à noite.",
            "Não sei, a reunião já acabou.",
            "É ótimo, não é?",
            "A irmã também não veio.",
            "Lá em São João.",
        ],
    ),
    (
        "it",
        &[
            "Perché è così tardi?",
            "È già più tardi, però.",
            "La città è là, si può.",
            "Così è la libertà.",
            "Né più né meno, cioè.",
        ],
    ),
    (
        "cs",
        &[
            "Přišli jsme později.",
            "Žádný klíč nebyl, příště.",
            "Třetí dům, něco tam je.",
            "Když pršelo, šli jsme.",
            "Řekl, že ještě uvidí.",
        ],
    ),
];

#[test]
fn letters_that_went_through_a_wrong_encoding_are_noticed_and_sound_ones_are_not() {
    let noted = |text: &str| {
        let draft = import::read("a.txt", text.as_bytes(), &Options::default()).unwrap().draft;
        draft.notes.iter().any(|it| ["import.note.damaged", "import.note.coded"].contains(&it.key))
    };
    let wrong: [&'static Encoding; 6] =
        [WINDOWS_1252, WINDOWS_1250, WINDOWS_1251, WINDOWS_1254, MACINTOSH, IBM866];
    let mut missed = BTreeSet::new();
    for seed in 0..SEEDS {
        let mut dice = Dice::new(seed * 37 + 19);
        let (tongue, said) = TALKS[dice.roll(TALKS.len())];
        let mut text = String::new();
        for at in 0..10 + dice.roll(10) {
            writeln!(text, "P{}: {}", 1 + at % 3, dice.of(said)).unwrap();
        }
        assert!(!noted(&text), "{tongue}: {text}");
        let way = dice.roll(8);
        let other = wrong[dice.roll(wrong.len())];
        let damaged = match way {
            // Read as something else than UTF-8, and saved: once or twice.
            0..=2 => other.decode_without_bom_handling(text.as_bytes()).0.into_owned(),
            3 => {
                let once = other.decode_without_bom_handling(text.as_bytes()).0.into_owned();
                WINDOWS_1252.decode_without_bom_handling(once.as_bytes()).0.into_owned()
            }
            // Saved in an old encoding, and read as UTF-8.
            4 => UTF_8
                .decode_without_bom_handling(&WINDOWS_1252.encode(&text.replace('’', "'")).0)
                .0
                .into_owned(),
            5 => text.chars().map(|it| if it.is_ascii() { it } else { '\u{fffd}' }).collect(),
            6 => {
                text.chars()
                    .map(|it| {
                        if it.is_ascii() { it.to_string() } else { format!("&#{};", u32::from(it)) }
                    })
                    .collect()
            }
            _ => text
                .chars()
                .map(|it| {
                    let code = |byte: &u8| format!("={byte:02X}");
                    let plain = it.is_ascii();
                    if plain {
                        it.to_string()
                    } else {
                        it.to_string().as_bytes().iter().map(code).collect()
                    }
                })
                .collect(),
        };
        if !noted(&damaged) {
            missed.insert(format!(
                "{tongue} way {way} {}: {}",
                other.name(),
                damaged.lines().next().unwrap()
            ));
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}
