//! `completions`: what a shell needs to complete commands and options.

use clap::CommandFactory;

use super::{Cli, Context, Outcome};

/// Write what a shell needs to complete commands and options
///
/// It goes to standard output; put it where your shell looks for completions.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  themata completions bash > ~/.local/share/bash-completion/completions/themata\n  themata completions zsh > ~/.zfunc/_themata\n  themata completions fish > ~/.config/fish/completions/themata.fish"
)]
pub(super) struct Args {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: clap_complete::Shell,
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    // Into memory first: the generator panics where it cannot write, as into a closed pipe.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "themata", &mut script);
    context.result().write_all(&script)?;
    Ok(Outcome::Clean)
}
