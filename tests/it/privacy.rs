//! Names of people stay where they belong: who may read originals and keys, what a file's own name gives away, what is
//! quoted of a file that cannot be read.

use std::fs;
use std::path::Path;

use crate::desk;
use crate::support::TestStudy;

const TALK: &str =
    "Moderator: Who came?\nAna Ruiz: I did.\nModerator: And?\nAna Ruiz: It was good.\n";

fn study() -> TestStudy {
    TestStudy::empty("en", &["c1"], desk::CODEBOOK)
}

/// A file outside the study.
fn put(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    format!("'{}'", path.display())
}

#[cfg(unix)]
#[test]
fn originals_and_keys_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let (study, outside) = (study(), tempfile::tempdir().unwrap());
    let key = outside.path().join("key.csv");
    // A key that others could read becomes private when it is written again.
    fs::write(&key, "").unwrap();
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    let file = put(outside.path(), "FG1.txt", TALK);
    let seen = study.run(&format!("import {file} --pseudonyms '{}'", key.display()));
    assert!(seen.ends_with("[exit 0]\n"), "{seen}");
    assert_eq!(mode(&key), 0o600, "the key");
    assert_eq!(mode(&study.path("originals")), 0o700, "the folder of originals");
    assert_eq!(mode(&study.path("originals/FG1.txt")), 0o600, "an original");
    // One of a study of before, open to all, is closed when another comes in.
    fs::set_permissions(study.path("originals"), fs::Permissions::from_mode(0o755)).unwrap();
    let other = put(outside.path(), "FG2.txt", &TALK.replace("good", "fine"));
    study.run(&format!("import {other}"));
    assert_eq!(mode(&study.path("originals")), 0o700);
    // What coders share stays as the system has it.
    assert_ne!(mode(&study.path("transcripts/FG1.txt")), 0o600);
}

#[test]
fn a_key_in_any_repository_is_refused() {
    let outside = tempfile::tempdir().unwrap();
    let file = put(outside.path(), "FG1.txt", TALK);
    for mark in [".git/HEAD", ".git", ".hg/store/x", ".svn/entries", ".jj/repo/x", ".fslckout"] {
        let study = study();
        let work = outside.path().join(mark.replace(['/', '.'], "-"));
        put(&work, mark, "gitdir: ../elsewhere");
        fs::create_dir_all(work.join("deep/er")).unwrap();
        for place in ["key.csv", "deep/er/key.csv"] {
            let key = work.join(place);
            let seen = study.run(&format!("import {file} --pseudonyms '{}'", key.display()));
            assert!(
                seen.contains("would lie inside a repository") && seen.ends_with("[exit 4]\n"),
                "{mark} {place}: {seen}"
            );
            assert!(!key.exists(), "{mark} {place}");
        }
        assert!(!study.path("transcripts/FG1.txt").exists(), "nothing came in");
    }
}

#[test]
fn a_file_s_name_that_looks_like_a_person_s_is_pointed_out_before_it_becomes_an_id() {
    let (study, outside) = (study(), tempfile::tempdir().unwrap());
    let names = ["Ana García.txt", "interview_thomas.txt", "PaulaNeumann2.txt", "ruiz.txt"];
    for (nth, name) in names.iter().enumerate() {
        let file = put(outside.path(), name, &TALK.replace("good", &format!("good {nth}")));
        let preview = study.run(&format!("import --preview {file}"));
        assert!(preview.contains("looks like a person's"), "{name}: {preview}");
        assert!(preview.contains("--transcript FG1"), "{name}: {preview}");
        let seen = study.run(&format!("import {file} --case FG{nth} --transcript FG{nth}"));
        assert!(seen.ends_with("[exit 0]\n") && !seen.contains("looks like a person's"), "{seen}");
    }
    for name in
        ["CoP 31.txt", "Grupo Norte.txt", "FG-2 transcript.txt", "Rose cottage.txt", "May 2.txt"]
    {
        let file = put(outside.path(), name, &TALK.replace("Ana Ruiz", "P1"));
        let preview = study.run(&format!("import --preview {file}"));
        assert!(!preview.contains("looks like a person's"), "{name}: {preview}");
    }
}

#[test]
fn of_yaml_that_is_wrong_nothing_is_quoted_but_ids_in_either_language() {
    let study = study();
    let settings = [
        "Luisa Secreto: 3\n",
        "format: Luisa Secreto\n",
        "format: 1\ncoders: Luisa Secreto\n",
        "format: 1\ncoders:\n  - {id: Luisa Secreto, name: x}\n",
        "format: 1\ncoders:\n  - {id: c1, kind: Luisa Secreto}\n",
        "format: 1\ncoders:\n  - {id: c1, Luisa Secreto: 3}\n",
        "format: 1\nagreement: \"Luisa Secreto\"\n",
        "format: 1\nrequire: \"Luisa Secreto>=1\"\n",
        "title: \"Luisa Secreto\nformat: 1\n",
        "title: *Luisa Secreto\n",
        "title: !Luisa Secreto\n",
        "title: 1\ntitle: Luisa Secreto\n",
        "Luisa Secreto\n",
    ];
    let codebooks = [
        "dimensions: Luisa Secreto\n",
        "dimensions:\n - id: Luisa Secreto\n",
        "dimensions:\n - {id: a, select: Luisa Secreto}\n",
        "dimensions:\n - {id: a, Luisa Secreto: x}\n",
        "dimensions:\n - {id: a, name: {Luisa Secreto: 1, Luisa Secreto: 2}}\n",
        "dimensions:\n - {id: a, examples: {Luisa Secreto: {x: 1}}}\n",
        "dimensions:\n - {id: a, codes: [{id: b, parent: Luisa Secreto}]}\n",
        "dimensions:\n - {id: a, color: [Luisa Secreto]}\n",
    ];
    let all = settings.iter().map(|it| ("themata.yaml", it));
    for (file, text) in all.chain(codebooks.iter().map(|it| ("codebook.yaml", it))) {
        let before = study.read(file);
        study.write(file, text);
        for (language, english) in [("en", true), ("es", false)] {
            let seen = study.run(&format!("--lang {language} check"));
            assert!(!seen.contains("Luisa") && !seen.contains("Secreto"), "{text}: {seen}");
            let foreign = ["expected", "unknown", "invalid", "missing", "this is"];
            assert!(english || !foreign.iter().any(|it| seen.contains(it)), "{text}: {seen}");
        }
        study.write(file, &before);
    }
    // What has the shape of an id is named, with what may stand there.
    study.write("themata.yaml", "format: 1\ntitel: x\n");
    let seen = study.run("check");
    assert!(seen.contains("there is no field `titel` here") && seen.contains("title"), "{seen}");
}

#[test]
fn no_folder_is_made_for_a_result_but_a_study_s_own_for_reports() {
    let (study, outside) = (TestStudy::new(), tempfile::tempdir().unwrap());
    let path = outside.path().join("new/folder/people.csv");
    let seen = study.run(&format!("participants -o '{}'", path.display()));
    assert!(seen.contains("there is no folder") && seen.ends_with("[exit 5]\n"), "{seen}");
    assert!(!outside.path().join("new").exists());
    for (place, status) in [("reports/people.csv", 0), ("tables/people.csv", 5)] {
        let seen = study.run(&format!("participants -o '{}'", study.path(place).display()));
        assert!(seen.ends_with(&format!("[exit {status}]\n")), "{place}: {seen}");
    }
    assert!(study.path("reports/people.csv").exists() && !study.path("tables").exists());
}
