//! One document in every form: whatever stands in it stands in each.

use std::collections::BTreeSet;

use expect_test::expect;
use serde_json::json;
use themata::domain::message::Message;
use themata::render::document::{
    Cell, Column, Document, Figure, Form, Forms, Note, Part, Quotation, Span, Table, Value,
};
use themata::render::writers::{Setting, WRITERS, named};
use themata::words::Language;

/// Every kind of part, every kind of value, and text that each form would take for markup.
fn document() -> Document {
    let mut table = Table::new(vec![
        Column::new("case"),
        Column::new("units").headed("unidades"),
        Column::new("share").only_in(Forms::ALL.but(Form::Page)),
        Column::new("where").only_in(Forms::PROGRAMS),
        Column::new("text").at_most(12),
        Column::new("more").only_in(Forms::only(Form::Json)),
    ])
    .titled("How often");
    table.push([
        Cell::id("FG1"),
        Cell::count(2).with_units(vec!["FG1:3".to_owned(), "FG1:5-6".to_owned()]),
        Value::Number(1.0 / 3.0).into(),
        Value::ids(["FG1:3", "FG1:5-6"]).into(),
        Value::Text("=1+1 | <b>x</b> & 50 % of_it".to_owned()).into(),
        Value::json_only(json!({"a": 1})).into(),
    ]);
    table.push([
        Cell::id("total").told(Value::Id("todo".to_owned())),
        Value::Missing.into(),
        Value::Missing.into(),
        Value::Ids(Vec::new()).into(),
        Value::Missing.into(),
        Value::Absent.into(),
    ]);
    let cited = Span::Citation { text: "(P1, FG 1: 3)".to_owned(), unit: "FG1:3".to_owned() };
    let running = |text: &str| Span::Text(text.to_owned());
    let section = vec![
        Part::Paragraph(vec![running("Two of three say <so> "), cited]),
        Part::List(vec![vec![running("first")], vec![running("second")]]),
        Part::Quotation(Quotation {
            text: "We *all* come.\nIt is ours.".to_owned(),
            citation: "(P1, FG 1: 3)".to_owned(),
            unit: "FG1:3".to_owned(),
            language: "es".to_owned(),
        }),
        Part::Table(table),
        Part::Figure(Figure {
            caption: "Figure 1. One bar, of two units.".to_owned(),
            drawn: Default::default(),
            svg: "<svg><rect/></svg>".to_owned(),
            told: "One bar, of two units.".to_owned(),
        }),
    ];
    let mut document = Document::new("themata.test/1").asked("of", 3).titled("A result");
    document.parts.push(Part::Section("What was found".to_owned(), section));
    let assumed = Message::new("output.test.assumed");
    document.notes([
        Note::told(Message::new("output.test.told")),
        Note::assumed(assumed).about("FG1: ".to_owned()),
    ])
}

fn written(form: &str) -> Vec<u8> {
    (named(form).unwrap().write)(&document(), &Setting::new(Language::English)).unwrap()
}

fn text(form: &str) -> String {
    String::from_utf8(written(form)).unwrap()
}

#[test]
fn on_a_terminal_every_part_stands_in_its_order() {
    expect![[r#"
        A result

        What was found

        Two of three say <so> (P1, FG 1: 3)

        - first
        - second

          We *all* come.
          It is ours.
          (P1, FG 1: 3)

        How often
        ┌──────┬──────────┬──────────┐
        │ case ┆ unidades ┆ text     │
        ╞══════╪══════════╪══════════╡
        │ FG1  ┆        2 ┆ =1+1 | … │
        │ todo ┆        – ┆ –        │
        └──────┴──────────┴──────────┘

        Figure 1. One bar, of two units.

        output.test.told
        FG1: output.test.assumed
    "#]]
    .assert_eq(&text("table"));
}

#[test]
fn markdown_takes_no_text_for_markup() {
    expect![[r#"
        # A result

        ## What was found

        Two of three say \<so> (P1, FG 1: 3)

        - first
        - second

        > We \*all\* come.  
        > It is ours.  
        > (P1, FG 1: 3)

        ### How often

        | case | unidades | text |
        | --- | ---: | --- |
        | FG1 | 2 | =1+1 \| … |
        | todo | – | – |

        Figure 1. One bar, of two units.

        output.test.told

        FG1: output.test.assumed
    "#]]
    .assert_eq(&text("md"));
}

#[test]
fn programs_read_values_and_what_was_assumed() {
    expect![[r#"
        case,units,share,where,text
        FG1,2,0.3333333333333333,FG1:3; FG1:5-6,'=1+1 | <b>x</b> & 50 % of_it
        total,,,,
    "#]]
    .assert_eq(&text("csv"));
    expect![[r#"
        {
          "schema": "themata.test/1",
          "of": 3,
          "assumed": [
            "FG1: output.test.assumed"
          ],
          "rows": [
            {
              "case": "FG1",
              "units": 2,
              "share": 0.3333333333333333,
              "where": [
                "FG1:3",
                "FG1:5-6"
              ],
              "text": "=1+1 | <b>x</b> & 50 % of_it",
              "more": {
                "a": 1
              }
            },
            {
              "case": "total",
              "units": null,
              "share": null,
              "where": [],
              "text": null
            }
          ]
        }
    "#]]
    .assert_eq(&text("json"));
}

#[test]
fn every_form_has_a_name_and_an_extension_of_its_own_and_gives_the_same_bytes_twice() {
    let names: BTreeSet<&str> = WRITERS.iter().map(|writer| writer.name).collect();
    let extensions: BTreeSet<&str> = WRITERS.iter().map(|writer| writer.extension).collect();
    assert_eq!((names.len(), extensions.len()), (WRITERS.len(), WRITERS.len()));
    // A picture is of results that have one: `pictures` looks at these.
    for writer in WRITERS.iter().filter(|writer| writer.name != "svg") {
        assert!(!written(writer.name).is_empty(), "{}", writer.name);
        assert_eq!(written(writer.name), written(writer.name), "{}", writer.name);
    }
}
