//! What an ask for agreement comes to: its measures and levels, what holds where nothing is said, and the command line that
//! asks the same.

use super::{AgreeAsk, By, OrAll};
use crate::analysis::agreement::{
    self, Bootstrap, Categories, Drawn, Given, Level, Options, Requirement, Single,
};
use crate::domain::comparison::{Codes, Stage};
use crate::domain::failure::Failure;
use crate::msg;
use crate::stats::elsewhere::Program;
use crate::stats::{Measure, Plan, Weights};
use crate::work::ask::line::Line;

/// What holds where nothing is said.
#[derive(Debug, Clone, Copy)]
pub struct Usual {
    /// What becomes of units that one coder alone decided.
    pub single: Single,
    /// Which categories there are.
    pub categories: Categories,
    /// Only percent agreement among the usual measures.
    pub no_coefficients: bool,
}

impl AgreeAsk {
    /// What is computed of so many coders.
    ///
    /// # Errors
    /// A measure and a level that do not exist together, or of which somebody else prints nothing.
    pub fn options(
        &self,
        requirement: Option<&Requirement>,
        usual: &Usual,
        coders: usize,
    ) -> Result<Options, Failure> {
        let levels = listed(&self.levels, &Level::ALL);
        match self.program {
            Some(program) => self.known_to(program)?,
            None => self.exist_together(&levels)?,
        }
        let mut measures = listed(&self.measures, Measure::ALL);
        if let (Some(requirement), true) = (requirement, measures.is_empty()) {
            let usual = agreement::defaults(coders, usual.no_coefficients);
            if !usual.contains(&requirement.measure) {
                measures = usual;
                measures.push(requirement.measure);
            }
        }
        Ok(Options {
            levels,
            measures,
            no_coefficients: usual.no_coefficients,
            single: self.single.unwrap_or(usual.single),
            given: self.given,
            categories: self.categories.unwrap_or(usual.categories),
            positive: self.positive.clone(),
            by_case: self.by == Some(By::Case),
            per_category: self.per_category,
            weights: self.weights,
            program: self.program,
            bootstrap: self.bootstrap,
        })
    }

    /// Refuses a measure that none of the levels knows, and a level that knows none of the measures.
    fn exist_together(&self, levels: &[Level]) -> Result<(), Failure> {
        let measures = listed(&self.measures, Measure::ALL);
        let levels = if levels.is_empty() { &Level::ALL } else { levels };
        for asked in &self.measures {
            if let OrAll::One(measure) = asked
                && !levels.iter().any(|level| level.knows(*measure))
            {
                return Err(no_pair(*measure, levels.first().copied().unwrap_or(Level::Value)));
            }
        }
        for asked in &self.levels {
            if let (OrAll::One(level), Some(measure)) = (asked, measures.first())
                && !measures.iter().any(|measure| level.knows(*measure))
            {
                return Err(no_pair(*measure, *level));
            }
        }
        Ok(())
    }

    /// Refuses a level or a measure of which somebody else prints nothing.
    fn known_to(&self, program: Program) -> Result<(), Failure> {
        let known: Vec<Level> =
            Level::ALL.into_iter().filter(|it| it.is_known_to(program)).collect();
        let level = self.levels.iter().find_map(|asked| match asked {
            OrAll::One(level) if !known.contains(level) => Some(*level),
            _ => None,
        });
        let measure = self.measures.iter().find_map(|asked| match asked {
            OrAll::One(measure) if !program.measures().contains(measure) => Some(*measure),
            _ => None,
        });
        let what = match (measure, level) {
            (Some(measure), _) => msg!("agree.as.measure", program = program, measure = measure),
            (None, Some(level)) => msg!("agree.as.level", program = program, level = level),
            (None, None) => return Ok(()),
        };
        let names = |list: Vec<&str>| list.join(", ");
        let fix = msg!(
            "agree.as.measure.fix",
            program = program,
            measures = names(program.measures().iter().map(|it| it.as_str()).collect()),
            levels = names(known.iter().map(|it| it.as_str()).collect())
        );
        Err(Failure::Usage(what, fix))
    }

    /// The command line that asks for it.
    #[must_use]
    pub fn line(&self) -> Line {
        let line = Line::new("agree")
            .option("level", &self.levels)
            .option("measure", &self.measures)
            .option("single", self.single.map(Single::as_str))
            .option("given", self.given.map(Given::as_str))
            .option("without", self.without_unsure.then_some("unsure"))
            .option("by", self.by.map(By::as_str))
            .flag("pairs", self.pairs)
            .option("categories", self.categories.map(Categories::as_str))
            .option("positive", &self.positive)
            .option("as", self.program)
            .unless(&Weights::default().as_str(), "weights", &self.weights.as_str())
            .flag("per-category", self.per_category);
        let line = match self.bootstrap {
            None => line,
            Some(Bootstrap { plan: Plan { resamples, seed }, drawn }) => line
                .option("bootstrap", Some(resamples))
                .option("seed", Some(seed))
                .unless(&Drawn::Units.as_str(), "resample", &drawn.as_str()),
        };
        let line = match self.require {
            None => line,
            Some(None) => line.flag("require", true),
            Some(Some(requirement)) => line.option("require", Some(requirement)),
        };
        let line = line
            .option("coders", &self.coders)
            .unless(&Codes::Decided.as_str(), "codes", &self.codes.as_str())
            .option("stage", self.after.then_some(Stage::After.as_str()))
            .option("names", self.ids.then_some("ids"));
        self.comparing.on(self.part.on(line))
    }
}

fn no_pair(measure: Measure, level: Level) -> Failure {
    if measure.is_of_boundaries() {
        let what = msg!("agree.pair.boundaries", measure = measure);
        return Failure::Usage(what, msg!("agree.pair.boundaries.fix"));
    }
    Failure::Usage(msg!("agree.pair", measure = measure, level = level), msg!("agree.pair.fix"))
}

/// What was asked for, in its order and each once; empty if nothing was.
fn listed<T: Copy + PartialEq>(asked: &[OrAll<T>], all: &[T]) -> Vec<T> {
    let mut list: Vec<T> = Vec::new();
    for one in asked {
        let more = match one {
            OrAll::All => all,
            OrAll::One(one) => std::slice::from_ref(one),
        };
        for one in more {
            if !list.contains(one) {
                list.push(*one);
            }
        }
    }
    list
}
