//! The topic guide: the questions that a moderator had in front of her, by topic.

/// A question of the guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The topic it belongs to.
    pub topic: String,
    /// Its id.
    pub id: String,
    /// How it is put: one wording, or several, as in other languages.
    pub wordings: Vec<String>,
}

/// The questions in the order in which they are to be asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Guide {
    /// The questions, in order.
    pub questions: Vec<Question>,
}

impl Guide {
    /// The topics, in the order of their first question.
    #[must_use]
    pub fn topics(&self) -> Vec<&str> {
        let mut topics: Vec<&str> = Vec::new();
        for question in &self.questions {
            if !topics.contains(&question.topic.as_str()) {
                topics.push(&question.topic);
            }
        }
        topics
    }

    /// The place of a question by its id, whatever its capitals.
    #[must_use]
    pub fn place(&self, id: &str) -> Option<usize> {
        self.questions.iter().position(|question| question.id.eq_ignore_ascii_case(id))
    }
}
