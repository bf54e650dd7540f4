//! The way of a study as `--help` and the README show it, command by command, on real talk.

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Command;

use regex::Regex;

use crate::workbook_file;

/// Two meetings that stand in for two focus groups.
fn talk() -> Option<[PathBuf; 2]> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/qmsum/extracted");
    let files = [folder.join("ES2004a.txt"), folder.join("IS1003a.txt")];
    files.iter().all(|file| file.is_file()).then_some(files)
}

fn commands_of(text: &str) -> Vec<Vec<String>> {
    let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    text.lines().map(str::trim).filter(|line| line.starts_with("themata ")).map(words).collect()
}

/// The program itself, in a folder.
fn program(folder: &Path, arguments: &[String], input: &str) -> (i32, String, String) {
    use std::io::Write;
    let mut child = Command::new(env!("CARGO_BIN_EXE_themata"))
        .args(&arguments[1..])
        .current_dir(folder)
        .env("LC_ALL", "C")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// Walks a list of commands in a fresh folder with the two meetings as `group-1.txt` and `group-2.txt`;
/// whoever is missing seals before agreement. Returns the matrix.
fn walk(commands: &[Vec<String>], files: &[PathBuf; 2]) -> String {
    let place = tempfile::tempdir().unwrap();
    for (file, name) in files.iter().zip(["group-1.txt", "group-2.txt"]) {
        fs::copy(file, place.path().join(name)).unwrap();
    }
    let run = |command: &[String], input: &str| {
        let (status, out, err) = program(place.path(), command, input);
        assert_eq!(status, 0, "{command:?}\n{out}\n{err}");
        out
    };
    for command in commands {
        let line = command.join(" ");
        if line.contains(" receive ") {
            fill_sheet(&place.path().join("c2.xlsx"));
        }
        if line.contains(" agree")
            && !commands.iter().any(|it| it.join(" ").contains("seal --coder c2"))
        {
            let seal = ["themata", "-C", "study", "seal", "--coder", "c2"].map(str::to_owned);
            run(&seal, "");
        }
        let input = match line.as_str() {
            code if code.contains(" code ") => coder_one(place.path()),
            resolve if resolve.contains(" resolve ") => {
                "c1,c2\n1\nslip\nagreed at once\nq\n".to_owned()
            }
            _ => String::new(),
        };
        run(command, &input);
    }
    fs::read_to_string(place.path().join("matrix.csv")).unwrap()
}

/// What the first coder types: horizontal leadership in every fourth unit, the rest none.
fn coder_one(place: &Path) -> String {
    let units = |id: &str| {
        let text = fs::read_to_string(place.join(format!("study/units/{id}.csv"))).unwrap();
        text.lines().filter(|line| line.contains(",talk,")).count()
    };
    let all = units("group-1") + units("group-2");
    (0..all).map(|unit| if unit % 4 == 0 { "horizontal\ne\n" } else { "e\n" }).collect()
}

/// What the second coder fills into the sheet: `none` in the first column of every dimension, and now
/// and then horizontal leadership.
fn fill_sheet(path: &Path) {
    let first_columns = Regex::new(r#"<c r="([EHKNQ])(\d+)"( s="\d+")?\s*/>"#).unwrap();
    let book = workbook_file::edited(&fs::read(path).unwrap(), "xl/worksheets/sheet1.xml", |xml| {
        let fill = |cell: &regex::Captures<'_>| {
            let row: usize = cell[2].parse().unwrap();
            let text =
                if &cell[1] == "E" && row % 5 == 1 { "Horizontal and facilitated" } else { "none" };
            let style = cell.get(3).map_or("", |it| it.as_str());
            format!("<c r=\"{}{row}\"{style} t=\"inlineStr\"><is><t>{text}</t></is></c>", &cell[1])
        };
        first_columns.replace_all(&xml, fill).into_owned()
    });
    fs::write(path, book).unwrap();
}

fn help() -> String {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    themata::cli::run(["themata", "--help"], &mut Cursor::new(""), &mut out, &mut err);
    String::from_utf8(out).unwrap()
}

/// Both meetings are there, with figures in every dimension that was decided.
fn check(matrix: &str) {
    let lines: Vec<&str> = matrix.lines().collect();
    assert_eq!(lines[0], "case,leadership,relationships,conflict,outputs,impact");
    assert!(lines[1].starts_with("group-1,") && lines[1].ends_with(",0,0,0,0"), "{}", lines[1]);
    assert!(lines[2].starts_with("group-2,") && lines[2].ends_with(",0,0,0,0"), "{}", lines[2]);
    let leadership: u32 = lines[1].split(',').nth(1).unwrap().parse().unwrap();
    assert!(leadership > 0);
}

#[test]
fn the_way_that_help_shows_leads_from_two_meetings_to_a_matrix() {
    let Some(files) = talk() else {
        eprintln!("skipped: ../shared is not here");
        return;
    };
    let commands = commands_of(&help());
    assert_eq!(commands.len(), 12);
    check(&walk(&commands, &files));
}

#[test]
fn the_way_that_the_readme_shows_leads_there_too_in_ten_commands() {
    let Some(files) = talk() else {
        eprintln!("skipped: ../shared is not here");
        return;
    };
    let readme =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let way = readme.split("## The way of a study").nth(1).unwrap().split("## ").next().unwrap();
    let commands = commands_of(way);
    assert_eq!(commands.len(), 10);
    check(&walk(&commands, &files));
}

#[test]
fn the_excerpt_of_the_demo_in_the_readme_is_what_the_demo_prints() {
    let readme =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let excerpt = readme.split("```text\n").nth(1).unwrap().split("```").next().unwrap();
    let place = tempfile::tempdir().unwrap();
    let command = ["themata", "demo", "--lang", "en"].map(str::to_owned);
    let (_, out, _) = program(place.path(), &command, "");
    for part in excerpt.split("\n\n").filter(|part| !part.trim().is_empty()) {
        assert!(out.contains(part.trim_end()), "the demo no longer prints\n{part}");
    }
}
