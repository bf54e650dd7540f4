//! What a desk has of its own on a full screen: its keys, what is typed, how it is drawn.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::face::Face;
use crate::desk::keys::{Command, Key, Told};
use crate::desk::{Desk, Keeper};
use crate::domain::answer::{CodeIndex, DimensionIndex};
use crate::domain::message::Message;
use crate::face::lines::End;

/// Lines of a panel; headings are marked.
pub type Lines = Vec<(String, bool)>;

/// A desk as a full screen shows it.
pub trait Scene<'a>: Desk + Sized {
    /// What can be typed.
    type Field: Copy;
    /// What this screen alone can be asked for.
    type Wish;
    /// What lies over the text on this screen alone.
    type Own;
    /// What the session is.
    type Session;
    /// Where a person stands: elsewhere another part of the text is shown.
    type Place: PartialEq;

    /// What a key asks for.
    fn command(&self, key: Key) -> Command<Self::Act, Self::Field, Self::Wish>;

    /// The lines of the help.
    fn table() -> Vec<Told>;

    /// Where the person stands.
    fn place(&self) -> Self::Place;

    /// How many things there are among which the arrows move.
    fn choices(&self) -> usize {
        0
    }

    /// Which of them an act is about, if it is about one.
    fn chosen(&self, _: &Self::Act) -> Option<usize> {
        None
    }

    /// What has to be typed now, if anything has.
    fn due_field(&self) -> Option<Self::Field> {
        None
    }

    /// The word before what is typed; empty for a line of line mode.
    fn label(field: Self::Field) -> &'static str;

    /// Makes an act of what was typed.
    ///
    /// # Errors
    /// Says what is not understood.
    fn entered(&self, field: Self::Field, text: &str) -> Result<Self::Act, Message>;

    /// Whether nothing typed is an answer, too.
    fn may_be_empty(_: Self::Field) -> bool {
        false
    }

    /// What Esc does where something is typed, if it is more than putting it away.
    fn dropped(_: Self::Field) -> Option<Self::Act> {
        None
    }

    /// Which keys do what while something is typed.
    fn legend_typed(_: Self::Field) -> &'static str {
        "screen.legend_typed"
    }

    /// Fulfils a wish.
    fn wish(face: &mut Face<'a, Self>, wish: Self::Wish, desk: &Self);

    /// Takes a key for what lies over the text.
    fn own(
        face: &mut Face<'a, Self>,
        own: Self::Own,
        key: Key,
        desk: &mut Self,
        keeper: &mut Keeping<'_, Self>,
    ) -> Option<End>;

    /// Where what lies over the text is typed into.
    fn typed_in(_: &mut Self::Own) -> Option<&mut String> {
        None
    }

    /// How it is said that something was kept.
    fn told(face: &Face<'a, Self>, what: &Self::Keep) -> String;

    /// The person's own words in what is to be kept: they are shown where it cannot be.
    fn words(_: &Self::Keep) -> Option<&str> {
        None
    }

    /// Whether a session has to begin anew once this is kept: what it rests on is another thing then.
    fn begins_anew(_: &Self::Keep) -> bool {
        false
    }

    /// Definitions of these codes, or of the whole dimension.
    fn definitions(face: &Face<'a, Self>, _: DimensionIndex, _: &[CodeIndex]) -> Lines {
        let _ = face;
        Vec::new()
    }

    /// Which keys do what now.
    fn legend(face: &Face<'a, Self>, desk: &Self) -> String;

    /// Draws the screen.
    fn draw(face: &Face<'a, Self>, buffer: &mut Buffer, area: Rect, desk: &Self);
}

/// What keeps what is decided at a screen.
pub type Keeping<'k, S> = dyn Keeper<<S as Desk>::Keep, <S as Desk>::Receipt> + 'k;
