//! Where a group of rich text leads: into the text, beside it, or nowhere.

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Place {
    /// Into the text.
    #[default]
    Body,
    /// Nowhere, and nothing inside it either.
    Nowhere,
    /// Nowhere; but something inside may lead into the text, as the words in a drawn box do.
    Aside,
    /// Into the head or foot of a page.
    Margin,
    /// Into the list of fonts.
    Fonts,
    /// Into the list of styles.
    Styles,
}

/// What else a group does as it opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    /// A text of its own beside the paragraph at hand.
    Box,
    Margin,
    Footnote,
    Comment,
    Object,
}

/// Where the group leads that begins with this word; `None` if the word names no destination.
pub(super) fn of(word: &str) -> Option<(Place, Kind)> {
    Some(match word {
        "fonttbl" => (Place::Fonts, Kind::Plain),
        "stylesheet" => (Place::Styles, Kind::Plain),
        "header" | "headerl" | "headerr" | "headerf" | "footer" | "footerl" | "footerr"
        | "footerf" => (Place::Margin, Kind::Margin),
        "footnote" => (Place::Nowhere, Kind::Footnote),
        "annotation" => (Place::Nowhere, Kind::Comment),
        "object" => (Place::Aside, Kind::Object),
        "shpinst" | "do" | "upr" => (Place::Aside, Kind::Plain),
        "shptxt" | "dptxbxtext" => (Place::Body, Kind::Box),
        "result" | "fldrslt" | "ud" => (Place::Body, Kind::Plain),
        // Properties, pictures, marks of an index, numbers that the program counts itself, and what is
        // there for older programs beside the same for newer ones.
        "info" | "colortbl" | "pict" | "nonshppict" | "shprslt" | "fldinst" | "listtext"
        | "pntext" | "xe" | "tc" | "rxe" | "txe" | "bkmkstart" | "bkmkend" | "filetbl"
        | "revtbl" | "listtable" | "listoverridetable" | "private" | "template" | "background"
        | "falt" | "panose" | "nesttableprops" | "nonesttables" | "ftnsep" | "ftnsepc"
        | "ftncn" | "aftnsep" | "aftnsepc" | "aftncn" | "mmathPict" | "sn" | "sv" => {
            (Place::Nowhere, Kind::Plain)
        }
        _ => return None,
    })
}

/// The character that a control word or symbol stands for.
pub(super) fn character(word: &str) -> Option<char> {
    Some(match word {
        "emdash" => '—',
        "endash" => '–',
        "lquote" => '‘',
        "rquote" => '’',
        "ldblquote" => '“',
        "rdblquote" => '”',
        "bullet" => '•',
        "emspace" => '\u{2003}',
        "enspace" => '\u{2002}',
        "qmspace" => '\u{2005}',
        "ltrmark" => '\u{200e}',
        "rtlmark" => '\u{200f}',
        "zwj" => '\u{200d}',
        "zwnj" => '\u{200c}',
        "~" => '\u{a0}',
        "_" => '\u{2011}',
        "{" => '{',
        "}" => '}',
        "\\" => '\\',
        "tab" | "\t" => '\t',
        // A page ends inside a paragraph as a line does: what follows is another word.
        "line" | "lbr" | "page" | "column" => '\n',
        _ => return None,
    })
}
