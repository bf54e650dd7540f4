//! `completions`, `man`, and what `--help` of these commands says.

use expect_test::expect;

use crate::desk::CODEBOOK;
use crate::support::{TestStudy, run_outside};

#[test]
fn every_shell_gets_completions_that_know_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run_outside(&format!("completions {shell}"));
        for word in ["codebook", "--unblind", "completions"] {
            assert!(script.contains(word.trim_start_matches("--")), "{shell} lacks {word}");
        }
        assert!(script.ends_with("[exit 0]\n"), "{shell}");
    }
    expect![[r#"
        --- stderr ---
        error: <SHELL> cannot be `csh`
          fix: give one of bash, elvish, fish, powershell, zsh
        [exit 2]
    "#]]
    .assert_eq(&run_outside("completions csh"));
}

#[test]
fn the_manual_has_a_page_a_command_with_its_examples() {
    let pages = run_outside("man");
    for title in ["themata 1", "themata-codebook-diff 1", "themata-memo-list 1", "themata-man 1"] {
        assert!(pages.contains(&format!(".TH {title}  \"themata ")), "{title}");
    }
    assert!(pages.contains(".SH \"EXAMPLES\"\n  themata seal \\-\\-coder c1\n"));
    assert!(!pages.contains(".SH EXTRA"), "something after the options is no example");
}

#[test]
fn the_manual_goes_into_a_file_or_page_by_page_into_a_folder() {
    let study = TestStudy::new();
    let all = run_outside("man");
    let all = all.strip_suffix("[exit 0]\n").unwrap();
    let file = study.path("themata.1").display().to_string();
    assert_eq!(run_outside(&format!("man -o {file}")), "[exit 0]\n");
    assert_eq!(study.read("themata.1"), all);
    let folder = study.path("pages").display().to_string();
    let said = run_outside(&format!("man -o {folder}/ --lang en"));
    let mut files: Vec<String> = std::fs::read_dir(study.path("pages"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    let begun = format!("--- stderr ---\nwrote {} pages into ", files.len());
    assert!(said.starts_with(&begun), "{said}");
    assert!(files.contains(&"themata-coder-add.1".to_owned()), "{files:?}");
    assert!(study.read("pages/themata-undo.1").contains(".SH \"EXAMPLES\"\n  themata undo"));
    // Nothing is overwritten unasked.
    let again = study.run(&format!("man -o {folder}"));
    assert!(again.contains("[exit 4]") && again.contains("add --force"), "{again}");
    assert!(study.run(&format!("man -o {folder} --force --quiet")).contains("[exit 0]"));
}

#[test]
fn help_says_first_what_a_command_does_and_last_how_it_is_called() {
    let commands = "coder|coder add|participants|participants set|round|round new|seal|codebook show|\
        codebook check|codebook history|codebook diff|memo|memo list|log|undo|export|completions|man";
    for command in commands.split('|') {
        let help = run_outside(&format!("{command} --help"));
        let first = help.lines().next().unwrap();
        assert!(!first.ends_with('.'), "{command}: {first}");
        let examples = help.split("Examples:\n").nth(1).expect(command);
        let call = format!("  themata {}", command);
        assert!(examples.starts_with(&call), "{command}: {examples}");
    }
}

#[test]
fn the_program_itself_writes_completions_into_a_pipe() {
    let study = TestStudy::new();
    assert!(study.process("completions fish").contains("complete -c themata"));
    assert!(study.process("man").contains(".TH themata-undo 1"));
}

#[test]
fn arguments_that_make_no_command_are_answered_in_the_reader_s_language() {
    for (asked, expected) in [
        (
            "--lang es foo",
            expect![[r#"
            --- stderr ---
            error: no existe la orden `foo`
              remedio: escriba `themata [OPTIONS] [COMMAND]`; `--help` dice más
            [exit 2]
        "#]],
        ),
        (
            "import --lang es",
            expect![[r#"
            --- stderr ---
            error: falta esto: <FILE>...
              remedio: escriba `themata import --lang <LANG> <FILE>...`; `--help` dice más
            [exit 2]
        "#]],
        ),
        (
            "--lang=es matrix --colums case",
            expect![[r#"
            --- stderr ---
            error: `--colums` no pertenece a esta orden
              remedio: ¿quiso decir `--columns`? `--help` las enumera todas
            [exit 2]
        "#]],
        ),
        (
            "--lang es agree --bootstrap 0",
            expect![[r#"
            --- stderr ---
            error: --bootstrap <N> no puede ser `0`
              remedio: dé un número entero de 1 a 1000000
            [exit 2]
        "#]],
        ),
        (
            "--lang es agree --bootstrap many",
            expect![[r#"
            --- stderr ---
            error: --bootstrap <N> no puede ser `many`
              remedio: dé un número
            [exit 2]
        "#]],
        ),
        (
            "--lang es round new none",
            expect![[r#"
            --- stderr ---
            error: <NAME> no puede ser `none`
              remedio: elija otra palabra: esta ya significa otra cosa en órdenes y columnas
            [exit 2]
        "#]],
        ),
        (
            "agree --require fish --lang es",
            expect![[r#"
                --- stderr ---
                error: --require [<CONDITION>] no puede ser `fish`
                  remedio: una condición es una medida, un signo y un número, como `krippendorff_alpha>=0.8` o `gwet_ac1.low>=0.6`
                [exit 2]
            "#]],
        ),
        (
            "agree --lang",
            expect![[r#"
            --- stderr ---
            error: --lang <LANG> needs a value
              fix: give one of en, es
            [exit 2]
        "#]],
        ),
    ] {
        expected.assert_eq(&run_outside(asked));
    }
}

#[test]
fn a_study_in_spanish_is_answered_in_spanish() {
    let study = TestStudy::of("es", &["c1", "c2"], CODEBOOK);
    let said = study.run("matrix --rows fish");
    assert!(said.contains("remedio: filas y columnas son"), "{said}");
}
