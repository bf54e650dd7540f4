//! Codes so far and new ones, group by group.

use super::canvas::{Anchor, Canvas, LINE, fitting, number};
use crate::msg;
use crate::render::document::Figure;
use crate::words::{Language, say, word};

/// The width of a group, and the height of the field.
const FIELD: (f64, f64) = (64.0, 220.0);

/// One group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its case.
    pub name: String,
    /// Codes that are new in it.
    pub new: u64,
    /// Codes so far.
    pub so_far: u64,
}

/// All groups, in the order of their sessions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Curve {
    /// The groups.
    pub groups: Vec<Group>,
}

fn value(count: u64) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

impl Curve {
    /// The picture.
    #[must_use]
    pub fn figure(&self, language: Language) -> Figure {
        let all = self.groups.iter().map(|it| it.so_far).max().unwrap_or(0);
        let (left, top) = (24.0, 44.0);
        let wide = left + number(self.groups.len()) * FIELD.0 + 16.0;
        let mut canvas = Canvas::new(wide.max(420.0), top + FIELD.1 + 120.0);
        let scale = if all == 0 { 0.0 } else { FIELD.1 / value(all) };
        let ground = top + FIELD.1;
        canvas.dot(left + 6.0, 14.0, 4.0, "#123f6b");
        canvas.text(left + 16.0, 18.0, &word("picture.curve.so_far", language), Anchor::Start);
        canvas.framed(left + 196.0, 9.0, 10.0, 10.0, "#c4dbed");
        canvas.text(left + 212.0, 18.0, &word("picture.curve.new", language), Anchor::Start);
        canvas.line((left, ground), (wide - 8.0, ground), "#595959", 1.0);
        let mut points = Vec::new();
        for (nth, group) in self.groups.iter().enumerate() {
            let x = left + number(nth) * FIELD.0 + FIELD.0 / 2.0;
            let (high, bar) = (value(group.so_far) * scale, value(group.new) * scale);
            points.push((x, ground - high));
            canvas.named(&format!("{}: {} (+{})", group.name, group.so_far, group.new), |canvas| {
                canvas.framed(x - 16.0, ground - bar, 32.0, bar, "#c4dbed");
                canvas.text(x, ground + LINE, &format!("+{}", group.new), Anchor::Middle);
                canvas.upward(x + 4.0, ground + 112.0, &fitting(&group.name, 88.0));
            });
        }
        canvas.path(&points, "#123f6b");
        for ((x, y), group) in points.iter().zip(&self.groups) {
            canvas.dot(*x, *y, 4.0, "#123f6b");
            canvas.text(*x, *y - 9.0, &group.so_far.to_string(), Anchor::Middle);
        }
        let last = self.groups.last();
        let found = msg!(
            "picture.curve",
            all = all,
            n = self.groups.len(),
            last = last.map_or("", |it| it.name.as_str()),
            new = last.map_or(0, |it| it.new)
        );
        let (title, caption) = (word("picture.curve.title", language), say(&found, language));
        Figure {
            svg: canvas.finish(&title, &caption),
            told: caption.clone(),
            caption: format!("{title}. {caption}"),
        }
    }
}
