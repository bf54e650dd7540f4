//! The sheet on which is coded: a row per unit, columns for the answers.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, Format, FormatAlign, FormatBorder, Formula,
    ProtectionOptions, Worksheet, XlsxError,
};

use super::{LISTS, height};
use crate::desk::choices::choices;
use crate::domain::answer::DimensionIndex;
use crate::domain::codebook::Select;
use crate::domain::log::UnitIndex;
use crate::domain::unit::UnitKind;
use crate::escape::spreadsheet::cut;
use crate::format::names::Names;
use crate::format::taken::Taken;
use crate::read::workbook::address;
use crate::words::{say, word};

/// How many columns a dimension that takes several codes gets at least.
const SEVERAL: usize = 3;
/// The columns before the answers: unit, case, speakers, text.
const BEFORE: u16 = 4;
/// Their widths, in characters.
///
/// They stay in view while the answers scroll: on a screen of 1366 pixels they leave room for eight columns of answers.
const WIDTHS: [u16; BEFORE as usize] = [13, 9, 9, 46];
/// The widths of a column of answers, of the mark that a row is done, of the column for doubts, of the memo.
const ANSWER: u16 = 12;
const DONE: u16 = 6;
const CERTAINTY: u16 = 14;
const MEMO: u16 = 30;
/// The size of letters in narrow columns.
const SMALL: f64 = 9.0;

/// A dimension's place on the sheet.
#[derive(Debug)]
struct Block {
    dimension: DimensionIndex,
    /// Its first column.
    first: u16,
    /// How many columns it has.
    width: u16,
    color: String,
}

/// Which column holds what.
#[derive(Debug)]
pub(super) struct Layout<'a> {
    pub(super) names: Names<'a>,
    blocks: Vec<Block>,
    done: u16,
    certainty: u16,
    memo: u16,
}

impl<'a> Layout<'a> {
    pub(super) fn of(sheet: &Taken<'a>) -> Self {
        let mut next = BEFORE;
        let mut blocks = Vec::new();
        for (dimension, known) in sheet.study.vocabulary.dimensions_in_force() {
            let given =
                sheet.units.iter().map(|it| sheet.own.codes(sheet.own.cell(*it, dimension)).len());
            let most = match known.select {
                Select::One => 1,
                Select::Many => SEVERAL.min(sheet.study.vocabulary.codes_of(dimension).count()),
            };
            let width = u16::try_from(given.max().unwrap_or(0).max(most).max(1)).unwrap_or(1);
            let color = sheet.study.codebook().dimension(known.id.as_str());
            let color = color.map(|it| it.color.clone()).unwrap_or_default();
            blocks.push(Block { dimension, first: next, width, color });
            next += width;
        }
        let names = Names::new(sheet.study);
        Self { names, blocks, certainty: next, memo: next + 1, done: next + 2 }
    }
}

/// The looks of cells.
struct Looks {
    heading: Format,
    /// What is only read.
    fixed: Format,
    /// What is only read and would not go into the tallest row.
    small: Format,
    /// What is written, in a narrow column.
    open: Format,
    /// What a column is for.
    hint: Format,
    /// A prompt, for context.
    prompt: Format,
}

impl Looks {
    fn new() -> Self {
        let plain = || Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let line = Color::RGB(0x00BF_BFBF);
        let bordered = || plain().set_border(FormatBorder::Thin).set_border_color(line);
        let grey = Color::RGB(0x0059_5959);
        Self {
            heading: bordered().set_bold().set_background_color(Color::RGB(0x00E7_E6E6)),
            fixed: bordered(),
            small: bordered().set_font_size(8),
            hint: Format::new().set_font_size(8),
            open: bordered()
                .set_num_format("@")
                .set_font_size(SMALL)
                .set_background_color(Color::RGB(0x00FF_FDF0))
                .set_unlocked(),
            prompt: bordered()
                .set_italic()
                .set_font_color(grey)
                .set_background_color(Color::RGB(0x00F2_F2F2)),
        }
    }

    /// A heading in a dimension's colour, white or black on it, whichever is easier to read.
    fn heading_in(&self, color: &str) -> Format {
        let rgb = color.strip_prefix('#').and_then(|hex| u32::from_str_radix(hex, 16).ok());
        let Some(rgb) = rgb.filter(|rgb| *rgb <= 0x00FF_FFFF) else { return self.heading.clone() };
        let (red, green, blue) = (rgb >> 16, rgb >> 8 & 0xFF, rgb & 0xFF);
        let is_dark = red * 299 + green * 587 + blue * 114 < 140_000;
        let ink = if is_dark { Color::White } else { Color::Black };
        self.heading.clone().set_background_color(Color::RGB(rgb)).set_font_color(ink)
    }
}

pub(super) fn write(
    sheet: &Taken<'_>,
    layout: &Layout<'_>,
    page: &mut Worksheet,
) -> Result<(), XlsxError> {
    let looks = Looks::new();
    write_headings(sheet, layout, &looks, page)?;
    for (row, unit) in (1..).zip(&sheet.units) {
        write_unit(sheet, layout, &looks, (row, *unit), page)?;
    }
    let last = u32::try_from(sheet.units.len()).unwrap_or(u32::MAX).max(1);
    offer(sheet, layout, last, page)?;
    page.set_freeze_panes(1, BEFORE)?;
    page.autofilter(0, 0, last, layout.done)?;
    // A3, two pages wide: what is said stands beside the answers on both.
    page.set_landscape().set_paper_size(8).set_print_fit_to_pages(2, 0);
    page.set_repeat_rows(0, 0)?.set_repeat_columns(0, BEFORE - 1)?;
    page.set_footer("&L&A&R&P / &N");
    page.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        use_autofilter: true,
        ..ProtectionOptions::default()
    });
    Ok(())
}

fn write_headings(
    sheet: &Taken<'_>,
    layout: &Layout<'_>,
    looks: &Looks,
    page: &mut Worksheet,
) -> Result<(), XlsxError> {
    let names = &layout.names;
    let language = sheet.language;
    for (column, name) in (0..).zip(["unit", "case", "speakers"]) {
        let heading = names.own_heading(name, language);
        page.write_string_with_format(0, column, heading, &looks.heading)?;
    }
    let mut tallest = write_guide(sheet, layout, looks, page)?;
    for (column, width) in (0..).zip(WIDTHS) {
        page.set_column_width(column, width)?;
    }
    for block in &layout.blocks {
        let look = looks.heading_in(&block.color);
        for (nth, column) in (1..).zip(block.first..block.first + block.width) {
            let heading = names.heading(block.dimension, nth, language);
            page.write_string_with_format(0, column, cut(&heading, "…"), &look)?;
            page.set_column_width(column, ANSWER)?;
            // Bold letters are wider, and the arrow of the filter takes its place.
            tallest = tallest.max(height::lines(&heading, ANSWER - 3));
        }
    }
    for (column, name, width) in [
        (layout.certainty, "certainty", CERTAINTY),
        (layout.memo, "memo", MEMO),
        (layout.done, "done", DONE),
    ] {
        let heading = names.own_heading(name, language);
        page.write_string_with_format(0, column, heading, &looks.heading)?;
        page.set_column_width(column, width)?;
    }
    page.set_row_height(0, height::of(tallest))?;
    Ok(())
}

/// Heads the column of the text, and says beneath it what has to be known while one works: it stays in view. Returns how
/// many lines that takes.
fn write_guide(
    sheet: &Taken<'_>,
    layout: &Layout<'_>,
    looks: &Looks,
    page: &mut Worksheet,
) -> Result<usize, XlsxError> {
    let [.., wide] = WIDTHS;
    let heading = layout.names.own_heading("text", sheet.language);
    let guide = say(&super::codebook::in_short(sheet, &layout.names), sheet.language);
    let (bold, heading) = (Format::new().set_bold(), format!("{heading}\n"));
    let parts = [(&bold, heading.as_str()), (&looks.hint, guide.as_str())];
    page.write_rich_string_with_format(0, BEFORE - 1, &parts, &looks.heading)?;
    Ok(1 + height::lines(&guide, wide + 6))
}

fn write_unit(
    sheet: &Taken<'_>,
    layout: &Layout<'_>,
    looks: &Looks,
    (row, index): (u32, UnitIndex),
    page: &mut Worksheet,
) -> Result<(), XlsxError> {
    let study = sheet.study;
    let Some(unit) = study.unit_at(index) else { return Ok(()) };
    let is_prompt = unit.kind == UnitKind::Prompt;
    let fixed = if is_prompt { &looks.prompt } else { &looks.fixed };
    let transcript = study.transcript_of(index);
    let case = study.case(&transcript.case).map_or("", |case| case.name.as_str());
    let case = if case.is_empty() { transcript.case.as_str() } else { case };
    let mark = word("sheet.cut", sheet.language);
    let text = study.text(index);
    let lines = lines(sheet, layout, index, &text);
    let is_long = height::is_beyond(lines) && !is_prompt;
    for (column, text) in
        (0..).zip([unit.locator.to_string(), case.to_owned(), speakers(sheet, index), text])
    {
        let look = if is_long && column + 1 == BEFORE { &looks.small } else { fixed };
        page.write_string_with_format(row, column, cut(&text, &mark), look)?;
    }
    page.set_row_height(row, height::of(lines))?;
    let answer = if is_prompt { &looks.prompt } else { &looks.open };
    for column in BEFORE..=layout.done {
        page.write_blank(row, column, answer)?;
    }
    if !is_prompt {
        write_answers(sheet, layout, answer, (row, index), page)?;
    }
    Ok(())
}

/// How many lines a row needs: those of its text, its memo or its longest answer.
fn lines(sheet: &Taken<'_>, layout: &Layout<'_>, index: UnitIndex, text: &str) -> usize {
    let [.., wide] = WIDTHS;
    let answers = layout.blocks.iter().flat_map(|block| {
        let codes = sheet.own.codes(sheet.own.cell(index, block.dimension));
        codes.iter().map(|code| layout.names.code(block.dimension, *code, sheet.language))
    });
    let answers = answers.map(|label| height::lines(&label, ANSWER)).max().unwrap_or(1);
    let memo = height::lines(&sheet.own.shown_memo(index), MEMO);
    height::lines(text, wide).max(memo).max(answers)
}

/// Who speaks in a unit; in a prompt, who asks.
fn speakers(sheet: &Taken<'_>, index: UnitIndex) -> String {
    let Some(unit) = sheet.study.unit_at(index) else { return String::new() };
    let mut labels: Vec<&str> = unit.speakers.iter().map(|it| it.as_str()).collect();
    if unit.kind == UnitKind::Prompt {
        let pieces = sheet.study.transcript_of(index).pieces(unit.locator.span());
        for speaker in pieces.filter_map(|(_, speaker, _)| speaker) {
            if !labels.contains(&speaker.as_str()) {
                labels.push(speaker.as_str());
            }
        }
    }
    labels.join("; ")
}

fn write_answers(
    sheet: &Taken<'_>,
    layout: &Layout<'_>,
    look: &Format,
    (row, index): (u32, UnitIndex),
    page: &mut Worksheet,
) -> Result<(), XlsxError> {
    let names = &layout.names;
    let mut unsure = Vec::new();
    for block in &layout.blocks {
        let cell = sheet.own.cell(index, block.dimension);
        if sheet.own.is_none(cell) {
            let none = names.none(block.dimension, sheet.language);
            page.write_string_with_format(row, block.first, none, look)?;
        }
        for (column, code) in (block.first..).zip(sheet.own.codes(cell)) {
            let label = names.code(block.dimension, *code, sheet.language);
            page.write_string_with_format(row, column, cut(&label, "…"), look)?;
        }
        if cell.unsure {
            unsure.push(names.dimension_name(block.dimension, sheet.language));
        }
    }
    if !unsure.is_empty() {
        page.write_string_with_format(row, layout.certainty, unsure.join("; "), look)?;
    }
    let memo = sheet.own.shown_memo(index);
    if !memo.is_empty() {
        page.write_string_with_format(row, layout.memo, memo, look)?;
    }
    Ok(())
}

/// Puts the drop-downs on the columns of answers.
fn offer(
    sheet: &Taken<'_>,
    layout: &Layout<'_>,
    last: u32,
    page: &mut Worksheet,
) -> Result<(), XlsxError> {
    let text = |key| word(key, sheet.language);
    for (list, block) in (0..).zip(&layout.blocks) {
        let length = items(sheet, layout, block).len();
        let rule = DataValidation::new()
            .allow_list_formula(source(list, length))
            .set_error_title(text("sheet.choose.title"))?
            .set_error_message(text("sheet.choose"))?;
        page.add_data_validation(1, block.first, last, block.first + block.width - 1, &rule)?;
    }
    // Several dimensions may be written into one cell, so this list only warns.
    let list = u32::try_from(layout.blocks.len()).unwrap_or(0);
    let rule = DataValidation::new()
        .allow_list_formula(source(list, layout.blocks.len()))
        .set_error_style(DataValidationErrorStyle::Information)
        .set_error_title(text("sheet.choose.title"))?
        .set_error_message(text("sheet.unsure.several"))?;
    page.add_data_validation(1, layout.certainty, last, layout.certainty, &rule)?;
    let mark = DataValidation::new().allow_list_strings(&["x"])?;
    let mark = mark.set_error_style(DataValidationErrorStyle::Information);
    page.add_data_validation(1, layout.done, last, layout.done, &mark)?;
    Ok(())
}

/// The cells of the hidden sheet that hold the nth list.
fn source(list: u32, length: usize) -> Formula {
    let absolute = |row: u32| {
        let cell = address(row, list);
        let letters = cell.trim_end_matches(|it: char| it.is_ascii_digit());
        format!("${letters}${}", u64::from(row) + 1)
    };
    let last = u32::try_from(length).unwrap_or(u32::MAX).max(1);
    Formula::new(format!("={LISTS}!{}:{}", absolute(1), absolute(last)))
}

/// What can be chosen in a dimension: none, its codes, the dimension itself, and taking back.
fn items(sheet: &Taken<'_>, layout: &Layout<'_>, block: &Block) -> Vec<String> {
    let code = |code| layout.names.code(block.dimension, code, sheet.language);
    let choices = choices(sheet.study, block.dimension);
    let none = layout.names.none(block.dimension, sheet.language);
    std::iter::once(none)
        .chain(choices.iter().map(|choice| code(choice.code)))
        .chain(["-".to_owned()])
        .collect()
}

pub(super) fn write_lists(
    sheet: &Taken<'_>,
    layout: &Layout<'_>,
    page: &mut Worksheet,
) -> Result<(), XlsxError> {
    let mut column = 0;
    let mut dimensions = Vec::new();
    for block in &layout.blocks {
        let name = layout.names.dimension_name(block.dimension, sheet.language);
        page.write_string(0, column, cut(&name, "…"))?;
        for (row, item) in (1..).zip(items(sheet, layout, block)) {
            page.write_string(row, column, cut(&item, "…"))?;
        }
        dimensions.push(name);
        column += 1;
    }
    for (row, name) in (1..).zip(dimensions) {
        page.write_string(row, column, cut(&name, "…"))?;
    }
    page.set_hidden(true).protect();
    Ok(())
}
