//! Checks on programs that must not compile against a submission, and on their twins, which must.
//!
//! Where all is well two compilations tell it, to metadata only, which is as far as rustc goes to check borrows: one
//! of all twins, one of all programs, each a module. An error in one module can hide what is wrong in another, so
//! that whatever is not as it should be is compiled again, each program by itself.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use trace::finding::{At, CheckInfo, Finding};

use crate::api::Api;
use crate::compile::Compiler;
use crate::decide::decide_on_programs;
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::intake::Submission;
use crate::parallel;
use crate::programs::{Half, LIFETIME, Program};
use crate::verdict::Check;

/// A program compiled although it must not.
const ESCAPES: &str = "escapes";
/// A twin did not compile, or a program is refused for another reason.
const DOES_NOT_FIT: &str = "does-not-fit";

/// What rustc says of one half of a program.
#[derive(Debug, Clone)]
pub enum Said {
    Compiles,
    /// With these errors, one at least.
    Refused(Vec<Diagnostic>),
}

/// A submission that is compiled, and the programs of its exercise.
#[derive(Debug)]
pub struct Programs<'a> {
    pub compiler: Compiler<'a>,
    /// Where the submission was compiled.
    pub build: &'a Path,
}

impl Programs<'_> {
    /// What is said of each of these checks.
    pub fn decide(&self, checks: &[CheckInfo], submission: &Submission) -> Vec<Check> {
        if checks.is_empty() {
            return Vec::new();
        }
        let Compiler {
            exercise, prebuilt, ..
        } = self.compiler;
        let found = self.findings(submission);
        let decide = |info: &CheckInfo| {
            let programs = prebuilt.facts.programs(&info.name).unwrap_or_default();
            decide_on_programs(exercise, info, programs, &found)
        };
        checks.iter().map(decide).collect()
    }

    /// What is found of each program that is not as it should be, by its name.
    ///
    /// # Errors
    /// When the grader cannot do its part; never for what is in the submission.
    fn findings(&self, submission: &Submission) -> Result<BTreeMap<String, Finding>> {
        let programs: Vec<_> = self.all().collect();
        let [twins, escapes] = Half::BOTH.map(|half| self.half(half, &programs));
        let (twins, escapes) = (twins?, escapes?);
        let api = Api::read(submission);
        let found = programs.iter().zip(twins).zip(escapes);
        let found = found.filter_map(|((program, twin), escape)| {
            let about = program.about.as_deref();
            let at = about.and_then(|name| api.find(None, name));
            let found = finding(program, &twin, &escape, at.map(|found| found.at.clone()))?;
            Some((program.name.clone(), found))
        });
        Ok(found.collect())
    }

    fn all(&self) -> impl Iterator<Item = &Program> {
        let checks = &self.compiler.prebuilt.facts.must_not_compile;
        checks.iter().flat_map(|check| &check.programs)
    }

    /// What rustc says of one half of each of the programs.
    fn half(&self, half: Half, programs: &[&Program]) -> Result<Vec<Said>> {
        let folder = self.compiler.prebuilt.programs();
        let together = self.compile(&folder.join(half.root()), half.root())?;
        let each = programs
            .iter()
            .map(|program| of_one(&together, half, program));
        if let Some(each) = each.collect() {
            return Ok(each);
        }
        parallel::map(programs, |program| {
            let file = Path::new(&program.name).join(half.file());
            self.compile(
                &folder.join(file),
                &format!("{}-{}", program.name, half.file()),
            )
        })
    }

    fn compile(&self, source: &Path, name: &str) -> Result<Said> {
        let errors = self.compiler.program(self.build, source, name)?;
        Ok(errors.map_or(Said::Compiles, Said::Refused))
    }
}

/// What is said of one program among all; `None` where it is not as it should be, or cannot be told.
fn of_one(together: &Said, half: Half, program: &Program) -> Option<Said> {
    match (together, half) {
        (Said::Compiles, Half::Twin) => Some(Said::Compiles),
        (Said::Refused(errors), Half::Escapes) => {
            let file = PathBuf::from(&program.name).join(half.file());
            let is_its = |error: &&Diagnostic| {
                let at = error.at.as_ref();
                at.is_some_and(|at| Path::new(&at.file).ends_with(&file))
            };
            let its: Vec<_> = errors.iter().filter(is_its).cloned().collect();
            let is_well = !its.is_empty() && its.iter().all(|error| program.expects(error));
            is_well.then_some(Said::Refused(its))
        }
        _ => None,
    }
}

/// What is found of a program, pointing at `at`.
fn finding(program: &Program, twin: &Said, escape: &Said, at: Option<At>) -> Option<Finding> {
    let found = |kind: &str, message: String, expected: String, got: String| {
        Some(Finding {
            kind: kind.to_owned(),
            message,
            at,
            virtual_ms: None,
            expected: Some(expected),
            got: Some(got),
        })
    };
    if let Said::Refused(errors) = twin {
        let message = format!("a program that must compile does not: {}", program.twin);
        let got = errors.first().map_or_else(String::new, told);
        return found(DOES_NOT_FIT, message, "it compiles".to_owned(), got);
    }
    let codes: Vec<_> = program.codes.iter().map(|code| error_of(code)).collect();
    let codes = codes.join(" or ");
    let errors = match escape {
        Said::Compiles => {
            let message = format!("a program that must not compile does: {}", program.what);
            return found(ESCAPES, message, codes, "it compiles".to_owned());
        }
        Said::Refused(errors) => errors,
    };
    let other = errors.iter().find(|error| !program.expects(error))?;
    let message = format!("a program is refused for another reason: {}", program.what);
    found(DOES_NOT_FIT, message, codes, told(other))
}

/// An error as rustc heads it.
fn told(error: &Diagnostic) -> String {
    match &error.code {
        Some(code) => format!("error[{code}]: {}", error.message),
        None => format!("error: {}", error.message),
    }
}

fn error_of(code: &str) -> String {
    if code == LIFETIME {
        "error: lifetime may not live long enough".to_owned()
    } else {
        format!("error[{code}]")
    }
}

#[cfg(test)]
mod tests {
    use super::{Said, finding, of_one};
    use crate::diagnostic::Diagnostic;
    use crate::programs::{Half, Program};

    fn program() -> Program {
        Program {
            name: "returned".to_owned(),
            codes: vec!["E0521".to_owned(), "lifetime".to_owned()],
            what: "it is returned".to_owned(),
            twin: "a copy is returned".to_owned(),
            about: None,
        }
    }

    fn error(code: &str, file: &str) -> Diagnostic {
        let at = trace::finding::At {
            file: file.to_owned(),
            line: 1,
        };
        Diagnostic {
            code: Some(code.to_owned()),
            ..Diagnostic::own("no", Some(at))
        }
    }

    fn refused(codes: &[&str]) -> Said {
        let error = |code: &&str| error(code, "/programs/returned/escapes.rs");
        Said::Refused(codes.iter().map(error).collect())
    }

    fn kind(twin: &Said, escape: &Said) -> Option<String> {
        finding(&program(), twin, escape, None).map(|found| found.kind)
    }

    #[test]
    fn a_program_that_compiles_escapes_and_one_that_is_refused_as_it_says_does_not() {
        assert_eq!(
            kind(&Said::Compiles, &Said::Compiles).as_deref(),
            Some("escapes")
        );
        assert_eq!(kind(&Said::Compiles, &refused(&["E0521"])), None);
    }

    #[test]
    fn another_error_and_a_twin_that_does_not_compile_do_not_fit() {
        let other = refused(&["E0521", "E0308"]);
        assert_eq!(
            kind(&Said::Compiles, &other).as_deref(),
            Some("does-not-fit")
        );
        let twin = refused(&["E0308"]);
        assert_eq!(
            kind(&twin, &refused(&["E0521"])).as_deref(),
            Some("does-not-fit")
        );
    }

    #[test]
    fn of_all_together_only_what_is_as_it_should_be_is_believed() {
        let of = |together: &Said, half| of_one(together, half, &program()).is_some();
        assert!(of(&Said::Compiles, Half::Twin));
        assert!(of(&refused(&["E0521"]), Half::Escapes));
        assert!(!of(&refused(&["E0308"]), Half::Twin));
        assert!(!of(&refused(&["E0308"]), Half::Escapes));
        assert!(!of(&Said::Compiles, Half::Escapes));
        let elsewhere = Said::Refused(vec![error("E0521", "/programs/kept/escapes.rs")]);
        assert!(!of(&elsewhere, Half::Escapes));
    }
}
