//! The second sheet: how to fill the first one, and the codebook.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::height;
use crate::domain::codebook::Wording;
use crate::domain::message::Message;
use crate::escape::spreadsheet::cut;
use crate::format::names::Names;
use crate::format::taken::Taken;
use crate::msg;
use crate::words::{say, word};

/// The columns, by the keys of their headings, and their widths.
const COLUMNS: [(&str, u16); 8] = [
    ("sheet.dimension", 24),
    ("sheet.code", 20),
    ("sheet.name", 28),
    ("sheet.brief", 36),
    ("sheet.definition", 52),
    ("sheet.use_when", 40),
    ("sheet.not_when", 40),
    ("sheet.examples", 52),
];

pub(super) fn write(
    sheet: &Taken<'_>,
    names: &Names<'_>,
    page: &mut Worksheet,
) -> Result<(), XlsxError> {
    let title = Format::new().set_bold().set_font_size(13);
    let plain = Format::new();
    let line = Color::RGB(0x00BF_BFBF);
    let body = Format::new()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border(FormatBorder::Thin)
        .set_border_color(line);
    let heading = body.clone().set_bold().set_background_color(Color::RGB(0x00E7_E6E6));
    let bold = body.clone().set_bold();
    let mut row = 0;
    for (nth, text) in guidance(sheet, names).iter().enumerate() {
        page.write_string_with_format(row, 0, text, if nth == 0 { &title } else { &plain })?;
        row += 1;
    }
    row += 1;
    for (column, (key, width)) in (0..).zip(COLUMNS) {
        page.write_string_with_format(row, column, word(key, sheet.language), &heading)?;
        page.set_column_width(column, width)?;
    }
    page.set_repeat_rows(row, row)?;
    for (index, known) in sheet.study.vocabulary.dimensions_in_force() {
        let Some(dimension) = sheet.study.codebook().dimension(known.id.as_str()) else { continue };
        let name = names.dimension_name(index, sheet.language);
        row += 1;
        let shown = names.code(index, known.own_code, sheet.language);
        let own = [name.clone(), known.id.to_string(), shown];
        cells(sheet, page, row, own, &dimension.wording, (&bold, &body))?;
        for (_, code) in dimension.tree() {
            let shown = sheet.study.vocabulary.code(code.id.as_str());
            let shown = shown.map(|at| names.code(index, at, sheet.language)).unwrap_or_default();
            row += 1;
            let first = [name.clone(), code.id.to_string(), shown];
            cells(sheet, page, row, first, &code.wording, (&body, &body))?;
        }
    }
    page.set_landscape().set_paper_size(8).set_print_fit_to_pages(1, 0);
    page.set_footer("&L&A&R&P / &N");
    page.protect();
    Ok(())
}

fn cells(
    sheet: &Taken<'_>,
    page: &mut Worksheet,
    row: u32,
    first: [String; 3],
    wording: &Wording,
    (first_look, look): (&Format, &Format),
) -> Result<(), XlsxError> {
    let tag = sheet.language.tag();
    let examples = wording.examples.get(tag).map(|list| list.join("\n")).unwrap_or_default();
    let texts = [&wording.brief, &wording.definition, &wording.use_when, &wording.not_when];
    let texts = texts.into_iter().map(|text| text.text(tag).to_owned());
    let texts: Vec<String> = first.into_iter().chain(texts).chain([examples]).collect();
    let lines = texts.iter().zip(COLUMNS).map(|(text, (_, width))| height::lines(text, width));
    page.set_row_height(row, height::of(lines.max().unwrap_or(1)))?;
    for (column, text) in (0..).zip(texts) {
        let look = if column < 3 { first_look } else { look };
        page.write_string_with_format(row, column, cut(&text, "…"), look)?;
    }
    Ok(())
}

/// What the coder needs to know before she begins.
fn guidance(sheet: &Taken<'_>, names: &Names<'_>) -> Vec<String> {
    let title = &sheet.study.settings.title;
    let none = word("sheet.none", sheet.language);
    let unsure = names.own_heading("certainty", sheet.language);
    let done = names.own_heading("done", sheet.language);
    [
        msg!("sheet.guide.whose", title = title, coder = sheet.coder, round = sheet.round),
        msg!("sheet.guide.choose", none = none),
        msg!("sheet.guide.several"),
        msg!("sheet.guide.done", done = done, none = none),
        msg!("sheet.guide.unsure", unsure = unsure),
        msg!("sheet.guide.memo"),
    ]
    .iter()
    .map(|message| cut(&say(message, sheet.language), "…"))
    .collect()
}

/// What she needs to know while she works.
pub(super) fn in_short(sheet: &Taken<'_>, names: &Names<'_>) -> Message {
    let done = names.own_heading("done", sheet.language);
    msg!("sheet.guide.short", none = word("sheet.none", sheet.language), done = done)
}
