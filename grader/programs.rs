//! Programs that must not compile against a right submission, each with a twin that must.
//!
//! A program is a folder `tests/ID/programs/NAME` with two files, whose first lines say what they are:
//!
//! ```text
//! escapes.rs                                   twin.rs
//! //! must-not-compile: E0521, lifetime        //! must-compile
//! //! what: the body gives it to a task        //! what: the body gives a copy of its name to a task
//! //! about: with_resource
//! ```
//!
//! The codes are those that rustc may refuse it with, and no other; [`LIFETIME`] stands for an error of the borrow
//! checker that has none. `about` names the student's function that the findings point at.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;

/// The word for "lifetime may not live long enough", which has no code.
pub const LIFETIME: &str = "lifetime";

/// One program and its twin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    pub name: String,
    /// What rustc may refuse it with.
    pub codes: Vec<String>,
    /// What it does that must not compile.
    pub what: String,
    /// What its twin does that must.
    pub twin: String,
    pub about: Option<String>,
}

/// The two halves of a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    Escapes,
    Twin,
}

impl Half {
    pub const BOTH: [Self; 2] = [Self::Twin, Self::Escapes];

    /// The file in the program's folder.
    pub fn file(self) -> &'static str {
        match self {
            Self::Escapes => "escapes.rs",
            Self::Twin => "twin.rs",
        }
    }

    /// The crate that has this half of every program as its modules, beside their folders.
    pub fn root(self) -> &'static str {
        match self {
            Self::Escapes => "all_escape.rs",
            Self::Twin => "all_twins.rs",
        }
    }
}

impl Program {
    /// The program in this folder.
    ///
    /// # Errors
    /// With a sentence on what is wrong with it.
    pub fn read(folder: &Path, name: &str) -> Result<Self, String> {
        let text = |half: Half| {
            let path = folder.join(name).join(half.file());
            fs::read_to_string(&path)
                .map_err(|e| format!("programs/{name}/{} cannot be read: {e}", half.file()))
        };
        Self::of(name, &text(Half::Escapes)?, &text(Half::Twin)?)
    }

    fn of(name: &str, escapes: &str, twin: &str) -> Result<Self, String> {
        let missing = |half: Half, line: &str| {
            format!("programs/{name}/{} does not say `//! {line}`", half.file())
        };
        let codes = said(escapes, "must-not-compile:")
            .ok_or_else(|| missing(Half::Escapes, "must-not-compile: CODE"))?;
        let codes: Vec<_> = codes
            .split(',')
            .map(|code| code.trim().to_owned())
            .collect();
        let is_code = |code: &String| {
            let number = code.strip_prefix('E').unwrap_or_default();
            code == LIFETIME || number.len() == 4 && number.bytes().all(|b| b.is_ascii_digit())
        };
        if let Some(wrong) = codes.iter().find(|code| !is_code(code)) {
            return Err(format!("programs/{name}: `{wrong}` is no code of an error"));
        }
        said(twin, "must-compile").ok_or_else(|| missing(Half::Twin, "must-compile"))?;
        let what = |half, text| said(text, "what:").ok_or_else(|| missing(half, "what: …"));
        Ok(Self {
            name: name.to_owned(),
            codes,
            what: what(Half::Escapes, escapes)?,
            twin: what(Half::Twin, twin)?,
            about: said(escapes, "about:"),
        })
    }

    /// Whether this error is one that it may be refused with.
    pub fn expects(&self, error: &Diagnostic) -> bool {
        self.codes.contains(&code(error))
    }
}

/// The code of an error, as a program names it; its message where it has none.
pub fn code(error: &Diagnostic) -> String {
    match &error.code {
        Some(code) => code.clone(),
        None if error.message == "lifetime may not live long enough" => LIFETIME.to_owned(),
        None => error.message.clone(),
    }
}

/// What stands behind `key` in one of the first lines.
fn said(text: &str, key: &str) -> Option<String> {
    let mut lines = text.lines().map_while(|line| line.strip_prefix("//! "));
    let said = lines.find_map(|line| line.strip_prefix(key))?;
    Some(said.trim().to_owned())
}

/// The crate that has one half of all these programs as its modules.
pub fn root<'a>(half: Half, programs: impl Iterator<Item = &'a Program>) -> String {
    let modules = programs
        .map(|Program { name, .. }| format!("#[path = \"{name}/{}\"]\nmod {name};\n", half.file()));
    modules.collect()
}

/// The names of the programs in a folder, sorted; none where there is no folder.
pub fn names(folder: &Path) -> Vec<String> {
    let folders = fs::read_dir(folder).into_iter().flatten().flatten();
    let folders = folders
        .map(|entry| entry.path())
        .filter(|path| path.is_dir());
    let name = |path: PathBuf| Some(path.file_name()?.to_string_lossy().into_owned());
    let mut names: Vec<_> = folders.filter_map(name).collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::{Program, code};
    use crate::diagnostic::Diagnostic;

    const TWIN: &str = "//! must-compile\n//! what: a copy is returned\n";

    #[test]
    fn a_program_says_what_it_is_in_its_first_lines() {
        let escapes = "//! must-not-compile: E0521, lifetime\n//! what: it is returned\n//! about: lend\n\nfn f() {}";
        let program = Program::of("returned", escapes, TWIN).unwrap();
        assert_eq!(program.codes, ["E0521", "lifetime"]);
        assert_eq!(
            (&*program.what, &*program.twin),
            ("it is returned", "a copy is returned")
        );
        assert_eq!(program.about.as_deref(), Some("lend"));
    }

    #[test]
    fn what_a_program_does_not_say_is_told() {
        let wrong = |escapes, twin| Program::of("returned", escapes, twin).unwrap_err();
        assert_eq!(
            wrong("fn f() {}", TWIN),
            "programs/returned/escapes.rs does not say `//! must-not-compile: CODE`"
        );
        assert_eq!(
            wrong("//! must-not-compile: E52\n//! what: …", TWIN),
            "programs/returned: `E52` is no code of an error"
        );
        assert_eq!(
            wrong("//! must-not-compile: E0521\n//! what: …", "//! what: …"),
            "programs/returned/twin.rs does not say `//! must-compile`"
        );
    }

    #[test]
    fn an_error_of_the_borrow_checker_has_a_word_for_a_code() {
        let said = |message: &str| code(&Diagnostic::own(message, None));
        assert_eq!(said("lifetime may not live long enough"), "lifetime");
        assert_eq!(said("something else"), "something else");
    }
}
