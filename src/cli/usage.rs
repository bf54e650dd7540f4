//! What is said of arguments that make no command: what is wrong, and the remedy, in the reader's language.
//!
//! clap finds the fault; its own sentences are English only, so they are said anew here. Help stays as clap
//! writes it.

use std::error::Error;
use std::ffi::OsString;
use std::fmt;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::{Cli, ColorWhen, Everywhere, Lang};
use crate::analysis::agreement::NotACondition;
use crate::analysis::cooccurrence::UnknownWithin;
use crate::analysis::filter::NotAFilter;
use crate::analysis::matrix::{NoSides, UnknownAxis, UnknownContent, UnknownOrder};
use crate::domain::id::IdError;
use crate::domain::locator::LocatorError;
use crate::domain::message::Message;
use crate::msg;
use crate::words::Language;
use crate::work::ask::UnknownWhose;

/// Why a value of an option is refused, to be said in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong(pub(super) Message);

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::words::say(&self.0, Language::English))
    }
}

impl Error for Wrong {}

/// What can still be understood of a command line that is wrong: the study's folder and the language asked
/// for, which say in which language to answer.
pub(super) fn still_understood(arguments: &[OsString]) -> Cli {
    let mut known =
        Everywhere { directory: None, color: ColorWhen::Auto, quiet: false, lang: None };
    // clap gives up at the first fault, and what is asked for here may stand after it.
    let mut arguments = arguments.iter().filter_map(|it| it.to_str());
    while let Some(argument) = arguments.next() {
        let value = match argument {
            "--lang" | "-C" => arguments.next(),
            _ => argument.strip_prefix("--lang=").or_else(|| argument.strip_prefix("-C")),
        };
        let Some(value) = value else { continue };
        if argument.starts_with("-C") {
            known.directory = Some(value.into());
        } else {
            let asked = Some(Lang(value.to_lowercase())).filter(|it| it.language().is_some());
            known.lang = asked.or(known.lang);
        }
    }
    Cli { everywhere: known, command: None }
}

/// What is wrong with the arguments, and the remedy; `None` for help and the version, which are no fault.
pub(super) fn fault(usage: &clap::Error) -> Option<(Message, Message)> {
    let of = Told(usage);
    let what = match usage.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return None,
        ErrorKind::InvalidSubcommand => {
            msg!("usage.command", name = of.text(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument => {
            msg!("usage.argument", name = of.text(ContextKind::InvalidArg))
        }
        ErrorKind::MissingRequiredArgument => {
            msg!("usage.missing", names = of.text(ContextKind::InvalidArg))
        }
        ErrorKind::MissingSubcommand => msg!("usage.missing_command"),
        ErrorKind::ArgumentConflict => of.conflict(),
        ErrorKind::InvalidValue if of.text(ContextKind::InvalidValue).is_empty() => {
            msg!("usage.no_value", name = of.text(ContextKind::InvalidArg))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => msg!(
            "usage.value",
            name = of.text(ContextKind::InvalidArg),
            value = of.text(ContextKind::InvalidValue),
        ),
        ErrorKind::TooManyValues => {
            msg!("usage.too_many", name = of.text(ContextKind::InvalidArg))
        }
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues | ErrorKind::NoEquals => {
            msg!("usage.no_value", name = of.text(ContextKind::InvalidArg))
        }
        ErrorKind::InvalidUtf8 => msg!("usage.utf8"),
        _ => msg!("usage.other"),
    };
    Some((what, of.remedy()))
}

struct Told<'a>(&'a clap::Error);

impl Told<'_> {
    /// What clap knows of one side of the fault.
    fn text(&self, kind: ContextKind) -> String {
        match self.0.get(kind) {
            Some(ContextValue::String(text)) => text.clone(),
            Some(ContextValue::Strings(texts)) => texts.join(", "),
            Some(ContextValue::Number(number)) => number.to_string(),
            Some(ContextValue::StyledStr(text)) => text.to_string(),
            _ => String::new(),
        }
    }

    fn conflict(&self) -> Message {
        let name = [ContextKind::InvalidArg, ContextKind::InvalidSubcommand]
            .into_iter()
            .map(|it| self.text(it))
            .find(|it| !it.is_empty())
            .unwrap_or_default();
        let other = self.text(ContextKind::PriorArg);
        if name == other || other.is_empty() {
            msg!("usage.twice", name = name)
        } else {
            msg!("usage.conflict", name = name, other = other)
        }
    }

    fn remedy(&self) -> Message {
        if let Some(message) = self.0.source().and_then(reason) {
            return message;
        }
        let valid = self.text(ContextKind::ValidValue);
        if !valid.is_empty() {
            return msg!("usage.values.fix", values = valid);
        }
        let similar = [
            ContextKind::SuggestedArg,
            ContextKind::SuggestedSubcommand,
            ContextKind::SuggestedValue,
        ];
        if let Some(similar) = similar.into_iter().map(|it| self.text(it)).find(|it| !it.is_empty())
        {
            return msg!("usage.similar.fix", similar = similar);
        }
        let usage = self.text(ContextKind::Usage);
        match usage.trim().strip_prefix("Usage:") {
            Some(usage) => {
                // Of several ways, the first.
                let usage = usage.trim().lines().next().unwrap_or_default();
                msg!("usage.usage.fix", usage = usage)
            }
            None => msg!("usage.fix"),
        }
    }
}

/// Why a value was refused, from the error of whoever read it.
fn reason(error: &(dyn Error + 'static)) -> Option<Message> {
    if let Some(Wrong(message)) = error.downcast_ref() {
        return Some(message.clone());
    }
    if let Some(error) = error.downcast_ref::<IdError>() {
        return Some(match error {
            IdError::Shape => error.message(),
            IdError::Reserved => msg!("usage.reserved.fix"),
            IdError::Device => msg!("usage.device.fix"),
        });
    }
    if error.is::<LocatorError>() {
        return Some(msg!("usage.locator.fix"));
    }
    if error.is::<UnknownWhose>() {
        return Some(msg!("usage.from.fix"));
    }
    if let Some(NotAFilter { at }) = error.downcast_ref() {
        return Some(msg!("usage.where.fix", at = at));
    }
    if error.is::<UnknownContent>() {
        return Some(msg!("usage.cell.fix"));
    }
    if error.is::<UnknownOrder>() {
        return Some(msg!("usage.order_by.fix"));
    }
    if error.is::<UnknownWithin>() {
        return Some(msg!("usage.within.fix"));
    }
    if error.is::<NoSides>() {
        return Some(msg!("usage.contrast.fix"));
    }
    if error.is::<UnknownAxis>() {
        return Some(msg!("usage.axis.fix"));
    }
    if error.is::<NotACondition>() {
        return Some(msg!("usage.condition.fix"));
    }
    let bounds = error.to_string();
    if let Some((least, most)) =
        bounds.rsplit_once(" is not in ").and_then(|(_, it)| it.split_once(".."))
    {
        return Some(match most.strip_prefix('=') {
            Some(most) => msg!("usage.range.fix", least = least, most = most),
            None => msg!("usage.from_least.fix", least = least),
        });
    }
    let number = error.is::<std::num::ParseIntError>() || error.is::<std::num::ParseFloatError>();
    number.then(|| msg!("usage.number.fix"))
}
