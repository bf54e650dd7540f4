//! Picked quotations and their translations: hidden from others until the case is open, as decisions are.

use super::layout;
use super::load::Opened;
use crate::analysis::manuscript::Recorded;
use crate::domain::failure::Failure;
use crate::format::picked::read_translations;

impl Opened {
    /// The translations that all may see: those of stretches in open cases.
    ///
    /// # Errors
    /// A file cannot be read, or is none of picked quotations.
    pub fn shared_translations(&self) -> Result<Vec<Recorded>, Failure> {
        let names = self.folder.list(layout::PICKED)?;
        let own = names.iter().filter(|name| name.ends_with(".csv"));
        let mut files: Vec<String> = own.map(|name| format!("{}/{name}", layout::PICKED)).collect();
        files.push(layout::PICKED_BEFORE.to_owned());
        let (open, _) = self.open_cases();
        let (mut all, mut problems) = (Vec::new(), Vec::new());
        for file in files {
            if let Some(bytes) = self.folder.read(&file)? {
                all.extend(read_translations(&file, &bytes, &mut problems));
            }
        }
        if !problems.is_empty() {
            return Err(Failure::Invalid(problems));
        }
        all.retain(|it| {
            let text = self.study.ever_transcript(it.locator.transcript());
            !self.is_blind() || text.is_some_and(|text| open.contains(&text.case))
        });
        Ok(all)
    }
}
