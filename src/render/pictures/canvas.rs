//! A canvas: rectangles, lines and text, in the order in which they are drawn, as SVG and as shapes for other forms.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

pub(super) use super::drawn::Anchor;
use super::drawn::{Drawn, Set, Shape, tenths};
use crate::escape::{html, terminal};
use crate::format::codebook::sha256;

/// Height of a line of text.
pub(super) const LINE: f64 = 16.0;
/// The width of a letter, on average and a little more: text that is longer than its place is cut by it.
const LETTER: f64 = 7.0;

/// The colour of text on white.
const INK: &str = "#1a1a1a";

/// The ramp of the values, from nothing to most, with the colour of text on it: luminance falls all the way.
const RAMP: [(&str, &str); 6] = [
    ("#ffffff", "#1a1a1a"),
    ("#e6eff7", "#1a1a1a"),
    ("#c4dbed", "#1a1a1a"),
    ("#94bfdf", "#1a1a1a"),
    ("#2a6399", "#ffffff"),
    ("#123f6b", "#ffffff"),
];

/// The colour that the codebook gives a dimension, and a pattern by which it is told from others where colours are not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sign {
    /// The colour; empty if none.
    pub colour: String,
    /// Which pattern; dimensions are numbered from 0.
    pub pattern: usize,
}

/// The side of a sign.
const SIGN: f64 = 10.0;
/// From where to where a line goes.
type Stroke = ((f64, f64), (f64, f64));
/// The lines of each pattern, from and to, in a square of ten.
const PATTERNS: [&[Stroke]; 6] = [
    &[],
    &[((0.0, 3.5), (10.0, 3.5)), ((0.0, 6.5), (10.0, 6.5))],
    &[((3.5, 0.0), (3.5, 10.0)), ((6.5, 0.0), (6.5, 10.0))],
    &[((0.0, 10.0), (10.0, 0.0))],
    &[((0.0, 5.0), (10.0, 5.0)), ((5.0, 0.0), (5.0, 10.0))],
    &[((0.0, 0.0), (10.0, 10.0)), ((0.0, 10.0), (10.0, 0.0))],
];

/// The colour of lines that are seen on a ground: by its relative luminance (WCAG 2.2).
fn ink_on(ground: &str) -> &'static str {
    let part = |at: usize| {
        let value = ground.get(at..at + 2).and_then(|it| u8::from_str_radix(it, 16).ok());
        let value = f64::from(value.unwrap_or(0)) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    let luminance = 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
    if luminance > 0.179 { INK } else { "#ffffff" }
}

/// A picture that is being drawn, as SVG and as shapes.
pub(super) struct Canvas {
    body: String,
    shapes: Vec<Shape>,
    width: f64,
    height: f64,
}

/// Text between tags or in an attribute; what would turn its direction or cannot be seen stands as a mark.
fn escaped(text: &str) -> String {
    html::text(&terminal::visible(text)).replace(['\n', '\r', '\t'], " ")
}

/// How wide a text is.
pub(super) fn width(text: &str) -> f64 {
    let columns = u32::try_from(text.width()).unwrap_or(u32::MAX);
    f64::from(columns) * LETTER
}

/// The beginning of a text that fits a width.
pub(super) fn fitting(text: &str, most: f64) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let mut out = String::new();
    for character in text.chars() {
        if width(&out) + 3.0 * LETTER > most {
            break;
        }
        out.push(character);
    }
    format!("{}…", out.trim_end())
}

/// A count as a number of the canvas.
pub(super) fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The colours of a value on the way from 0 to the most: of the ground and of text on it.
pub(super) fn shade(value: f64, most: f64) -> (&'static str, &'static str) {
    let steps = RAMP.iter().skip(1).zip([0.2, 0.4, 0.6, 0.8, f64::INFINITY]);
    let part = if most > 0.0 { value / most } else { 0.0 };
    if value <= 0.0 {
        return RAMP[0];
    }
    steps.into_iter().find(|(_, end)| part <= *end).map_or(RAMP[5], |(colours, _)| *colours)
}

/// A colour that a codebook names, if it is one: `#rrggbb`.
pub(super) fn colour(text: &str) -> Option<&str> {
    let digits = text.strip_prefix('#')?;
    (digits.len() == 6 && digits.chars().all(|it| it.is_ascii_hexdigit())).then_some(text)
}

impl Canvas {
    pub(super) fn new(width: f64, height: f64) -> Self {
        Self { body: String::new(), shapes: Vec::new(), width, height }
    }

    pub(super) fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, fill: &str) {
        let _ = write!(
            self.body,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{fill}\"/>"
        );
        self.rectangle((x, y), (width, height), fill, false);
    }

    /// A rectangle with a line around it.
    pub(super) fn framed(&mut self, x: f64, y: f64, width: f64, height: f64, fill: &str) {
        let _ = write!(
            self.body,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{fill}\" stroke=\"#767676\" stroke-width=\"0.6\"/>"
        );
        self.rectangle((x, y), (width, height), fill, true);
    }

    /// The colour of the codebook with its pattern as a small square beside a name, never in its place.
    pub(super) fn sign(&mut self, x: f64, y: f64, sign: &Sign) {
        let Some(ground) = colour(&sign.colour) else { return };
        self.framed(x, y, SIGN, SIGN, ground);
        for (from, to) in PATTERNS[sign.pattern % PATTERNS.len()] {
            self.line((x + from.0, y + from.1), (x + to.0, y + to.1), ink_on(ground), 1.2);
        }
    }

    fn rectangle(&mut self, at: (f64, f64), size: (f64, f64), fill: &str, framed: bool) {
        let fill = fill.to_owned();
        self.shapes.push(Shape::Rect { at: point(at), size: point(size), fill, framed });
    }

    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), colour: &str, thick: f64) {
        let _ = write!(
            self.body,
            "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke=\"{colour}\" stroke-width=\"{thick:.1}\"/>",
            from.0, from.1, to.0, to.1
        );
        let (points, colour) = (vec![point(from), point(to)], colour.to_owned());
        self.shapes.push(Shape::Path { points, colour, thick: tenths(thick) });
    }

    /// A line from point to point.
    pub(super) fn path(&mut self, points: &[(f64, f64)], colour: &str) {
        let all: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        let _ = write!(
            self.body,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>",
            all.join(" ")
        );
        let points = points.iter().copied().map(point).collect();
        self.shapes.push(Shape::Path { points, colour: colour.to_owned(), thick: 20 });
    }

    pub(super) fn dot(&mut self, x: f64, y: f64, radius: f64, colour: &str) {
        let _ = write!(
            self.body,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\" fill=\"{colour}\"/>"
        );
        let (at, radius, fill) = (point((x, y)), tenths(radius), colour.to_owned());
        self.shapes.push(Shape::Dot { at, radius, fill });
    }

    pub(super) fn text(&mut self, x: f64, y: f64, text: &str, anchor: Anchor) {
        self.coloured(x, y, text, anchor, INK);
    }

    pub(super) fn coloured(&mut self, x: f64, y: f64, text: &str, anchor: Anchor, colour: &str) {
        let _ = write!(
            self.body,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{}\" fill=\"{colour}\">{}</text>",
            match anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            },
            escaped(text)
        );
        self.letters((x, y), text, (anchor, Set::Plain), colour);
    }

    pub(super) fn bold(&mut self, x: f64, y: f64, text: &str) {
        let _ = write!(
            self.body,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-weight=\"bold\" fill=\"#1a1a1a\">{}</text>",
            escaped(text)
        );
        self.letters((x, y), text, (Anchor::Start, Set::Bold), INK);
    }

    /// Text that is read from below upward.
    pub(super) fn upward(&mut self, x: f64, y: f64, text: &str) {
        let _ = write!(
            self.body,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" transform=\"rotate(-90 {x:.1} {y:.1})\" fill=\"#1a1a1a\">{}</text>",
            escaped(text)
        );
        self.letters((x, y), text, (Anchor::Start, Set::Upward), INK);
    }

    fn letters(&mut self, at: (f64, f64), text: &str, how: (Anchor, Set), colour: &str) {
        let text = terminal::visible(text).replace(['\n', '\r', '\t'], " ");
        let ((anchor, set), colour) = (how, colour.to_owned());
        self.shapes.push(Shape::Text { at: point(at), text, anchor, colour, set });
    }

    /// What belongs together, with the name under which a mouse and a reader of screens find it.
    pub(super) fn named(&mut self, name: &str, draw: impl FnOnce(&mut Self)) {
        let _ = write!(self.body, "<g><title>{}</title>", escaped(name));
        draw(self);
        self.body.push_str("</g>");
    }

    /// The whole picture: as SVG one element, with its title and what it shows; as shapes.
    pub(super) fn finish(self, title: &str, told: &str) -> (String, Drawn) {
        // Two pictures on one page need two names; the same picture has the same.
        let id = sha256(format!("{title}{told}{}", self.body).as_bytes());
        let id = id.get(..8).unwrap_or_default();
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w:.0} {h:.0}\" width=\"{w:.0}\" height=\"{h:.0}\" \
             role=\"img\" aria-labelledby=\"t{id} d{id}\" font-family=\"system-ui, 'DejaVu Sans', Arial, sans-serif\" \
             font-size=\"12\"><title id=\"t{id}\">{title}</title><desc id=\"d{id}\">{told}</desc>\
             <rect width=\"{w:.0}\" height=\"{h:.0}\" fill=\"#ffffff\"/>{body}</svg>\n",
            w = self.width,
            h = self.height,
            title = escaped(title),
            told = escaped(told),
            body = self.body,
        );
        (svg, Drawn { size: point((self.width, self.height)), shapes: self.shapes })
    }
}

fn point((x, y): (f64, f64)) -> (i32, i32) {
    (tenths(x), tenths(y))
}
