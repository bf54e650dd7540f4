//! Logs of chats (IRC, Zoom, WhatsApp) into blocks: a message is a paragraph of whoever wrote it.
//!
//! Lines without a stamp go on in the message above. What is no speech is told and left out: words to
//! programs that keep a queue, reactions, and the first words of a message that is answered. Where one
//! nick writes down what others say, as in minutes, those are the speakers.

mod message;
mod scribe;

use super::come_back::are_names;
use super::content::Content;
use super::lines::numbered;
use super::unreadable::Unreadable;
use crate::msg;
use crate::read::block::Block;
use message::{Message, Shape};
use scribe::Scribes;

/// The fewest messages by which names below stamps can be told.
const FEWEST: usize = 4;
/// Lines looked at.
const SAMPLE: usize = 200;

/// Whether a text is the log of a chat: its first line is a message, and so is every second of the others.
pub(super) fn is_likely(text: &str) -> bool {
    let mut lines = numbered(text).map(|it| it.1).filter(|it| !it.trim().is_empty()).take(SAMPLE);
    let Some(first) = lines.next().and_then(Message::of) else { return false };
    let (mut all, mut messages) = (1, 1);
    for line in lines {
        all += 1;
        messages += u32::from(Message::of(line).is_some_and(|it| it.shape == first.shape));
    }
    let least = if first.shape == Shape::Tabs { 1 } else { 3 };
    messages >= least && messages * 2 >= all
}

/// Takes the first line of each message for who wrote it, where the stamps name nobody and the same few lines come
/// back: `[12/03/2024 10:15] Ada`, and below it what she wrote.
fn name_by_first_line(messages: &mut [Message<'_>]) {
    let firsts = || messages.iter().filter(|it| it.shape != Shape::None && it.text.len() >= 2);
    let names: Vec<&str> = firsts()
        .filter(|it| it.who.is_none())
        .filter_map(|it| it.text.first().map(|it| it.trim()))
        .collect();
    if names.len() * 10 < messages.len() * 8 || !are_names(&names, FEWEST) {
        return;
    }
    for message in messages.iter_mut().filter(|it| it.who.is_none() && it.text.len() >= 2) {
        message.who = Some(message.text.remove(0).trim());
    }
}

/// Reads the log of a chat.
///
/// # Errors
/// None: a text that no line of which is a message is one without speakers.
pub(super) fn read(text: &str) -> Result<Content<'_>, Unreadable> {
    let mut messages: Vec<Message<'_>> = Vec::new();
    for (number, line) in numbered(text) {
        match (Message::of(line), messages.last_mut()) {
            (Some(message), _) => messages.push(Message { line: number, ..message }),
            (None, Some(last)) => last.go_on(line),
            (None, None) => messages.push(Message::unsigned(number, line)),
        }
    }
    name_by_first_line(&mut messages);
    let scribes = Scribes::find(&messages);
    let (mut commands, mut reactions, mut absent) = (0_u32, 0_u32, 0_u32);
    let mut content = Content::default();
    for message in &messages {
        let text = message.said();
        if text.is_empty() {
            continue;
        }
        if message.is_absent() {
            absent += 1;
        } else if message.is_reaction() {
            reactions += 1;
        } else if message::is_command(&text) {
            commands += 1;
        } else {
            let (speaker, text) = scribes.speaker(message, &text);
            let block = Block::text(message.line, text.to_owned()).at(message.time);
            content.blocks.push(match speaker {
                Some(speaker) => block.said_by(speaker.replace('_', " ").trim().to_owned()),
                None => block.said_by_nobody(),
            });
        }
    }
    if commands > 0 {
        content.notes.push(msg!("chat_log.commands", n = commands));
    }
    if reactions > 0 {
        content.notes.push(msg!("chat_log.reactions", n = reactions));
    }
    if absent > 0 {
        content.notes.push(msg!("chat_log.absent", n = absent));
    }
    if messages.iter().any(|it| it.shape.tells_time_of_day()) {
        content.notes.push(msg!("chat_log.clock"));
    }
    Ok(content)
}
