//! Futures behind `let _ =`, which rustc's `unused_must_use` takes for an answer. What a submission discards so is
//! compiled once more as a statement, as far as its types are checked, and rustc says which of it is a future.

use std::ops::Range;
use std::path::Path;

use syn::visit::{self, Visit};
use syn::{Expr, Local, Pat};

use crate::api;
use crate::compile::Compiler;
use crate::diagnostic::Diagnostic;
use crate::intake::Submission;

/// What rustc says of the submission, which was compiled in `folder`, with its `let _ =` left out; nothing where
/// there is none, or where it does not compile so.
pub fn warnings(
    compiler: &Compiler<'_>,
    submission: &Submission,
    folder: &Path,
) -> Vec<Diagnostic> {
    let files = as_statements(&submission.files);
    if files == submission.files {
        return Vec::new();
    }
    compiler.warnings(&files, folder).unwrap_or_default()
}

/// The files with spaces in place of each `let _ =` before a call.
fn as_statements(files: &[(String, String)]) -> Vec<(String, String)> {
    let blanked = || {
        let files = files
            .iter()
            .map(|(path, text)| (path.clone(), blanked(text)));
        files.collect()
    };
    api::with_room(blanked).unwrap_or_else(|| files.to_vec())
}

fn blanked(text: &str) -> String {
    let Ok(file) = syn::parse_file(text) else {
        return text.to_owned();
    };
    let mut discards = Discards(Vec::new());
    discards.visit_file(&file);
    let mut bytes = text.as_bytes().to_vec();
    for range in discards.0 {
        // A mark at the file's beginning is in no range.
        let is_let = text.get(range.clone());
        if is_let.is_some_and(|text| text.starts_with("let") && text.ends_with('=')) {
            for byte in &mut bytes[range] {
                // Lines stay where they are.
                if *byte != b'\n' {
                    *byte = b' ';
                }
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Where `let _ =` stands, from `let` to `=`.
struct Discards(Vec<Range<usize>>);

impl Visit<'_> for Discards {
    fn visit_local(&mut self, local: &Local) {
        if let (Pat::Wild(_), Some(init)) = (&local.pat, &local.init)
            && init.diverge.is_none()
            && local.attrs.is_empty()
            && matches!(*init.expr, Expr::Call(_) | Expr::MethodCall(_))
        {
            let from = local.let_token.span.byte_range().start;
            self.0.push(from..init.eq_token.span.byte_range().end);
        }
        visit::visit_local(self, local);
    }
}

#[cfg(test)]
mod tests {
    use super::blanked;

    #[test]
    fn a_call_that_is_discarded_becomes_a_statement_in_its_place() {
        assert_eq!(
            blanked("fn f() {\n    let _ = g(1);\n    let _ =\n x.h();\n}"),
            "fn f() {\n            g(1);\n           \n x.h();\n}"
        );
    }

    #[test]
    fn what_is_no_call_or_has_a_name_or_a_type_stays() {
        for kept in [
            "let _ = g().await;",
            "let _ = g()?;",
            "let _g = g();",
            "let _: T = g();",
            "let _ = x;",
            "let _ = { g() };",
        ] {
            let text = format!("async fn f() {{ {kept} }}");
            assert_eq!(blanked(&text), text);
        }
    }

    #[test]
    fn what_does_not_parse_or_begins_with_a_mark_is_left_alone_or_read_right() {
        assert_eq!(blanked("let _ = g();"), "let _ = g();");
        let marked = blanked("\u{feff}fn f() { let _ = g(); }");
        assert!(
            marked.contains("let _ = g();") || marked.contains("        g();"),
            "{marked}"
        );
    }

    #[test]
    fn text_before_it_may_have_letters_of_several_bytes() {
        let text = "fn f() { /* größer */ let _ = g(\"ü\"); }";
        assert_eq!(blanked(text), "fn f() { /* größer */         g(\"ü\"); }");
    }
}
