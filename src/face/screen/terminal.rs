//! The terminal itself: taken when a session begins, given back on every way out.
//!
//! Leaving, an error, a panic, SIGTERM and SIGHUP give it back; SIGTSTP gives it back until SIGCONT. The mouse is left
//! alone, so that text can be copied.

use std::io::{self, Stdout, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::event::{
    self, DisableBracketedPaste, EnableBracketedPaste, KeyCode, KeyEvent, KeyEventKind,
    KeyModifiers,
};
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};

use super::{Event, Events};
use crate::desk::keys::Key;

/// How long a key is waited for before signals are looked at.
const WAIT: Duration = Duration::from_millis(100);

/// How long after a signal to end the session may take to leave.
const GRACE: Duration = Duration::from_secs(5);

/// So many characters that are there at once were not typed by hand.
const BURST: usize = 4;

/// The terminal of this process, while the screen has it.
pub struct Screen {
    /// What is drawn on.
    pub terminal: Terminal<CrosstermBackend<Stdout>>,
}

impl Screen {
    /// Takes the terminal.
    ///
    /// # Errors
    /// It cannot be taken; then it is as it was.
    pub fn take() -> io::Result<Self> {
        // A panic must be readable: the terminal is given back before it is told.
        static HOOKED: AtomicBool = AtomicBool::new(false);
        if !HOOKED.swap(true, Ordering::SeqCst) {
            let before = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |panic| {
                give_back();
                before(panic);
            }));
        }
        enter()?;
        match Terminal::new(CrosstermBackend::new(io::stdout())) {
            Ok(terminal) => Ok(Self { terminal }),
            Err(error) => {
                give_back();
                Err(error)
            }
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

fn enter() -> io::Result<()> {
    enable_raw_mode()?;
    let entered = execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste);
    if entered.is_err() {
        give_back();
    }
    entered
}

/// Whether or not something is wrong with the terminal, there is nothing else to be done about it.
fn give_back() {
    let _ = execute!(
        io::stdout(),
        DisableBracketedPaste,
        LeaveAlternateScreen,
        ratatui::crossterm::cursor::Show
    );
    let _ = disable_raw_mode();
    let _ = io::stdout().flush();
}

/// Keys of the terminal, and signals.
pub struct Keyboard {
    began: Instant,
    ended: Arc<AtomicBool>,
    stopped: Arc<AtomicBool>,
    continued: Arc<AtomicBool>,
    waiting: Vec<Event>,
}

impl Keyboard {
    /// Listens to the terminal and to signals.
    ///
    /// # Errors
    /// A signal cannot be listened to.
    pub fn new() -> io::Result<Self> {
        let keyboard = Self {
            began: Instant::now(),
            ended: Arc::default(),
            stopped: Arc::default(),
            continued: Arc::default(),
            waiting: Vec::new(),
        };
        keyboard.listen()?;
        Ok(keyboard)
    }

    /// Forgets what was typed while no picture was shown: nobody saw what it would decide.
    ///
    /// # Errors
    /// The terminal fails.
    pub fn forget(&mut self) -> io::Result<()> {
        self.waiting.clear();
        while event::poll(Duration::ZERO)? {
            event::read()?;
        }
        Ok(())
    }

    #[cfg(unix)]
    fn listen(&self) -> io::Result<()> {
        use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
        for signal in [SIGTERM, SIGHUP, SIGINT] {
            signal_hook::flag::register(signal, Arc::clone(&self.ended))?;
        }
        signal_hook::flag::register(SIGTSTP, Arc::clone(&self.stopped))?;
        signal_hook::flag::register(SIGCONT, Arc::clone(&self.continued))?;
        // A terminal whose window was closed is read without end: nobody comes back to look at the flag. What was
        // acknowledged is on the disk, so that the process may go as the signal says.
        let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP])?;
        std::thread::spawn(move || {
            for signal in signals.forever() {
                std::thread::sleep(GRACE);
                // Not `give_back`: whoever is stuck holds standard output.
                let _ = disable_raw_mode();
                let _ = signal_hook::low_level::emulate_default_handler(signal);
            }
        });
        Ok(())
    }

    #[cfg(not(unix))]
    fn listen(&self) -> io::Result<()> {
        Ok(())
    }

    /// Gives the terminal back, stops, and takes it again when the program goes on.
    fn stop(&self) -> io::Result<()> {
        give_back();
        #[cfg(unix)]
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
        self.continued.store(false, Ordering::SeqCst);
        enter()
    }

    /// The key of an event, if it is one that was pressed.
    fn key(&self, event: &event::Event) -> Option<Event> {
        let event::Event::Key(key) = event else { return None };
        if key.kind == KeyEventKind::Release {
            return None;
        }
        let at = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        Some(Event::Key(named(key)?, key.kind == KeyEventKind::Repeat, at))
    }

    /// What came, with what came at once after it; many characters at once are a paste.
    fn burst(&mut self, first: &event::Event) -> io::Result<Option<Event>> {
        let mut keys: Vec<Event> = self.key(first).into_iter().collect();
        let mut text = String::from_iter(letter(first));
        while event::poll(Duration::ZERO)? && keys.len() < 4096 {
            let next = event::read()?;
            match self.key(&next) {
                Some(key) => {
                    text.extend(letter(&next));
                    keys.push(key);
                }
                None => {
                    self.waiting.extend(other(&next));
                    break;
                }
            }
        }
        if text.chars().count() >= BURST {
            return Ok(Some(Event::Paste(text)));
        }
        let mut keys = keys.into_iter();
        let first = keys.next();
        let rest: Vec<Event> = keys.collect();
        self.waiting.splice(0..0, rest);
        Ok(first)
    }
}

impl Events for Keyboard {
    fn next(&mut self) -> io::Result<Event> {
        loop {
            if self.ended.load(Ordering::SeqCst) {
                return Ok(Event::End);
            }
            if self.stopped.swap(false, Ordering::SeqCst) {
                self.stop()?;
                return Ok(Event::Redraw);
            }
            if self.continued.swap(false, Ordering::SeqCst) {
                return Ok(Event::Redraw);
            }
            if !self.waiting.is_empty() {
                return Ok(self.waiting.remove(0));
            }
            if !event::poll(WAIT)? {
                continue;
            }
            let came = event::read()?;
            let found = match other(&came) {
                Some(event) => Some(event),
                None => self.burst(&came)?,
            };
            if let Some(event) = found {
                return Ok(event);
            }
        }
    }
}

fn other(event: &event::Event) -> Option<Event> {
    match event {
        event::Event::Paste(text) => Some(Event::Paste(text.clone())),
        event::Event::Resize(..) | event::Event::FocusGained => Some(Event::Redraw),
        _ => None,
    }
}

fn letter(event: &event::Event) -> Option<char> {
    match event {
        event::Event::Key(KeyEvent { code: KeyCode::Char(letter), kind, .. })
            if *kind == KeyEventKind::Press =>
        {
            Some(*letter)
        }
        event::Event::Key(KeyEvent { code: KeyCode::Enter, .. }) => Some('\n'),
        _ => None,
    }
}

/// A key by the character that it gives, or by its name.
fn named(key: &KeyEvent) -> Option<Key> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    Some(match key.code {
        KeyCode::Char('c' | 'C') if control => Key::Interrupt,
        // AltGr gives characters on many keyboards; control and Alt alone give none.
        KeyCode::Char(letter) if control == alt => Key::Char(letter),
        KeyCode::Enter => Key::Enter,
        KeyCode::Tab => Key::Tab,
        KeyCode::Esc => Key::Escape,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_the_character_that_it_gives_wherever_it_lies_on_the_keyboard() {
        let key = |code, modifiers| named(&KeyEvent::new(code, modifiers));
        let letter = |letter, modifiers| key(KeyCode::Char(letter), modifiers);
        let alt_gr = KeyModifiers::CONTROL | KeyModifiers::ALT;
        // Digits with Shift (AZERTY), from the keypad, and capitals; brackets with AltGr.
        assert_eq!(letter('1', KeyModifiers::SHIFT), Some(Key::Char('1')));
        assert_eq!(letter('1', KeyModifiers::NONE), Some(Key::Char('1')));
        assert_eq!(letter('Z', KeyModifiers::SHIFT), Some(Key::Char('Z')));
        assert_eq!(letter('[', alt_gr), Some(Key::Char('[')));
        assert_eq!(letter('1', KeyModifiers::ALT), None);
        assert_eq!(letter('z', KeyModifiers::CONTROL), None);
        assert_eq!(letter('c', KeyModifiers::CONTROL), Some(Key::Interrupt));
        assert_eq!(key(KeyCode::F(1), KeyModifiers::NONE), None);
    }
}
