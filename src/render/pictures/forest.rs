//! Figures with their intervals, one a line, on one axis: agreement as it is compared.

use super::canvas::{Anchor, Canvas, LINE, fitting, number, width};
use crate::msg;
use crate::render::document::Figure;
use crate::render::number::shown;
use crate::words::{Language, say};

/// The width of the axis.
const AXIS: f64 = 380.0;
/// The height of a line.
const ROW: f64 = 24.0;

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it is about.
    pub name: String,
    /// The figure.
    pub value: Option<f64>,
    /// Its interval.
    pub interval: Option<(f64, f64)>,
    /// Why there is no figure.
    pub why: String,
    /// How many units carry it.
    pub n: u64,
}

/// All of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Forest {
    /// What is shown: the name of the measure.
    pub measure: String,
    /// The lines.
    pub lines: Vec<Line>,
}

impl Forest {
    /// The picture.
    #[must_use]
    pub fn figure(&self, language: Language) -> Figure {
        let left =
            self.lines.iter().map(|it| width(&it.name) + 16.0).fold(80.0, f64::max).min(280.0);
        let told: Vec<String> = self.lines.iter().map(printed).collect();
        let right = told.iter().map(|it| width(it) + 24.0).fold(120.0, f64::max).min(420.0);
        let lows = self.lines.iter().filter_map(|it| it.interval.map(|it| it.0).or(it.value));
        let lowest = lows.fold(0.0, f64::min).max(-1.0);
        let low = (lowest * 5.0).floor() / 5.0;
        let at = |value: f64| left + (value.clamp(low, 1.0) - low) / (1.0 - low) * AXIS;
        let high = number(self.lines.len()) * ROW;
        let mut canvas = Canvas::new(left + AXIS + right, high + 48.0);
        let mut tick = low;
        while tick <= 1.001 {
            let x = at(tick);
            canvas.line(
                (x, 8.0),
                (x, high + 12.0),
                if tick.abs() < 0.01 { "#595959" } else { "#d0d0d0" },
                1.0,
            );
            canvas.text(
                x,
                high + 12.0 + LINE,
                &format!("{tick:.1}").replace("-0.0", "0.0"),
                Anchor::Middle,
            );
            tick += 0.2;
        }
        for (nth, (line, told)) in self.lines.iter().zip(&told).enumerate() {
            let y = 8.0 + number(nth) * ROW + ROW / 2.0;
            canvas.named(&format!("{}: {told}", line.name), |canvas| {
                canvas.text(left - 10.0, y + 4.0, &fitting(&line.name, left - 14.0), Anchor::End);
                if let Some((from, to)) = line.interval {
                    canvas.line((at(from), y), (at(to), y), "#1a1a1a", 1.6);
                    canvas.line((at(from), y - 4.0), (at(from), y + 4.0), "#1a1a1a", 1.6);
                    canvas.line((at(to), y - 4.0), (at(to), y + 4.0), "#1a1a1a", 1.6);
                }
                if let Some(value) = line.value {
                    canvas.rect(at(value) - 4.0, y - 4.0, 8.0, 8.0, "#123f6b");
                }
                canvas.text(
                    left + AXIS + 14.0,
                    y + 4.0,
                    &fitting(told, right - 18.0),
                    Anchor::Start,
                );
            });
        }
        let caption = say(&self.finding(), language);
        let title = say(&msg!("picture.forest.title", measure = self.measure), language);
        let (svg, drawn) = canvas.finish(&title, &caption);
        Figure { svg, drawn, told: caption.clone(), caption: format!("{title}. {caption}") }
    }

    fn finding(&self) -> crate::domain::message::Message {
        let known = || self.lines.iter().filter_map(|it| Some((it.value?, it)));
        let low = known().min_by(|one, other| one.0.total_cmp(&other.0));
        let high = known().max_by(|one, other| one.0.total_cmp(&other.0));
        let undefined = self.lines.iter().filter(|it| it.value.is_none()).count();
        match (low, high) {
            (Some((least, low)), Some((most, high))) => msg!(
                "picture.forest",
                low = low.name,
                least = shown(least),
                high = high.name,
                most = shown(most),
                n = self.lines.len(),
                undefined = undefined
            ),
            _ => msg!("picture.forest.none"),
        }
    }
}

fn printed(line: &Line) -> String {
    match (line.value, line.interval) {
        (Some(value), Some((low, high))) => {
            format!("{} [{}, {}] n = {}", shown(value), shown(low), shown(high), line.n)
        }
        (Some(value), None) => format!("{} n = {}", shown(value), line.n),
        (None, _) => line.why.clone(),
    }
}
