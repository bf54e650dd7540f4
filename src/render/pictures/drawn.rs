//! What a picture is made of, for forms that cannot show SVG: in tenths of a unit, in the order in which it is drawn.

/// A picture as shapes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Drawn {
    /// Width and height.
    pub size: (i32, i32),
    /// The shapes, those beneath first.
    pub shapes: Vec<Shape>,
}

/// A shape; colours are `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// A rectangle.
    Rect {
        /// Its left upper corner.
        at: (i32, i32),
        /// Width and height.
        size: (i32, i32),
        /// The colour within.
        fill: String,
        /// Whether a thin line stands around it.
        framed: bool,
    },
    /// A line from point to point.
    Path {
        /// The points.
        points: Vec<(i32, i32)>,
        /// Its colour.
        colour: String,
        /// How thick it is.
        thick: i32,
    },
    /// A filled circle.
    Dot {
        /// Its middle.
        at: (i32, i32),
        /// Its radius.
        radius: i32,
        /// The colour within.
        fill: String,
    },
    /// Text in one line.
    Text {
        /// Where its base line is anchored.
        at: (i32, i32),
        /// The text.
        text: String,
        /// Where on its base line that is.
        anchor: Anchor,
        /// Its colour.
        colour: String,
        /// How it is set.
        set: Set,
    },
}

/// Where text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// How text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Set {
    /// From left to right.
    Plain,
    /// From left to right, in bold letters.
    Bold,
    /// From below upward.
    Upward,
}

/// A number of the canvas in tenths.
#[must_use]
pub fn tenths(number: f64) -> i32 {
    #[allow(clippy::cast_possible_truncation)]
    // a picture is smaller than two million units, and `as` stops at the ends
    let tenths = (number * 10.0).round() as i32;
    tenths
}
