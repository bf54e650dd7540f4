//! A person before a full screen in a test: keys as they are written in tests/keys, and what the screen shows.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};
use themata::desk::keys::Key;
use themata::face::lines::End;
use themata::face::screen::face::{Face, Keeping, Scene};

/// Somebody at a desk; a second passes from key to key.
pub(crate) struct Person<'a, S: Scene<'a>> {
    pub(crate) face: Face<'a, S>,
    pub(crate) desk: S,
    pub(crate) now: u64,
}

impl<'a, S: Scene<'a>> Person<'a, S> {
    pub(crate) fn at(face: Face<'a, S>, desk: S) -> Self {
        let mut person = Self { face, desk, now: 0 };
        person.face.begin(&person.desk);
        person
    }

    pub(crate) fn press(&mut self, key: Key, keeper: &mut Keeping<'_, S>) -> Option<End> {
        self.now += 1000;
        self.face.press(key, false, self.now, &mut self.desk, keeper)
    }

    /// Holds a key for so many milliseconds, thirty times a second; some terminals tell that it is held.
    pub(crate) fn hold(&mut self, key: Key, for_: u64, told: bool, keeper: &mut Keeping<'_, S>) {
        self.now += 1000;
        for nth in 0..for_ / 33 {
            let held = told && nth > 0;
            self.face.press(key, held, self.now + nth * 33, &mut self.desk, keeper);
        }
        self.now += for_;
    }

    pub(crate) fn all(&mut self, keys: &str, keeper: &mut Keeping<'_, S>) -> Option<End> {
        parse(keys).into_iter().find_map(|key| self.press(key, keeper))
    }

    fn drawn(&self, width: u16, height: u16) -> Buffer {
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| self.face.draw(frame, &self.desk)).unwrap();
        terminal.backend().buffer().clone()
    }

    /// Whether nothing on the screen has a colour.
    pub(crate) fn is_monochrome(&self, width: u16, height: u16) -> bool {
        let plain = |it: &Color| *it == Color::Reset;
        let buffer = self.drawn(width, height);
        buffer.content.iter().all(|cell| plain(&cell.fg) && plain(&cell.bg))
    }

    /// What the screen of a size shows, without blanks at line ends.
    pub(crate) fn seen(&self, width: u16, height: u16) -> String {
        self.told(width, height, |_| String::new())
    }

    /// The same as a terminal without colours tells things apart: {R} stands before what is reversed, {B} bold, {D} dim,
    /// {I} slanted, {U} underlined, {} before what is none of it.
    pub(crate) fn monochrome(&self, width: u16, height: u16) -> String {
        assert!(self.is_monochrome(width, height));
        let letters = [
            (Modifier::REVERSED, 'R'),
            (Modifier::BOLD, 'B'),
            (Modifier::DIM, 'D'),
            (Modifier::ITALIC, 'I'),
            (Modifier::UNDERLINED, 'U'),
        ];
        self.told(width, height, |style| {
            let told = letters.iter().filter(|(it, _)| style.contains(*it));
            format!("{{{}}}", told.map(|(_, letter)| *letter).collect::<String>())
        })
    }

    fn told(&self, width: u16, height: u16, tag: impl Fn(Modifier) -> String) -> String {
        let buffer = self.drawn(width, height);
        let mut text = String::new();
        for y in 0..height {
            let mut line = String::new();
            let mut skip = 0;
            let mut style = Modifier::empty();
            for x in 0..width {
                let cell = &buffer[(x, y)];
                let symbol = cell.symbol();
                let is_blank = symbol == " " && !cell.modifier.contains(Modifier::REVERSED);
                if cell.modifier != style && !is_blank {
                    style = cell.modifier;
                    line.push_str(&tag(style));
                }
                if skip == 0 {
                    line.push_str(symbol);
                    skip = unicode_width::UnicodeWidthStr::width(symbol).saturating_sub(1);
                } else {
                    skip -= 1;
                }
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

/// Keys as they are written in tests/keys: characters, words in quotes, names in <>.
pub(crate) fn parse(text: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        if let Some(quoted) = rest.strip_prefix('"') {
            let (word, after) = quoted.split_once('"').unwrap();
            keys.extend(word.chars().map(Key::Char));
            rest = after.trim_start();
            continue;
        }
        let (word, after) = rest.split_once(' ').unwrap_or((rest, ""));
        keys.push(match word {
            "<Space>" => Key::Char(' '),
            "<Enter>" => Key::Enter,
            "<Tab>" => Key::Tab,
            "<Esc>" => Key::Escape,
            "<BSpace>" => Key::Backspace,
            "<Left>" => Key::Left,
            "<Right>" => Key::Right,
            "<Up>" => Key::Up,
            "<Down>" => Key::Down,
            "<PageUp>" => Key::PageUp,
            "<PageDown>" => Key::PageDown,
            "<Home>" => Key::Home,
            "<End>" => Key::End,
            "<Ctrl+C>" => Key::Interrupt,
            word => {
                assert_eq!(word.chars().count(), 1, "{word}");
                Key::Char(first)
            }
        });
        rest = after.trim_start();
    }
    keys
}

/// Random places below an end, the same every time.
pub(crate) fn chance(mut seed: u64) -> impl FnMut(usize) -> usize {
    move |end| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % end
    }
}

/// How many random hands are tried; `THEMATA_HANDS=10000` tries as many as one likes.
pub(crate) fn hands(few: usize) -> usize {
    std::env::var("THEMATA_HANDS").ok().and_then(|it| it.parse().ok()).unwrap_or(few)
}
