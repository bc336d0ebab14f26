//! Reports: pure renderers of a verdict, one a file.

pub mod classroom;
pub mod classroom50;
pub mod coderunner;
pub mod concise;
pub mod context;
pub mod ctrf;
pub mod exercism;
pub mod github;
pub mod gradescope;
pub mod html;
pub mod json;
pub mod json_lines;
pub mod junit;
pub mod markdown;
pub mod page;
pub mod prairielearn;
pub mod sarif;
pub mod schema;
pub mod terminal;
pub mod vpl;

mod json_text;
pub(crate) mod words;

use clap::ValueEnum;

use self::context::Context;
use crate::error::Result;
use crate::verdict::Verdict;

/// What a report can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, ValueEnum)]
pub enum Format {
    /// For a person at a terminal.
    Full,
    /// For a person: what failed, a line each.
    Concise,
    /// The verdict, one JSON object.
    Json,
    /// Each check as it is decided, then the verdict: a JSON object a line.
    JsonLines,
    /// Annotations of GitHub Actions; the step's summary and outputs too.
    Github,
    /// For a comment or a page.
    Markdown,
    /// A page that needs nothing else.
    Html,
    /// `JUnit` XML, for every CI.
    Junit,
    /// Gradescope's results.json.
    Gradescope,
    /// `PrairieLearn`'s results.json.
    Prairielearn,
    /// Exercism's results.json, version 3.
    Exercism,
    /// Classroom 50's result.json.
    Classroom50,
    /// The `result` output of GitHub Classroom's reporter, which is legacy.
    Classroom,
    /// The Common Test Report Format.
    Ctrf,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// What Moodle's VPL reads from standard output.
    Vpl,
    /// What Moodle's `CodeRunner` reads from a combinator template grader.
    Coderunner,
}

impl Format {
    /// As the command line writes it.
    ///
    /// # Panics
    /// Never: no format is hidden.
    pub fn name(self) -> String {
        let value = self.to_possible_value().expect("no format is hidden");
        value.get_name().to_owned()
    }

    /// Whether a person reads it where the grader runs.
    pub fn is_for_a_person(self) -> bool {
        matches!(self, Self::Full | Self::Concise)
    }

    /// Whether timelines are drawn in it.
    pub fn shows_timelines(self) -> bool {
        matches!(
            self,
            Self::Full | Self::Github | Self::Markdown | Self::Html
        )
    }

    /// Makes sure, before the work, that a report can be written.
    ///
    /// # Errors
    /// When the platform has not said what its format needs.
    pub fn check(self, context: &Context) -> Result<()> {
        match self {
            Self::Classroom50 => classroom50::check(context),
            _ => Ok(()),
        }
    }
}

/// Renders a verdict; the terminal's formats with ANSI colours that the caller may strip.
///
/// # Errors
/// What [`Format::check`] answers.
pub fn render(format: Format, verdict: &Verdict, context: &Context) -> Result<String> {
    Ok(match format {
        Format::Full => {
            let drawn = terminal::Drawn {
                pictures: &context.pictures,
                look: context.look,
                columns: context.columns,
            };
            terminal::render_with(verdict, drawn)
        }
        Format::Concise => {
            let setting = page::Setting {
                columns: context.columns,
                ascii: context.look.ascii,
            };
            concise::render(verdict, setting)
        }
        Format::Json => json::render(verdict, context.timings.as_ref()),
        Format::JsonLines => json_lines::render(verdict, context.told),
        Format::Github => github::render(verdict, &context.folder),
        Format::Markdown => markdown::render(verdict, &context.pictures),
        Format::Html => html::render(verdict, &context.pictures),
        Format::Junit => junit::render(verdict),
        Format::Gradescope => gradescope::render(verdict),
        Format::Prairielearn => prairielearn::render(verdict),
        Format::Exercism => exercism::render(verdict),
        Format::Classroom50 => return classroom50::render(verdict, context),
        Format::Classroom => classroom::render(verdict),
        Format::Ctrf => ctrf::render(verdict),
        Format::Sarif => sarif::render(verdict, &context.folder),
        Format::Vpl => vpl::render(verdict, context.variable("VPL_GRADEMAX")),
        Format::Coderunner => coderunner::render(verdict),
    })
}
