//! `never-awaited` from what rustc says: warnings about futures that nobody uses.

use crate::diagnostic::Diagnostic;
use crate::verdict::{Check, CheckFinding, CheckStatus};

const KIND: &str = "never-awaited";
const HELP: &str = "`never-awaited`: a future does nothing until it is polled; put `.await` behind it, \
                    or hand it to something that polls it, such as `tokio::spawn` or `join!`";

/// A sentence for what rustc says about a future that nobody uses.
pub fn help(diagnostic: &Diagnostic) -> Option<String> {
    is_about_a_future(diagnostic).then(|| HELP.to_owned())
}

/// Whether it is `unused_must_use` of a future: rustc names the trait, or a type that says of itself
/// what futures do.
fn is_about_a_future(diagnostic: &Diagnostic) -> bool {
    diagnostic.code.as_deref() == Some("unused_must_use")
        && (diagnostic.message.contains("`Future`")
            || diagnostic
                .rendered
                .contains("futures do nothing unless you `.await`"))
}

/// Tells the first check that failed, as advice, of every line that rustc warned about; not of those
/// that a drive told of already.
pub fn advise(checks: &mut [Check], diagnostics: &[Diagnostic]) {
    let told = |finding: &CheckFinding, diagnostic: &Diagnostic| {
        finding.kind == KIND && finding.at == diagnostic.at
    };
    let untold = |diagnostic: &&Diagnostic| {
        let mut findings = checks.iter().flat_map(|check| &check.findings);
        is_about_a_future(diagnostic) && !findings.any(|finding| told(finding, diagnostic))
    };
    let untold: Vec<_> = diagnostics.iter().filter(untold).collect();
    let mut failed = checks
        .iter_mut()
        .filter(|check| check.status == CheckStatus::Failed);
    let Some(first) = failed.next() else { return };
    for diagnostic in untold {
        if !first.findings.iter().any(|f| told(f, diagnostic)) {
            first.findings.push(advice(diagnostic));
        }
    }
}

fn advice(diagnostic: &Diagnostic) -> CheckFinding {
    CheckFinding {
        kind: KIND.to_owned(),
        message: "a future is made here and never awaited: nothing of it is done".to_owned(),
        at: diagnostic.at.clone(),
        virtual_ms: None,
        expected: None,
        got: None,
        advice: true,
    }
}

#[cfg(test)]
mod tests {
    use trace::finding::At;

    use super::{advise, help};
    use crate::diagnostic::{Diagnostic, Level};
    use crate::verdict::{Check, CheckStatus};

    fn warning(code: &str, message: &str, note: &str, line: u32) -> Diagnostic {
        Diagnostic {
            level: Level::Warning,
            code: Some(code.to_owned()),
            message: message.to_owned(),
            at: Some(At {
                file: "src/lib.rs".to_owned(),
                line,
            }),
            rendered: format!("warning: {message}\n = note: {note}\n"),
            help: None,
        }
    }

    fn unused_future(line: u32) -> Diagnostic {
        let message = "unused implementer of `Future` that must be used";
        warning("unused_must_use", message, "futures do nothing", line)
    }

    fn check(name: &str, status: CheckStatus) -> Check {
        Check {
            name: name.to_owned(),
            task: None,
            title: String::new(),
            status,
            points: 0,
            max_points: 1,
            hints: Vec::new(),
            findings: Vec::new(),
            doubt: None,
            schedule: None,
            replay: None,
        }
    }

    fn lines(check: &Check) -> Vec<u32> {
        let lines = check.findings.iter().flat_map(|f| &f.at);
        lines.map(|at| at.line).collect()
    }

    #[test]
    fn a_future_by_trait_or_by_its_own_words_is_explained_and_nothing_else_is() {
        let sleep = warning(
            "unused_must_use",
            "unused `tokio::time::Sleep` that must be used",
            "futures do nothing unless you `.await` or poll them",
            1,
        );
        let guard = warning("unused_must_use", "unused `MutexGuard`", "drops at once", 1);
        let variable = warning("unused_variables", "unused variable: `Future`", "", 1);
        let is_explained = |diagnostic| help(&diagnostic).is_some();
        assert!(is_explained(unused_future(1)) && is_explained(sleep));
        assert!(!is_explained(guard) && !is_explained(variable));
    }

    #[test]
    fn the_first_check_that_failed_is_told_of_each_line_once() {
        let mut checks = [
            check("passes", CheckStatus::Passed),
            check("fails", CheckStatus::Failed),
            check("fails_too", CheckStatus::Failed),
        ];
        advise(
            &mut checks,
            &[unused_future(4), unused_future(9), unused_future(4)],
        );
        assert_eq!(checks.each_ref().map(lines), [vec![], vec![4, 9], vec![]]);
        assert!(checks[1].findings.iter().all(|finding| finding.advice));
        advise(&mut checks, &[unused_future(9)]);
        assert_eq!(lines(&checks[1]), [4, 9]);
    }

    #[test]
    fn a_line_that_a_drive_told_of_is_not_told_of_again() {
        let mut checks = [
            check("fails", CheckStatus::Failed),
            check("passes", CheckStatus::Passed),
        ];
        checks[1].findings.push(super::advice(&unused_future(4)));
        advise(&mut checks, &[unused_future(4)]);
        assert_eq!(lines(&checks[0]), [0; 0]);
    }

    #[test]
    fn where_nothing_failed_nothing_is_told() {
        let mut checks = [check("passes", CheckStatus::Passed)];
        advise(&mut checks, &[unused_future(4)]);
        assert_eq!(lines(&checks[0]), [0; 0]);
    }
}
