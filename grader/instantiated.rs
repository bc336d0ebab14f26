//! Errors in a submission's generic code that rustc finds only where the code is called with types: in the adapter.

use std::path::Path;

use crate::diagnostic::Diagnostic;

/// Where such an error was found.
pub const HELP: &str = "your crate compiles by itself; this comes when its generic code is compiled for a caller's types";

/// The errors, without what rustc draws of the adapter; `None` when one of them stands in the adapter itself, whose
/// source is `adapter`, or none is known to stand elsewhere.
pub fn explain(errors: &[Diagnostic], adapter: &Path) -> Option<Vec<Diagnostic>> {
    let errors: Vec<_> = errors.iter().filter(|error| error.is_error()).collect();
    let places = || errors.iter().filter_map(|error| error.at.as_ref());
    if places().next().is_none() || places().any(|at| Path::new(&at.file) == adapter) {
        return None;
    }
    let told = |error: &&Diagnostic| {
        let at = error.at.clone().filter(|at| at.file.starts_with("src/"));
        let mut told = Diagnostic::own(error.message.as_str(), at).help(HELP);
        told.code.clone_from(&error.code);
        told
    };
    Some(errors.iter().map(told).collect())
}

#[cfg(test)]
mod tests {
    use trace::finding::At;

    use super::*;

    fn error(message: &str, file: &str) -> Diagnostic {
        let at = At {
            file: file.to_owned(),
            line: 3,
        };
        let mut error = Diagnostic::own(message, Some(at));
        error.rendered = format!("{message}: adapter::call(hidden)");
        error
    }

    #[test]
    fn an_error_of_generic_code_is_told_without_the_adapter() {
        let adapter = Path::new("/cache/adapter.rs");
        let errors = [
            error("too deep", "src/lib.rs"),
            error("no", "/rustc/core.rs"),
        ];
        let told = explain(&errors, adapter).unwrap();
        assert_eq!(told[0].at.as_ref().unwrap().file, "src/lib.rs");
        assert_eq!((told[1].message.as_str(), &told[1].at), ("no", &None));
        assert!(told.iter().all(|told| !told.rendered.contains("hidden")));
    }

    #[test]
    fn an_error_in_the_adapter_is_the_graders_own() {
        let adapter = Path::new("/cache/adapter.rs");
        let errors = [error("a", "src/lib.rs"), error("b", "/cache/adapter.rs")];
        assert!(explain(&errors, adapter).is_none());
        assert!(explain(&[Diagnostic::own("c", None)], adapter).is_none());
    }
}
