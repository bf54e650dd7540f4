//! `agree FILE` where other programs named the columns, put a title above them or wrote days and words between codes:
//! what was taken for what is said, what is a count is refused.

use themata::format::codings::Reading;
use themata::stats::random::Random;

use crate::agree_files::{Made, SEEDS, figure, figures, near, seen};

#[test]
fn columns_under_other_words_are_read_and_named() {
    for (csv, said) in [
        ("item,annotator,label\n1,a,x\n1,b,x\n2,a,y\n2,b,x\n", "column item"),
        ("Einheit;Kodierer:in;Kode\n1;a;x\n1;b;x\n2;a;y\n2;b;x\n", "Kodierer:in names the coders"),
        ("segmento\tanotador\tcategoría\n1\ta\tx\n1\tb\tx\n2\ta\ty\n2\tb\tx\n", "categoría holds"),
        ("text_id,rater,score\nt1,a,1\nt1,b,1\nt2,a,2\nt2,b,1\n", "column text_id"),
        ("Beleg,Anna,Bernd\nA1,x,x\nA2,y,x\nA3,x,x\nA4,y,x\n", "column Beleg"),
        ("id,Rater 1,Rater 2\n7,x,x\n9,y,x\n12,x,x\n13,y,x\n", "column id"),
        ("Codings of May,,\nunit,ann,bo\n1,x,x\n2,y,x\n", "1 line above the headings"),
    ] {
        let run = figures(csv, &[]);
        near(figure(&run, "percent_agreement"), 0.5);
        assert!(run.err.contains(said), "{said}: {}", run.err);
    }
    let variables = "id,rater,variable,value\n1,a,v1,x\n1,b,v1,x\n1,a,v2,y\n1,b,v2,x\n";
    let run = figures(variables, &[]);
    assert!(run.out.contains("value,v1,percent_agreement,1"), "{}", run.out);
    assert!(run.err.contains("Dimensions stand in the column variable"), "{}", run.err);
    // Two columns of coders are no long table, and a column in which units recur is no unit of a wide one.
    let wide = figures("id,coder a,coder b\n1,x,x\n2,y,x\n", &[]);
    assert!(wide.err.contains("coder a (2)") && wide.status == 0, "{}", wide.err);
    let none = figures("ann,bo\nx,x\ny,x\nx,y\n", &[]);
    assert!(none.status == 3 && none.err.contains("`unit` is missing"), "{}", none.err);
}

#[test]
fn a_column_of_notes_holds_no_codes_and_one_of_labels_is_no_coder() {
    for notes in ["note", "Notes", "Bemerkung", "comentario"] {
        let run = figures(
            &format!("unit,annotator,label,{notes}\n1,a,x,so\n1,b,x,\n2,a,y,\n2,b,x,h\n"),
            &[],
        );
        near(figure(&run, "percent_agreement"), 0.5);
        assert!(run.err.contains(notes), "{}", run.err);
    }
    for beside in ["label", "Kategorie", "variable", "código"] {
        let run =
            figures(&format!("item,{beside},rater 1,rater 2\nA,x,1,1\nB,y,2,1\nC,x,1,1\n"), &[]);
        near(figure(&run, "percent_agreement"), 2.0 / 3.0);
        assert!(run.err.contains(beside) && run.err.contains("rater 1 (3)"), "{}", run.err);
    }
}

#[test]
fn counts_under_yes_and_no_are_refused_as_counts() {
    let run = figures("unit,yes,no\n1,3,2\n2,5,0\n3,0,5\n4,1,4\n", &[]);
    assert!(run.status == 2 && run.err.contains("counts, not codings"), "{}", run.err);
    assert_eq!(run.out, "");
    let numbered = figures("no,ann,bo\n1,x,x\n2,y,x\n3,y,y\n", &[]);
    near(figure(&numbered, "percent_agreement"), 2.0 / 3.0);
}

#[test]
fn a_day_is_no_set_and_a_number_beside_words_is_pointed_out() {
    let days = figures("unit,ann,bo\n1,1/2,1/2/2024\n2,1/3,1/3/2024\n3,2/1,2/1/2024\n", &[]);
    assert!(days.status == 3 && days.err.contains("is a day among codes"), "{}", days.err);
    let odd = figures("unit,ann,bo\n1,yes,yes\n2,999,no\n3,no,no\n4,-99,no\n", &[]);
    assert!(odd.err.contains("--missing -99,999"), "{}", odd.err);
    let decimals = figures("unit,ann,bo\n1,\"1,0\",1\n2,\"2,0\",2\n", &[]);
    assert!(!decimals.err.contains("--separator"), "{}", decimals.err);
    for (one, other) in [("a and b", "b and a"), ("a y b", "b y a"), ("a::b", "b::a")] {
        let csv = format!("unit,ann,bo\n1,{one},{other}\n2,a,a\n3,b,b\n");
        let run = figures(&csv, &[]);
        near(figure(&run, "krippendorff_alpha"), 1.0);
        assert!(run.err.contains("2 answers in use: a (4), b (4)"), "{}", run.err);
    }
}

#[test]
fn generated_headings_of_other_programs() {
    const UNITS: [&str; 10] = [
        "item",
        "text_id",
        "Segment",
        "docid",
        "Beleg-Nr.",
        "Unidad",
        "unité",
        "Excerpt",
        "id",
        "Brano",
    ];
    const CODERS: [&str; 8] = [
        "annotator",
        "Rater",
        "coder_id",
        "Kodierer:in",
        "codificador",
        "Annotateur",
        "codificatore",
        "avaliador",
    ];
    const LABELS: [&str; 8] =
        ["label", "Category", "value", "Kategorie", "código", "étiquette", "risposta", "Bewertung"];
    for seed in 0..SEEDS {
        let random = &mut Random::stream(151, seed);
        let made = Made::new(random, false, 1);
        let mut of = |list: &[&'static str]| list[random.below(list.len() as u64) as usize];
        let (unit, coder, label) = (of(&UNITS), of(&CODERS), of(&LABELS));
        let mut long = format!("{unit},{coder},{label}\n");
        for (unit, row) in made.units.iter().zip(&made.cells) {
            for (coder, cell) in made.coders.iter().zip(row) {
                for code in cell.iter().flatten() {
                    long.push_str(&format!("{unit},{coder},{code}\n"));
                }
            }
        }
        let plain =
            made.wide(",", &mut |_, cell| cell.as_ref().map_or(String::new(), |it| it.join("; ")));
        let wide = plain.replacen("unit", unit, 1);
        for text in [long, wide] {
            let (coders, cells) = seen(text.as_bytes(), &Reading::default())
                .unwrap_or_else(|it| panic!("{seed}: {it:?}\n{text}"));
            assert_eq!((coders, cells), (made.coders.clone(), made.seen("?")), "{seed}: {text}");
        }
    }
}

#[test]
fn codes_called_as_something_else_is_and_columns_that_are_nobodys() {
    // A code may be called as notes, times or groups are: each coder has a column of it.
    for code in ["time", "confianza", "language", "order", "Kommentar"] {
        let csv = format!(
            "unit,{code}_rater1,{code}_rater2,cost_rater1,cost_rater2\n1,1,1,0,0\n2,0,1,1,1\n3,1,1,0,1\n4,0,0,1,1\n"
        );
        let run = figures(&csv, &[]);
        assert!(run.out.contains(&format!("value,{code},percent_agreement,0.75")), "{}", run.out);
    }
    let sure = figures(
        "unit,code_rater1,code_rater2,confidence_rater1,confidence_rater2\n1,x,x,1,2\n2,y,x,2,2\n3,x,x,1,1\n",
        &[],
    );
    near(figure(&sure, "percent_agreement"), 2.0 / 3.0);
    // Beside coders whose names say so, what shares no answer is left out; else somebody has to say.
    let evident = "id,Anker,rater_1,rater_2\n1,p,x,x\n2,p,y,x\n3,q,x,x\n4,q,y,y\n";
    let left = figures(evident, &[]);
    assert!(left.err.contains("not look like a coder's: Anker"), "{}", left.err);
    near(figure(&left, "percent_agreement"), 0.75);
    let asked = figures(&evident.replace("rater_1", "P").replace("rater_2", "Q"), &[]);
    assert!(asked.status == 2 && asked.err.contains("--coders P,Q"), "{}", asked.err);
    // What is settled on under a word that no list has is pointed out.
    let settled = "unit,ann,bo,Fassung\n1,x,x,x\n2,y,y,y\n3,x,y,y\n4,y,y,y\n";
    let told = figures(settled, &[]);
    assert!(told.err.contains("Fassung gives what ann,bo agree on"), "{}", told.err);
    let known = figures(&settled.replace("Fassung", "Entscheidung"), &[]);
    assert!(known.err.contains("2 coders") && known.err.contains("Entscheidung"), "{}", known.err);
    let own = figures("unit,decision ann,decision bo\n1,x,x\n2,y,x\n", &[]);
    near(figure(&own, "percent_agreement"), 0.5);
    let alike = figures("unit,ann,bo\n1,self help,self-help\n2,cost,cost\n3,DK,-99.0\n", &[]);
    assert!(
        alike.err.contains("look alike and count as different: self help / self-help"),
        "{}",
        alike.err
    );
    assert!(alike.err.contains("--missing -99.0,DK"), "{}", alike.err);
}
