//! A submission that is not what the contract asks for, told in its own terms.
//!
//! rustc decides: its errors in the adapter stand on lines that each belong to one item of the
//! contract. The wording comes from the submission's source: an item that is there but private, of
//! another shape, or under a name that is nearly right is shown as it stands.

use crate::api::Api;
use crate::diagnostic::Diagnostic;
use crate::facts::{Facts, Item, ItemKind};
use crate::guards;
use crate::intake::Submission;
use crate::suggestion;

/// One diagnostic for each item that is missing or different; `None` when the errors are not about
/// the submission, and so the grader's own trouble.
pub fn explain(
    errors: &[Diagnostic],
    facts: &Facts,
    submission: &Submission,
) -> Option<Vec<Diagnostic>> {
    let errors: Vec<_> = errors.iter().filter(|d| d.is_error()).collect();
    let is_glue = |line: u32| facts.glue.is_some_and(|glue| line >= glue);
    let of_the_adapter = |error: &&Diagnostic| {
        let line = error
            .at
            .as_ref()
            .filter(|at| !at.file.starts_with("src/"))
            .map(|at| at.line);
        line.is_some_and(|line| !facts.items.iter().any(|item| item.line == line) && !is_glue(line))
    };
    if errors.iter().any(of_the_adapter) {
        return None;
    }
    let api = Api::read(submission);
    let about = |item: &Item| {
        errors.iter().copied().find(|error| {
            error
                .at
                .as_ref()
                .is_some_and(|at| at.line == item.line && !at.file.starts_with("src/"))
        })
    };
    let wrong: Vec<_> = facts
        .items
        .iter()
        .filter_map(|item| Some((item, about(item)?)))
        .collect();
    let missing_types: Vec<_> = wrong
        .iter()
        .filter(|(item, _)| is_type(item) && api.find(None, &item.path).is_none())
        .map(|(item, _)| item.path.as_str())
        .collect();
    let told = wrong.iter().filter(|(item, _)| {
        let owner_told = item
            .owner
            .as_deref()
            .is_some_and(|owner| missing_types.contains(&owner));
        // A function that only mentions a missing type has nothing of its own to mend.
        let follows = !missing_types.is_empty()
            && !is_type(item)
            && api
                .find(item.owner.as_deref(), last(&item.path))
                .is_some_and(|found| found.signature == item.signature);
        !owner_told && !follows
    });
    let mut diagnostics: Vec<_> = told
        .map(|(item, error)| diagnostic(item, error, &api))
        .collect();
    // The glue's errors may follow from a missing item; by themselves they say that what is there is used otherwise.
    let in_glue = |error: &&&Diagnostic| error.at.as_ref().is_some_and(|at| is_glue(at.line));
    if let (true, Some(error)) = (diagnostics.is_empty(), errors.iter().find(in_glue)) {
        let message = "your crate cannot be used as README.md shows";
        diagnostics.push(with_reason(Diagnostic::own(message, None), error));
    }
    (!diagnostics.is_empty()).then_some(diagnostics)
}

fn is_type(item: &Item) -> bool {
    matches!(item.kind, ItemKind::Object | ItemKind::Data)
}

fn last(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

fn diagnostic(item: &Item, error: &Diagnostic, api: &Api) -> Diagnostic {
    let name = last(&item.path);
    let on = item
        .owner
        .as_ref()
        .map_or_else(String::new, |owner| format!(" on `{owner}`"));
    let asked = &item.signature;
    match api.find(item.owner.as_deref(), name) {
        _ if item.kind == ItemKind::Trait => {
            let message = format!(
                "your crate has no `{asked}`{}",
                if asked.contains(" for ") { "" } else { &on }
            );
            with_reason(Diagnostic::own(message, None), error)
        }
        None => {
            let message = format!("your crate has no `{asked}`{on}");
            let near = suggestion::nearest(name, api.names(item.owner.as_deref()));
            let near = near.and_then(|near| api.find(item.owner.as_deref(), near));
            let diagnostic = Diagnostic::own(message, near.map(|found| found.at.clone()));
            match near {
                Some(found) => {
                    diagnostic.help(format!("there is `{}`: is it that?", found.signature))
                }
                None => diagnostic.help(format!("write it in src/lib.rs{}", own_impl(item))),
            }
        }
        Some(found) if !found.public => Diagnostic::own(
            format!("`{}` is private{on}", found.name),
            Some(found.at.clone()),
        )
        .help(format!(
            "the exercise asks for `{asked}`: put `pub` before it"
        )),
        Some(found) if is_type(item) => {
            let message = format!("`{name}` is not what the exercise asks for: `{asked}`");
            with_reason(Diagnostic::own(message, Some(found.at.clone())), error)
        }
        Some(found) if found.signature == *asked => {
            let message = format!("`{asked}`{on} cannot be used as the exercise does");
            with_reason(Diagnostic::own(message, Some(found.at.clone())), error)
        }
        Some(found) => {
            let message = format!(
                "your crate has `{}`{on}, and the exercise asks for `{asked}`",
                found.signature
            );
            with_reason(Diagnostic::own(message, Some(found.at.clone())), error)
        }
    }
}

fn own_impl(item: &Item) -> String {
    item.owner
        .as_ref()
        .map_or_else(String::new, |owner| format!(", in `impl {owner} {{ … }}`"))
}

/// rustc's own reason, which names types but nothing of the adapter.
fn with_reason(diagnostic: Diagnostic, error: &Diagnostic) -> Diagnostic {
    let code = error
        .code
        .as_ref()
        .map_or_else(String::new, |code| format!(" [{code}]"));
    let labels = labels(&error.rendered);
    let labels = if labels.is_empty() {
        String::new()
    } else {
        format!(": {labels}")
    };
    let said = format!("rustc says{code}: {}{labels}", error.message);
    diagnostic.help(guards::help(error).unwrap_or(said))
}

/// The label that rustc draws under the code: "expected `bool`, found future".
fn labels(rendered: &str) -> String {
    let label = rendered
        .lines()
        .filter_map(|line| line.split_once('^'))
        .map(|(_, rest)| rest.trim_start_matches('^').trim());
    label
        .filter(|label| label.starts_with("expected"))
        .take(1)
        .collect()
}
