//! Everything that was said, put together for one exercise.

use super::extensions::Extensions;
use super::file::File;
use super::said::{Said, Source, Told};
use crate::course::{Exercise, Limits};
use crate::error::Result;
use crate::lateness::{Due, Rule};

/// What counts of what was said, for one exercise or for a course as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InForce(pub Said);

impl InForce {
    /// `near` is what the command line and the environment say. `exercise` is as its own file has it.
    pub fn of(near: Said, file: Option<&File>, exercise: Option<&Exercise>) -> Self {
        let of_file = match (file, exercise) {
            (Some(file), Some(exercise)) => file.said(&exercise.id),
            (Some(file), None) => file.all.clone(),
            (None, _) => Said::default(),
        };
        let said = near.or(&of_file);
        Self(match exercise {
            Some(exercise) => said.or(&of_exercise(exercise)),
            None => said,
        })
    }

    /// What the exercise is worth, if not what its checks add up to.
    pub fn points(&self) -> Option<u32> {
        self.0.points.as_ref().map(|told| told.value)
    }

    /// What lateness costs.
    pub fn rule(&self) -> Rule {
        let (late, usual) = (&self.0.late, Rule::default());
        Rule {
            percent: or(late.percent.as_ref(), usual.percent),
            every: or(late.every.as_ref(), usual.every),
            grace: or(late.grace.as_ref(), usual.grace),
            cap: or(late.cap.as_ref(), usual.cap),
            cut_off: late
                .cut_off
                .as_ref()
                .map(|told| told.value)
                .or(usual.cut_off),
        }
    }

    /// Whether lateness costs anything.
    pub fn is_late_applied(&self) -> bool {
        self.0.late.apply.as_ref().is_none_or(|told| told.value)
    }

    /// When the exercise is due for whoever handed in, if it is known when that was. `ids` are those of the course.
    ///
    /// # Errors
    /// When the extensions file cannot be read, even where nothing depends on it.
    pub fn due(&self, exercise: &str, ids: &[&str]) -> Result<Option<Due>> {
        let extensions = match &self.0.extensions {
            Some(named) => Extensions::read(&named.value, ids)?,
            None => Extensions::default(),
        };
        let (Some(deadline), Some(submitted)) = (&self.0.deadline, &self.0.submitted_at) else {
            return Ok(None);
        };
        if !self.is_late_applied() {
            return Ok(None);
        }
        let students = self.0.students.as_ref().map_or(&[][..], |told| &told.value);
        let later = extensions.later(students, exercise, deadline.value);
        Ok(Some(Due {
            submitted: submitted.value,
            deadline: later.unwrap_or(deadline.value),
            extended: later.is_some(),
            rule: self.rule(),
        }))
    }
}

fn or<T: Copy>(told: Option<&Told<T>>, usual: T) -> T {
    told.map_or(usual, |told| told.value)
}

/// What `exercise.toml` says that is not what is built in.
fn of_exercise(exercise: &Exercise) -> Said {
    fn told<T: PartialEq>(value: T, usual: &T) -> Option<Told<T>> {
        (value != *usual).then(|| Told::new(value, Source::Exercise))
    }
    let (settings, usual) = (&exercise.settings, Limits::default());
    Said {
        disclosure: told(
            settings.disclosure,
            &crate::disclosure::Disclosure::default(),
        ),
        schedules: told(settings.schedules, &crate::course::SCHEDULES),
        seed: told(settings.seed, &0),
        wall_ms: told(settings.limits.wall_ms, &usual.wall_ms),
        compile_ms: told(settings.limits.compile_ms, &usual.compile_ms),
        ..Said::default()
    }
}
