//! Import of web pages, made-up and published.

use std::fmt::Write as _;

use expect_test::expect;
use regex::Regex;

use crate::import::{imported, shown};
use crate::import_real::{compare_words, read, set, summary, words};
use crate::import_torture::{check, told};

#[test]
fn a_page_gives_what_a_browser_shows_and_says_what_it_does_not() {
    check(
        "page.html",
        &[
            "Group 4",
            "MODERATOR: How\u{a0}is it? second line",
            "P1: unclosed p, café €5 “q” ©",
            "P2: in a div",
            "P2: one",
            "P2: two",
            "P3: cell text",
            "P4: keep layout",
            "note import.note.hidden",
            "note import.note.comments",
            "note import.note.furniture",
        ],
    );
}

#[test]
fn paragraphs_line_breaks_tables_and_what_is_hidden() {
    let page = "<!-- saved from the web --><html><head><title>Secret</title><!--[if lt IE 9]>old<![endif]-->\
        </head><body><nav><a href=x>Home</a></nav><h2>Group <em>4</em></h2>\
        Ana: One.<br>More of it.<br> <br>Luis: Two.<p style='display: none'>Ana: no</p>\
        <p>Ana: three <del>was</del><ins>is</ins> f<b>i</b>ne<ul><li>Luis: li one<li>li two</ul>\
        <table><tr><th>Speaker<th>Text<tr><td>Ana<td><p>cell one<p>cell two</table>\
        <video>no player</video><pre>\nLuis: kept\nlines\n\nAna: &lt;end&gt;</pre><laughs> Ana: &unknown; &amp;c <o:p>&nbsp;</o:p>\
        <dialog>cookies</dialog><script>a</script>";
    expect![[r#"
        - | Group 4
        Ana | One. More of it.
        Luis | Two.
        Ana | three is fine
        Luis | li one
        Luis | li two
        - | Speaker
        - | Text
        Ana | cell one
        Ana | cell two
        Luis | kept lines
        Ana | <end>
        Ana | <laughs> Ana: &unknown; &c
        = Ana, unknown, 5 times: stands before speech 3 times
        = Luis, unknown, 3 times: stands before speech 3 times
        * 2 hidden pieces of text were left out
        * 1 tracked deletion was left out
        * 1 comment was left out
        * 4 parts of the page that nobody says were left out: its title, scripts, styles, menus, buttons, players, heads and feet
    "#]].assert_eq(&shown(&imported("a.html", page.as_bytes()).draft));
}

#[test]
fn notes_and_comments_of_word_processors_on_the_web_are_left_out() {
    let page = "<html><body><p>Ana: One<sup><a href=\"#ftnt1\" id=\"ftnt_ref1\">[1]</a></sup>.\
        <sup><a href=\"#cmnt1\" id=\"cmnt_ref1\">[a]</a></sup></p><p>Luis: Two\
        <a class=\"sdfootnoteanc\" name=\"sdfootnote1anc\"><sup>1</sup></a>.</p>\
        <hr><div><p><a href=\"#ftnt_ref1\" id=\"ftnt1\">[1]</a> not said</p></div>\
        <div><p><a href=\"#cmnt_ref1\" id=\"cmnt1\">[a]</a>a comment</p><p>goes on</p></div>\
        <div id=\"sdfootnote1\"><p>nor this</p></div><p>Ana: Three.</p></body></html>";
    expect![[r#"
        Ana | One.
        Luis | Two.
        Ana | Three.
        = Ana, unknown, 2 times: stands before speech 2 times
        = Luis, unknown, 1 times: a name where nearly every paragraph has a label
        * 1 comment was left out
        * 2 footnotes or endnotes were left out
    "#]]
    .assert_eq(&shown(&imported("a.html", page.as_bytes()).draft));
}

#[test]
fn a_name_and_a_time_as_elements_are_who_speaks_and_when() {
    let page = "<cite>Ana:</cite>\n<time>0:09</time>\n<p>Hello.</p>\n<cite>Luis:</cite> <time>1:02:03</time>\
        <p>We met at <time>10:30</time>.</p><cite>Ana:</cite> <time>1:02:05</time><p>Yes.</p>";
    expect![[r#"
        [00:00:09] Ana | Hello.
        [01:02:03] Luis | We met at 10:30.
        [01:02:05] Ana | Yes.
        = Ana, unknown, 2 times: stands before speech 2 times
        = Luis, unknown, 1 times: a name where nearly every paragraph has a label
    "#]]
    .assert_eq(&shown(&imported("a.html", page.as_bytes()).draft));
}

#[test]
fn a_page_is_read_in_the_encoding_that_it_names() {
    let page = |meta: &str, body: &[u8]| {
        let mut bytes = format!("<html><head>{meta}</head><body><p>P1: ").into_bytes();
        bytes.extend_from_slice(body);
        bytes
    };
    for (meta, body) in [
        ("<meta charset=iso-8859-2>", &b"\xb1"[..]),
        ("<meta http-equiv='Content-Type' content='text/html; charset=windows-1250'>", b"\xb9"),
        ("<meta charset=\"utf-16\">", "ą".as_bytes()),
        ("<meta charset=nonsense>", "ą".as_bytes()),
        ("", "ą".as_bytes()),
    ] {
        assert_eq!(told("a.html", &page(meta, body), None), ["P1: ą"], "{meta}");
    }
    let xhtml = b"<?xml version='1.0' encoding='windows-1250'?><html><head><script src='a'/></head><p/>P1: \xb9";
    assert_eq!(told("a.xhtml", xhtml, None), ["P1: ą"]);
    let named = page("<meta charset=utf-8>", b"\xb9");
    assert_eq!(told("a.html", &named, Some("windows-1250")), ["P1: ą"]);
    let marked: Vec<u8> = "\u{feff}<html>P1: ą".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(told("a.txt", &marked, None), ["P1: ą"]);
}

#[test]
fn a_page_whose_elements_lie_in_one_another_without_end_is_refused() {
    let page = format!("<html>{}P1: deep", "<div>".repeat(200_000));
    assert_eq!(told("a.html", page.as_bytes(), None), ["error 0: import.nested"]);
    // Paragraphs that only begin end one another.
    let page = format!("<html>{}", "<p>P1: flat".repeat(20_000));
    assert_eq!(told("a.html", page.as_bytes(), None).len(), 20_000);
}

/// The words of a page, taken out of it with nothing but patterns.
fn page_words(page: &str) -> Vec<String> {
    let body = page.split_once("</head>").map_or(page, |(_, body)| body);
    let unseen = Regex::new("<a id=\"link-[^>]*>[^<]*</a>|Warning: Your browser[^<]*").unwrap();
    let tags = Regex::new(
        "</?(a|audio|body|br|cite|dd|div|dl|dt|h[1-6]|hr|html|li|ol|p|source|span|time)\\b[^>]*>",
    );
    let text = unseen.replace_all(body, "");
    let mut text = tags.unwrap().replace_all(&text, " ").into_owned();
    let numbered = Regex::new("&#([0-9]+);").unwrap();
    text = numbered
        .replace_all(&text, |found: &regex::Captures<'_>| {
            char::from_u32(found[1].parse().unwrap()).unwrap_or(' ').to_string()
        })
        .into_owned();
    for (entity, plain) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
    {
        text = text.replace(entity, plain);
    }
    words(&text)
}

#[test]
fn minutes_of_calls_as_pages_with_a_chat_between_the_turns() {
    let Some(folder) = set("w3c-ccg") else { return };
    let mut all = String::new();
    for call in ["2025-03-31-vc-education", "2025-04-01"] {
        let (found, bytes) = read(&folder.join(call).join("index.html"));
        writeln!(all, "{}", summary(&found.draft)).unwrap();
        compare_words(call, &page_words(std::str::from_utf8(&bytes).unwrap()), &found.draft);
    }
    expect![[r#"
        542 (15): dmitri_zagidulin 1; Dmitri Zagidulin 510; don_presant,_learning_agents,_🇨🇦 3; ildiko_mazar 5; nate_otto 2; sharon_leu 2; TallTed_//_Ted_Thibodeau_(he/him)_(OpenLinkSw.com) 2; U1 0
        234 (18): harrison_tang 26; Manu Sporny 15; Bryan_Newbold_(Bluesky) 109; aaron 5; bumblefudge_afk 2; tallted_//_ted_thibodeau_(he/him)_(openlinksw.com) 11; Dmitri Zagidulin 3; Juan Caballero 40; dmitri_zagidulin 1; joe_andrieu 2; U1 0
    "#]].assert_eq(&all);
}

#[test]
fn a_podcast_as_a_page_has_the_time_of_every_turn() {
    let Some(folder) = set("podcast-formats") else { return };
    let (found, bytes) = read(&folder.join("example.html"));
    assert_eq!(summary(&found.draft), "10 (0): Travis 5; Sarah 2; Gilon 3");
    let times: Vec<u32> =
        found.draft.paragraphs.iter().filter_map(|it| it.time).map(|it| it.0).collect();
    assert_eq!(times, [0, 53, 102, 219, 263, 322, 376, 562, 617, 691]);
    compare_words("example.html", &page_words(std::str::from_utf8(&bytes).unwrap()), &found.draft);
}
