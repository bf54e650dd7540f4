//! Codes that coders propose: kept, and taken over alone, under another id or as a code that is there.

use super::codebook::{Named, known, new_code};
use crate::analysis::codebook::change::{Change, Place, add_code, dimension_of};
use crate::domain::event::What;
use crate::domain::failure::Failure;
use crate::domain::id::CoderId;
use crate::domain::record::{NewProposal, Proposal};
use crate::domain::revision::{Act, Effect};
use crate::domain::study::Study;
use crate::msg;
use crate::store::{Opened, Revised};

/// A proposal of a code beneath a dimension or a code.
///
/// # Errors
/// There is no such place.
pub fn proposed(
    study: &Study,
    name: &str,
    beneath: &str,
    brief: &str,
) -> Result<NewProposal, Failure> {
    let beneath = known(study, beneath)?;
    let dimension = dimension_of(study.codebook(), &beneath).map(|it| it.id.to_string());
    let dimension = dimension.unwrap_or_default();
    let is_id = crate::domain::id::check(name).is_ok();
    Ok(NewProposal {
        code: if is_id { name.to_owned() } else { String::new() },
        parent: if beneath == dimension { String::new() } else { beneath },
        dimension,
        name: name.trim().to_owned(),
        brief: brief.trim().to_owned(),
    })
}

/// The code that a proposal was taken over as.
#[must_use]
pub fn adopted_as(opened: &Opened, proposal: &Proposal) -> Option<String> {
    let of = |event: &crate::domain::event::Event| match &event.what {
        What::Codebook(revision)
            if revision.act == Act::Adopt(proposal.seq) && event.is_by(&proposal.coder) =>
        {
            revision.effects.first().map(|(id, _)| id.clone())
        }
        _ => None,
    };
    opened.events.iter().rev().find_map(of)
}

/// Takes a proposal over, named by its coder and number: `c1#2`.
///
/// # Errors
/// There is no such proposal, it cannot be seen yet (refused), it was taken over before, or its code cannot be added.
pub fn adopt(
    opened: &Opened,
    named: &str,
    id: Option<&str>,
    into: Option<&str>,
) -> Result<Revised, Failure> {
    let unknown =
        || Failure::Usage(msg!("proposal.unknown", named = named), msg!("proposal.unknown.fix"));
    let (coder, seq) = named.split_once('#').ok_or_else(unknown)?;
    let coder: CoderId = opened.study.find_coder(coder)?.id.clone();
    let seq: u64 = seq.parse().map_err(|_| unknown())?;
    let shared = opened.shared_proposals()?;
    if !shared.waiting.is_empty() && opened.is_blind() {
        return Err(Failure::Refused(msg!("proposal.closed"), msg!("proposal.closed.fix")));
    }
    let found = shared.rows.into_iter().find(|row| row.coder == coder && row.seq == seq);
    let proposal = found.ok_or_else(unknown)?;
    if let Some(code) = adopted_as(opened, &proposal) {
        let what = msg!("proposal.taken", proposal = named, code = code);
        return Err(Failure::Usage(what, msg!("proposal.taken.fix")));
    }
    opened.change_codebook(Act::Adopt(seq), Some(&coder), |now| {
        let study = &now.study;
        if let Some(into) = into {
            let effects = vec![(known(study, into)?, Effect::Minor)];
            return Ok(Change { codebook: study.codebook().clone(), effects });
        }
        let NewProposal { code, dimension, parent, name, brief } = &proposal.what;
        let asked = id
            .map(str::to_owned)
            .unwrap_or_else(|| if code.is_empty() { name.clone() } else { code.clone() });
        let texts = [("name", name), ("brief", brief)];
        let texts = texts.into_iter().filter(|(_, text)| !text.is_empty());
        let named = Named {
            asked,
            texts: texts.map(|(field, text)| (field, text.clone())).collect(),
            language: None,
        };
        let beneath = if parent.is_empty() { dimension } else { parent };
        let place = Place { beneath: Some(known(study, beneath)?), ..Place::default() };
        add_code(study.codebook().clone(), new_code(study, &named)?, &place)
    })
}
