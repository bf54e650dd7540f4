//! A piece of text and where it stands on its page.

/// A run of letters that one instruction draws.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    /// Where it begins and ends, from the left.
    pub(super) left: f32,
    pub(super) right: f32,
    /// How high its line stands, from the bottom.
    pub(super) base: f32,
    /// How large its letters are.
    pub(super) size: f32,
    pub(super) bold: bool,
    pub(super) text: String,
}

/// Which way text runs, in quarter turns against the clock.
pub(super) type Turn = u8;

/// A position in two dimensions, and what draws in it: `[a b c d e f]` as a PDF has it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Matrix(pub(super) [f32; 6]);

impl Matrix {
    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// This one first, then the other.
    pub(super) fn then(self, other: Self) -> Self {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, other.0);
        Self([
            a * g + b * i,
            a * h + b * j,
            c * g + d * i,
            c * h + d * j,
            e * g + f * i + k,
            e * h + f * j + l,
        ])
    }

    /// The same, moved by so much in its own measure.
    pub(super) fn moved(self, right: f32, up: f32) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, right, up]).then(self)
    }

    /// Where its origin lies.
    pub(super) fn origin(self) -> (f32, f32) {
        let [.., e, f] = self.0;
        (e, f)
    }

    /// How high a letter of size 1 becomes.
    pub(super) fn height(self) -> f32 {
        let [_, _, c, d, ..] = self.0;
        libm::hypotf(c, d)
    }

    /// Which way text in it runs; `None` if askew.
    pub(super) fn turn(self) -> Option<Turn> {
        let [a, b, ..] = self.0;
        // Up to one in six, a line is as good as straight.
        match (b.abs() * 6.0 < a.abs(), a.abs() * 6.0 < b.abs()) {
            (true, _) if a > 0.0 => Some(0),
            (true, _) => Some(2),
            (_, true) if b > 0.0 => Some(1),
            (_, true) => Some(3),
            _ => None,
        }
    }
}

/// A place on the page as it is for somebody who turned the page so that the text runs from left to right.
pub(super) fn turned((x, y): (f32, f32), turn: Turn) -> (f32, f32) {
    match turn {
        1 => (y, -x),
        2 => (-x, -y),
        3 => (-y, x),
        _ => (x, y),
    }
}
