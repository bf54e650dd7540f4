//! Codes so far and new ones, group by group.

use super::canvas::{Anchor, Canvas, LINE, fitting, number};
use crate::msg;
use crate::render::document::Figure;
use crate::words::{Language, say, word};

/// The width of a group, and the height of the field.
const FIELD: (f64, f64) = (64.0, 220.0);

/// How wide a key of the lines is.
const KEY: f64 = 196.0;

/// One group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its case.
    pub name: String,
    /// Codes that are new in it.
    pub new: u64,
    /// Codes so far.
    pub so_far: u64,
    /// Of these, codes that came into the codebook while it was coded with.
    pub came: u64,
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

/// One line of the picture: what it is called, its colour, and how high it stands at a group.
struct Line {
    key: &'static str,
    colour: &'static str,
    of: fn(&Group) -> u64,
}

impl Curve {
    /// Codes given so far; where some came while coding, these and those that were given beforehand are two lines.
    fn lines(&self) -> Vec<Line> {
        let dark = "#123f6b";
        if self.groups.iter().all(|it| it.came == 0) {
            return vec![Line { key: "picture.curve.so_far", colour: dark, of: |it| it.so_far }];
        }
        let beforehand = |it: &Group| it.so_far.saturating_sub(it.came);
        vec![
            Line { key: "picture.curve.beforehand", colour: dark, of: beforehand },
            Line { key: "picture.curve.came", colour: "#a3480b", of: |it| it.came },
        ]
    }

    /// The picture.
    #[must_use]
    pub fn figure(&self, language: Language) -> Figure {
        let all = self.groups.iter().map(|it| it.so_far).max().unwrap_or(0);
        let (left, top) = (24.0, 44.0);
        let wide = left + number(self.groups.len()) * FIELD.0 + 16.0;
        let of_keys = left + KEY * number(self.lines().len() + 1);
        let mut canvas = Canvas::new(wide.max(of_keys), top + FIELD.1 + 120.0);
        let scale = if all == 0 { 0.0 } else { FIELD.1 / value(all) };
        let ground = top + FIELD.1;
        let lines = self.lines();
        let mut x = left;
        for line in &lines {
            let told = word(line.key, language);
            canvas.dot(x + 6.0, 14.0, 4.0, line.colour);
            canvas.text(x + 16.0, 18.0, &told, Anchor::Start);
            x += KEY;
        }
        canvas.framed(x, 9.0, 10.0, 10.0, "#c4dbed");
        canvas.text(x + 16.0, 18.0, &word("picture.curve.new", language), Anchor::Start);
        canvas.line((left, ground), (wide - 8.0, ground), "#595959", 1.0);
        for (nth, group) in self.groups.iter().enumerate() {
            let x = left + number(nth) * FIELD.0 + FIELD.0 / 2.0;
            let bar = value(group.new) * scale;
            canvas.named(&format!("{}: {} (+{})", group.name, group.so_far, group.new), |canvas| {
                canvas.framed(x - 16.0, ground - bar, 32.0, bar, "#c4dbed");
                canvas.text(x, ground + LINE, &format!("+{}", group.new), Anchor::Middle);
                canvas.upward(x + 4.0, ground + 112.0, &fitting(&group.name, 88.0));
            });
        }
        for line in &lines {
            let place = |(nth, group): (usize, &Group)| {
                let x = left + number(nth) * FIELD.0 + FIELD.0 / 2.0;
                (x, ground - value((line.of)(group)) * scale)
            };
            let points: Vec<(f64, f64)> = self.groups.iter().enumerate().map(place).collect();
            canvas.path(&points, line.colour);
            for ((x, y), group) in points.iter().zip(&self.groups) {
                canvas.dot(*x, *y, 4.0, line.colour);
                canvas.text(*x, *y - 9.0, &(line.of)(group).to_string(), Anchor::Middle);
            }
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
        let (svg, drawn) = canvas.finish(&title, &caption);
        Figure { svg, drawn, told: caption.clone(), caption: format!("{title}. {caption}") }
    }
}
