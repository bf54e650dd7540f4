//! Hebrew.
//!
//! The chair of a committee leads its sitting, so the word for that office counts as a moderator's.

use super::Lexicon;

pub(super) const LEXICON: Lexicon = Lexicon {
    tag: "he",
    moderators: &["מנחה", "מראיין", "מראיינת", "חוקר", "חוקרת", "היו\"ר", "יו\"ר"],
    observers: &["משקיף", "משקיפה", "צופה"],
    participants: &["משתתף", "משתתפת", "מרואיין", "מרואיינת"],
    functions: &["דובר", "דוברת", "קריאה", "קריאות", "לא", "ידוע", "איש", "אישה", "כולם"],
    fields: &["סדר היום", "נכחו", "חברי הוועדה", "מוזמנים", "תאריך", "מקום", "נושא", "הערה"],
    marks: &["צחוק", "צוחק", "צוחקת", "שתיקה", "לא ברור"],
    openers: &[
        "אבל",
        "אז",
        "אם",
        "אני",
        "את",
        "אתה",
        "גם",
        "הוא",
        "היא",
        "זה",
        "כי",
        "כן",
        "לא",
        "מה",
        "אנחנו",
    ],
    particles: &[],
    titles: &[],
    abbreviations: &[],
    closings: &["הישיבה ננעלה", "הישיבה נעלה", "סוף הריאיון"],
    speaker_heads: &["דובר", "שם", "משתתף"],
    speech_heads: &["טקסט", "דברים", "תוכן"],
    time_heads: &["זמן", "התחלה"],
    end_heads: &["סוף"],
};
