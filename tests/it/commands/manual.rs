//! `completions`, `man`, and what `--help` of these commands says.

use expect_test::expect;

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
        error: invalid value 'csh' for '<SHELL>'
          [possible values: bash, elvish, fish, powershell, zsh]

          tip: a similar value exists: 'zsh'

        For more information, try '--help'.
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
