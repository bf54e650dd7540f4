//! How near one name is to another: for what a cell that means nothing may have meant.

/// Whether a name begins with what was typed, and enough was.
pub(super) fn begins(name: &str, wish: &str) -> bool {
    wish.chars().count() >= 4 && name.starts_with(wish)
}

/// How many letters have to be added, left out or changed to make one text of another (Levenshtein 1966).
pub(in crate::format) fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.chars().enumerate() {
        let mut corner = at;
        let mut left = at + 1;
        for (place, known) in other.iter().enumerate() {
            let above = row.get(place + 1).copied().unwrap_or(0);
            let step = corner + usize::from(letter != *known);
            corner = above;
            if let Some(cell) = row.get_mut(place) {
                *cell = left;
            }
            left = step.min(above + 1).min(left + 1);
        }
        if let Some(cell) = row.last_mut() {
            *cell = left;
        }
    }
    row.last().copied().unwrap_or(0)
}
