//! What a person is told where a command failed or was not understood, and the exit status of it.

use std::ffi::OsString;
use std::io::Write;

use super::{Context, usage};
use crate::domain::failure::Failure;
use crate::domain::message::Message;
use crate::{msg, store, words};

/// Shows the help or version that was asked for, or says what is wrong with the arguments.
pub(super) fn misused(
    usage: &clap::Error,
    arguments: &[OsString],
    input: &mut dyn std::io::BufRead,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    let Some((what, fix)) = usage::fault(usage) else {
        let text = format!("{}\n", usage.render().to_string().trim_end());
        let failed = usage.use_stderr();
        // Help that nobody reads to its end is no failure.
        let _ =
            if failed { err.write_all(text.as_bytes()) } else { out.write_all(text.as_bytes()) };
        return if failed { 2 } else { 0 };
    };
    let cli = usage::still_understood(arguments);
    let mut context = Context::new(&cli, input, out, err);
    // In the study's language, if there is a study that can be read.
    if let Ok(folder) = context.folder()
        && let Ok(opened) = store::load(&folder)
    {
        context.speak(&opened.study.settings.language);
    }
    report(&Failure::Usage(what, fix).into(), &mut context)
}

/// Tells a person why a command failed, and returns the exit status of that kind of failure.
pub(super) fn report(error: &anyhow::Error, context: &mut Context<'_>) -> u8 {
    let broken_pipe = |error: &std::io::Error| error.kind() == std::io::ErrorKind::BrokenPipe;
    if error.chain().filter_map(|cause| cause.downcast_ref()).any(broken_pipe) {
        return 0; // whoever reads has seen enough
    }
    let language = context.language;
    let (status, text) = match error.downcast_ref::<Failure>() {
        Some(Failure::Usage(what, fix)) => (2, context.told(what, fix)),
        Some(Failure::Refused(what, fix)) => (4, context.told(what, fix)),
        Some(Failure::Io(what, system)) => {
            let key = system_key(system);
            let system = key.map_or_else(|| system.clone(), |key| words::word(key, language));
            let what = words::say(what, language);
            let mut text = context.error(&format!("{what}: {system}"));
            if let Some(fix) = key.and_then(system_fix) {
                text.push(&context.fix_line(&fix));
            }
            (5, text)
        }
        Some(Failure::Invalid(problems)) => (3, context.problems(problems)),
        None => (5, context.error(&format!("{error:#}"))),
    };
    let _ = context.warn(&text);
    status
}

/// What puts right what the system says, where anything a person can do does.
fn system_fix(key: &str) -> Option<Message> {
    match key {
        "store.system.not_found" => Some(msg!("store.system.not_found.fix")),
        "store.system.is_folder" => Some(msg!("store.system.is_folder.fix")),
        _ => None,
    }
}

/// The sentence in `words/` for what the system most often says, told by its error number.
fn system_key(system: &str) -> Option<&'static str> {
    let (_, number) = system.rsplit_once("(os error ")?;
    let number = number.strip_suffix(')')?.parse().ok()?;
    match std::io::Error::from_raw_os_error(number).kind() {
        std::io::ErrorKind::NotFound => Some("store.system.not_found"),
        std::io::ErrorKind::PermissionDenied => Some("store.system.denied"),
        std::io::ErrorKind::IsADirectory => Some("store.system.is_folder"),
        std::io::ErrorKind::StorageFull => Some("store.system.full"),
        _ => None,
    }
}
