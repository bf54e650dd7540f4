//! Changes of the codebook as asks: what a person wants, checked against the study, and made.

use crate::analysis::codebook::change::{self, Change, Place, dimension_of};
use crate::analysis::codebook::set::{self, Spoken};
use crate::domain::answer::CodeIndex;
use crate::domain::codebook::{Code, Codebook, Dimension, Select};
use crate::domain::failure::Failure;
use crate::domain::id::{CodeId, DimensionId};
use crate::domain::revision::{Act, Effect};
use crate::domain::slug::slug;
use crate::domain::study::Study;
use crate::format::codebook_columns::Columns;
use crate::format::codebook_table::{self, ByTable};
use crate::msg;
use crate::store::{Opened, Revised};

/// A new dimension or code, as somebody names it: by an id, or by a name of which an id is made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Named {
    /// An id or a name.
    pub asked: String,
    /// Its texts, by field; the name may be among them.
    pub texts: Vec<(&'static str, String)>,
    /// The language of the texts: a tag; absent for the study's own.
    pub language: Option<String>,
}

/// A change of the codebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// A code is added.
    AddCode(Named, Place),
    /// A dimension is added.
    AddDimension {
        /// What it is called.
        named: Named,
        /// How many of its codes a unit may get.
        select: Select,
        /// Whether its codes will be a scale.
        ordered: bool,
        /// Where among the dimensions.
        place: Place,
    },
    /// A dimension or code gets another id.
    Rename {
        /// Which.
        id: String,
        /// The id it gets.
        new: String,
    },
    /// A dimension or code is put elsewhere.
    Move {
        /// Which.
        id: String,
        /// Where.
        place: Place,
    },
    /// Codes become one.
    Merge {
        /// Which.
        from: Vec<String>,
        /// Which one: one of them, another, or a new one.
        into: Named,
    },
    /// A code becomes several.
    Split {
        /// Which.
        id: String,
        /// Which ones; it may be among them.
        into: Vec<String>,
    },
    /// A dimension or code is taken out.
    Retire {
        /// Which.
        id: String,
    },
    /// A field is set.
    Set {
        /// Of which; `codebook` for the whole.
        id: String,
        /// Which field.
        field: String,
        /// What it says then.
        text: String,
        /// In which language; absent for the study's own.
        language: Option<String>,
        /// What that means for decisions of before.
        effect: Effect,
    },
}

impl Ask {
    /// What the event will say was done.
    #[must_use]
    pub fn act(&self) -> Act {
        match self {
            Self::AddCode(..) | Self::AddDimension { .. } => Act::Add,
            Self::Rename { .. } => Act::Rename,
            Self::Move { .. } => Act::Move,
            Self::Merge { .. } => Act::Merge,
            Self::Split { .. } => Act::Split,
            Self::Retire { .. } => Act::Retire,
            Self::Set { .. } => Act::Set,
        }
    }

    /// Makes the change.
    ///
    /// # Errors
    /// Something it names is not there, or is there already; it would lose what was decided; a file cannot be written.
    pub fn make(&self, opened: &Opened) -> Result<Revised, Failure> {
        opened.change_codebook(self.act(), None, |now| self.change(now))
    }

    fn change(&self, now: &Opened) -> Result<Change, Failure> {
        let study = &now.study;
        let codebook = study.codebook().clone();
        match self {
            Self::AddCode(named, place) => {
                let code = new_code(study, named)?;
                change::add_code(codebook, code, &known_place(study, place)?)
            }
            Self::AddDimension { named, select, ordered, place } => {
                let code = new_code(study, named)?;
                let id: DimensionId = parsed(code.id.as_str())?;
                let dimension = Dimension {
                    wording: code.wording,
                    ordered: *ordered,
                    ..Dimension::named(id, *select, "")
                };
                change::add_dimension(codebook, dimension, &known_place(study, place)?)
            }
            Self::Rename { id, new } => rename(study, id, new),
            Self::Move { id, place } => relocate(now, id, place),
            Self::Merge { from, into } => merge(study, from, into),
            Self::Split { id, into } => {
                let id = known(study, id)?;
                let into: Vec<Code> = into
                    .iter()
                    .map(|asked| match known(study, asked) {
                        Ok(same) if same == id => Ok(Code::named(parsed(&id)?, "")),
                        _ => new_code(study, &Named { asked: asked.clone(), ..Named::default() }),
                    })
                    .collect::<Result<_, Failure>>()?;
                change::split(codebook, &id, &into)
            }
            Self::Retire { id } => change::retire(codebook, &known(study, id)?),
            Self::Set { id, field, text, language, effect } => {
                let id = if id == set::WHOLE { id.clone() } else { known(study, id)? };
                may_set(now, &id, field, text)?;
                let spoken = spoken(study, language.as_deref());
                set::set(codebook, &id, field, text, spoken, effect.clone())
            }
        }
    }
}

/// What becomes of codes that a table does not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// They stay.
    Keep,
    /// They are retired.
    Retire,
}

/// A table that revises the codebook.
#[derive(Debug)]
pub struct ImportAsk {
    /// The table.
    pub columns: Columns,
    /// What becomes of what it does not name; refused where there is such and nothing is said.
    pub missing: Option<Missing>,
    /// What changed texts mean for decisions of before.
    pub effect: Effect,
}

impl ImportAsk {
    /// What the table makes of the codebook in force.
    ///
    /// # Errors
    /// The table is no codebook, does not name what is there, or would lose what was decided.
    pub fn change(&self, now: &Opened) -> Result<Change, Failure> {
        let study = &now.study;
        let known = study.codebook();
        let mut problems = Vec::new();
        // A table that names no dimension is of the only one that there is.
        let whole = match known.dimensions.as_slice() {
            [only] => only.id.as_str(),
            _ => study.settings.title.as_str(),
        };
        let own = spoken(study, None).own;
        let revised = codebook_table::revise(&self.columns.table, known, whole, own, &mut problems);
        let Some(ByTable { mut codebook, missing }) = revised else {
            return Err(Failure::Invalid(problems));
        };
        if !missing.is_empty() {
            match self.missing {
                None => {
                    let what = msg!("change.import_missing", ids = missing.join(", "));
                    return Err(Failure::Usage(what, msg!("change.import_missing.fix")));
                }
                Some(Missing::Retire) => {}
                Some(Missing::Keep) => change::keep(&mut codebook, known, &missing),
            }
        }
        let effects: Vec<(String, Effect)> = change::implied(known, &codebook)
            .into_iter()
            .map(|(id, effect)| match effect {
                Effect::Changed => (id, self.effect.clone()),
                effect => (id, effect),
            })
            .collect();
        for (id, effect) in &effects {
            match effect {
                Effect::Added => is_free(study, &parsed(id)?, None)?,
                Effect::Moved => stays_in_dimension(now, id, &codebook)?,
                _ => {}
            }
        }
        Ok(Change { codebook, effects })
    }
}

/// The language of a text that somebody gives.
fn spoken<'a>(study: &'a Study, asked: Option<&'a str>) -> Spoken<'a> {
    let own = study.settings.language.as_str();
    Spoken { asked, own: if own.is_empty() { "en" } else { own } }
}

fn parsed<T: std::str::FromStr<Err = crate::domain::id::IdError>>(id: &str) -> Result<T, Failure> {
    id.parse().map_err(|why: crate::domain::id::IdError| {
        Failure::Usage(why.message(), msg!("change.id.fix"))
    })
}

/// The id of a dimension or code of the codebook in force, by id or name.
///
/// # Errors
/// There is none, or it was retired or merged.
pub fn known(study: &Study, asked: &str) -> Result<String, Failure> {
    if study.codebook().wording(asked).is_some() {
        return Ok(asked.to_owned());
    }
    let code = study.vocabulary.of(study.find_code(asked)?);
    if code.in_force {
        Ok(code.id.to_string())
    } else {
        Err(change::unknown(study.codebook(), asked))
    }
}

/// A place, with ids where names were given.
fn known_place(study: &Study, place: &Place) -> Result<Place, Failure> {
    let known = |asked: &Option<String>| asked.as_deref().map(|it| known(study, it)).transpose();
    Ok(Place {
        beneath: known(&place.beneath)?,
        before: known(&place.before)?,
        after: known(&place.after)?,
    })
}

/// A code that the codebook does not have.
///
/// # Errors
/// No id can be made of its name, or one of that id is or was there: decisions of before would count as it.
pub fn new_code(study: &Study, named: &Named) -> Result<Code, Failure> {
    let asked = named.asked.trim();
    let id = match asked.parse::<CodeId>() {
        Ok(id) => id,
        Err(why) => match slug(asked, 'C').filter(|_| !crate::domain::id::has_shape(asked)) {
            Some(made) => parsed(&made)?,
            None => return Err(Failure::Usage(why.message(), msg!("change.id.fix"))),
        },
    };
    is_free(study, &id, None)?;
    let mut code = Code::named(id.clone(), if id.as_str() == asked { "" } else { asked });
    let spoken = spoken(study, named.language.as_deref());
    for (field, text) in &named.texts {
        set::of_wording(&mut code.wording, field, text, spoken);
    }
    Ok(code)
}

/// Whether an id may be given to something new; `own` is the code whose id of before it may be.
fn is_free(study: &Study, id: &CodeId, own: Option<CodeIndex>) -> Result<(), Failure> {
    let same = |it: &str| it.eq_ignore_ascii_case(id.as_str());
    let all = change::ids(study.codebook());
    if all.iter().any(|it| same(it)) {
        return Err(Failure::Usage(msg!("change.taken", id = id), msg!("change.taken.fix")));
    }
    let older =
        study.versions.iter().find(|it| change::ids(&it.codebook).iter().any(|it| same(it)));
    match older {
        Some(_) if own.is_some() && study.vocabulary.code(id.as_str()) == own => Ok(()),
        Some(older) => {
            let what = msg!("change.taken_before", id = id, version = older.id);
            Err(Failure::Usage(what, msg!("change.taken_before.fix")))
        }
        None => Ok(()),
    }
}

fn rename(study: &Study, asked: &str, new: &str) -> Result<Change, Failure> {
    let id = known(study, asked)?;
    let new: CodeId = parsed(new)?;
    let only_capitals = new.as_str().eq_ignore_ascii_case(&id) && new.as_str() != id;
    if !only_capitals {
        is_free(study, &new, study.vocabulary.code(&id))?;
    }
    change::rename(study.codebook().clone(), &id, &new)
}

/// Refuses where a code that somebody has given would go into another dimension.
fn stays_in_dimension(now: &Opened, id: &str, changed: &Codebook) -> Result<(), Failure> {
    let study = &now.study;
    let dimension = |codebook| dimension_of(codebook, id).map(|it| it.id.clone());
    if dimension(study.codebook()) == dimension(changed) {
        return Ok(());
    }
    let tree = dimension_of(study.codebook(), id).map(Dimension::tree).unwrap_or_default();
    let code = tree.into_iter().find(|(_, code)| code.id.as_str() == id);
    let ids = code.map(|(_, code)| change::ids_beneath(code)).unwrap_or_default();
    let codes = ids.iter().filter_map(|id| study.vocabulary.code(id));
    let carried: u64 = codes.map(|code| now.decisions_with(code)).sum();
    if carried == 0 {
        return Ok(());
    }
    let what = msg!("change.move_carried", id = id, n = carried);
    Err(Failure::Refused(what, msg!("change.move_carried.fix")))
}

/// A code goes into another dimension only as long as nobody has given it: a decision belongs to its dimension.
fn relocate(now: &Opened, asked: &str, place: &Place) -> Result<Change, Failure> {
    let study = &now.study;
    let id = known(study, asked)?;
    let moved = change::relocate(study.codebook().clone(), &id, &known_place(study, place)?)?;
    stays_in_dimension(now, &id, &moved.codebook)?;
    Ok(moved)
}

fn merge(study: &Study, from: &[String], into: &Named) -> Result<Change, Failure> {
    let from: Vec<String> = from.iter().map(|it| known(study, it)).collect::<Result<_, _>>()?;
    let into = match known(study, &into.asked) {
        Ok(id) if into.texts.is_empty() => Code::named(parsed(&id)?, ""),
        Ok(id) => {
            let what = msg!("change.taken", id = id);
            return Err(Failure::Usage(what, msg!("change.merge_texts.fix")));
        }
        Err(_) => new_code(study, into)?,
    };
    change::merge(study.codebook().clone(), &from, &into)
}

/// A dimension takes one code a unit only where no decision gives several.
fn may_set(now: &Opened, id: &str, field: &str, text: &str) -> Result<(), Failure> {
    let study = &now.study;
    let dimension = study.vocabulary.dimension(id).filter(|_| field == "select" && text == "one");
    let Some(dimension) = dimension else { return Ok(()) };
    let several = now.decisions_with_several(dimension);
    if several == 0 {
        return Ok(());
    }
    let what = msg!("change.select_carried", id = id, n = several);
    Err(Failure::Refused(what, msg!("change.select_carried.fix")))
}
