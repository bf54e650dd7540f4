//! `codebook propose | adopt`: codes that coders would add, and taking them over.

use super::codebook_change::told;
use super::{Context, Outcome, OutputArgs};
use crate::domain::failure::Failure;
use crate::domain::record::Proposal;
use crate::msg;
use crate::render::list::{Item, List};
use crate::store::{Opened, ProposalWriter};
use crate::work::proposal::{adopt, adopted_as, proposed};

#[derive(Debug, clap::Args)]
pub(super) struct ProposeArgs {
    /// What it would be called, or its id
    #[arg(value_name = "NAME", requires = "beneath")]
    name: Option<String>,
    /// Who proposes
    #[arg(long, value_name = "CODER")]
    coder: String,
    /// What it would lie beneath: a dimension or a code
    #[arg(long = "in", value_name = "ID", id = "beneath", visible_aliases = ["parent", "dimension"])]
    beneath: Option<String>,
    /// What it would mean, in one line
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    brief: String,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, clap::Args)]
pub(super) struct AdoptArgs {
    /// Which: the coder and the number, as listed
    #[arg(value_name = "CODER#N")]
    proposal: Option<String>,
    /// Under this id
    #[arg(long, value_name = "ID", conflicts_with = "into", requires = "proposal")]
    id: Option<String>,
    /// As this code, which is there already: the codebook stays as it is
    #[arg(long, value_name = "CODE", requires = "proposal")]
    into: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
}

/// Keeps a proposal, or lists a coder's own.
pub(super) fn propose(args: &ProposeArgs, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let ProposeArgs { name, coder, beneath, brief, output } = args;
    output.form()?;
    let opened = context.open()?;
    let coder = opened.study.find_coder(coder).map_err(Failure::from)?.id.clone();
    let (Some(name), Some(beneath)) = (name, beneath) else {
        output.emit(&listed(&opened, &opened.proposals(&coder)?), context)?;
        return Ok(Outcome::Clean);
    };
    let proposal = proposed(&opened.study, name, beneath, brief)?;
    let seq = ProposalWriter::open(&opened, &coder, "")?.append(&proposal)?;
    context.tell(&msg!("proposal.kept", coder = coder, seq = seq))?;
    Ok(Outcome::Clean)
}

/// Takes a proposal over, or lists those that all may see.
pub(super) fn take_over(args: &AdoptArgs, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let AdoptArgs { proposal, id, into, output } = args;
    let Some(proposal) = proposal else {
        output.form()?;
        let opened = context.open()?;
        let shared = opened.shared_proposals()?;
        if shared.rows.is_empty() && !shared.waiting.is_empty() {
            let fix = msg!("proposal.closed.fix");
            return Err(Failure::Refused(msg!("proposal.closed"), fix).into());
        }
        output.emit(&listed(&opened, &shared.rows), context)?;
        return Ok(Outcome::Clean);
    };
    let opened = context.open()?;
    let revised = adopt(&opened, proposal, id.as_deref(), into.as_deref())?;
    told(&revised, context)?;
    context.tell(&msg!("proposal.adopted", proposal = proposal))?;
    Ok(Outcome::Clean)
}

/// Proposals with what became of them.
fn listed(opened: &Opened, rows: &[Proposal]) -> List {
    let columns = [
        ("proposal", "proposal.proposal"),
        ("dimension", "codebook.heading.dimension"),
        ("parent", "codebook.heading.parent"),
        ("code", "codebook.heading.code"),
        ("name", "codebook.heading.name"),
        ("brief", "codebook.heading.brief"),
        ("adopted", "proposal.adopted_as"),
    ];
    let mut list = List::new("themata.proposals/1", &columns);
    for row in rows {
        let what = &row.what;
        list.rows.push(vec![
            Item::id(format!("{}#{}", row.coder, row.seq)),
            Item::maybe(Some(&what.dimension).filter(|it| !it.is_empty())),
            Item::maybe(Some(&what.parent).filter(|it| !it.is_empty())),
            Item::maybe(Some(&what.code).filter(|it| !it.is_empty())),
            Item::text(&what.name),
            Item::text(&what.brief),
            Item::maybe(adopted_as(opened, row)),
        ]);
    }
    list
}
