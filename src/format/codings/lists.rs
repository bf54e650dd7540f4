//! Cells that are written as lists: by programs (JSON, Python, R, each code in brackets) and by people (counted, with a
//! mark before each code).

/// The codes of a cell that is written as a list: JSON, Python, R, or each code in brackets.
pub(super) fn list(cell: &str) -> Option<Vec<String>> {
    let cell = cell.trim();
    let inside =
        cell.strip_prefix("list").or(cell.strip_prefix("set")).or(cell.strip_prefix("frozenset"));
    let inside = inside.or(cell.strip_prefix('c')).unwrap_or(cell).trim();
    let open = inside.chars().next()?;
    let close = match open {
        '[' => ']',
        '{' => '}',
        '(' => ')',
        '<' => '>',
        '«' => '»',
        _ => return None,
    };
    if !inside.ends_with(close) {
        return None;
    }
    if inside.len() == cell.len()
        && let Some(groups) = bracketed(inside, open, close)
    {
        return Some(groups);
    }
    if matches!(open, '[' | '{') {
        let json = serde_json::from_str(inside)
            .or_else(|_| serde_json::from_str(&inside.replace('\'', "\"")));
        if let Ok(json) = json {
            let mut found = Vec::new();
            collect(&json, &mut found);
            return Some(found);
        }
    }
    if matches!(open, '<' | '«') {
        return None;
    }
    let content = inside.get(1..inside.len() - 1)?;
    if open == '('
        && let Some(nested) = list(content)
    {
        return Some(nested);
    }
    let is_quoted = content.trim_start().starts_with(['"', '\'']);
    // A word in round brackets is a word in round brackets.
    (is_quoted || open == '[' || open == '{').then(|| listed(content))
}

/// `[a][b]`, `(a) (b)`: each code in brackets of its own.
fn bracketed(text: &str, open: char, close: char) -> Option<Vec<String>> {
    let mut groups = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (group, after) = rest.strip_prefix(open)?.split_once(close)?;
        if group.contains(open) {
            return None;
        }
        groups.push(group.trim().trim_matches(['"', '\'']).to_owned());
        rest = after.trim_start_matches([' ', ',', ';', '|', '+']);
    }
    (groups.len() > 1).then(|| groups.into_iter().filter(|it| !it.is_empty()).collect())
}

/// Every text and number of a value, whatever it is nested in.
fn collect(json: &serde_json::Value, into: &mut Vec<String>) {
    use serde_json::Value;
    match json {
        Value::String(text) if !text.trim().is_empty() => into.push(text.trim().to_owned()),
        Value::Number(number) => into.push(number.to_string()),
        Value::Array(values) => values.iter().for_each(|it| collect(it, into)),
        Value::Object(map) => {
            const NAMES: [&str; 12] = [
                "choices", "labels", "label", "values", "value", "accept", "taxonomy", "codes",
                "code", "name", "tags", "tag",
            ];
            let given = |it: &&Value| it.as_bool() == Some(true) || it.as_u64() == Some(1);
            if map.values().any(|it| given(&it)) {
                // `{"trust": true, "cost": false}`
                into.extend(map.iter().filter(|(_, it)| given(it)).map(|(name, _)| name.clone()));
            } else {
                map.iter()
                    .filter(|(name, _)| NAMES.contains(&name.as_str()))
                    .for_each(|(_, it)| collect(it, into));
            }
        }
        _ => {}
    }
}

/// The parts of a list at commas outside quotation marks.
fn listed(content: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quote = None;
    for character in content.chars() {
        match (quote, character) {
            (None, ',' | ';') => parts.push(String::new()),
            (None, '"' | '\'') if parts.last().is_some_and(|it| it.trim().is_empty()) => {
                quote = Some(character)
            }
            (Some(open), it) if it == open => quote = None,
            (_, it) => parts.last_mut().into_iter().for_each(|part| part.push(it)),
        }
    }
    parts.into_iter().map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect()
}

/// A code without what marks it as one of a list: `• trust`, `- trust`.
pub(super) fn unmarked(part: &str) -> &str {
    let part = part.trim();
    let bullet = ['•', '·', '*', '-', '–', '—', '◦', '▪', '‣', '●', '○', '✓', '✔', '☑'];
    let bare = part.strip_prefix(bullet).filter(|it| it.starts_with(char::is_whitespace));
    bare.map(str::trim_start).filter(|it| it.starts_with(char::is_alphabetic)).unwrap_or(part)
}

/// The codes of a cell that counts them: `1. trust 2. cost`, `a) trust b) cost`, on one line or several.
pub(super) fn counted(cell: &str) -> Option<Vec<String>> {
    let cell = cell.trim();
    let first = cell.chars().next().filter(|it| matches!(it, '1' | 'a' | 'A'))?;
    let close = cell.chars().nth(1).filter(|it| matches!(it, '.' | ')'))?;
    let mut parts = Vec::new();
    let mut rest = cell.get(2..)?;
    let mut number = first;
    while let Some(next) = char::from_u32(u32::from(number) + 1).filter(|it| it.is_alphanumeric()) {
        let blank = |it: &str| it.ends_with(char::is_whitespace);
        let found = rest
            .match_indices(&format!("{next}{close}"))
            .find(|(at, _)| rest.get(..*at).is_some_and(blank));
        let Some((at, mark)) = found else { break };
        parts.push(rest.get(..at)?);
        rest = rest.get(at + mark.len()..)?;
        number = next;
    }
    parts.push(rest);
    let ends = [',', ';', '.', '/', '|'];
    let parts: Vec<String> =
        parts.into_iter().map(|it| it.trim().trim_end_matches(ends).trim().to_owned()).collect();
    (parts.len() > 1 && parts.iter().all(|it| it.chars().any(char::is_alphabetic))).then_some(parts)
}
