//! An exercise's own hand between adapter and submission: `tests/ID/glue.rs`, for what a contract cannot carry, such
//! as an object that is lent to a closure.
//!
//! It has everything that the contract asks for, under the same names, and calls the submission; the adapter calls it
//! in the submission's place. What in it does not compile does not fit the submission.

/// An adapter whose calls go through the glue, and the first line of that, counted from 1.
pub fn joined(adapter: &str, krate: &str, glue: &str) -> (String, u32) {
    let through = through(adapter, &format!("::{krate}::"));
    let through = through.trim_end();
    let line = u32::try_from(through.lines().count() + 1).expect("an adapter has fewer lines");
    (format!("{through}\nmod glue {{\n{glue}\n}}\n"), line)
}

/// The adapter with the submission's own paths, which begin with `root`, leading to the glue.
fn through(adapter: &str, root: &str) -> String {
    let mut parts = adapter.split(root);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let goes_on = text.ends_with(|before: char| before.is_alphanumeric() || before == '_');
        text.push_str(if goes_on { root } else { "crate::glue::" });
        text.push_str(part);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn the_submissions_paths_lead_to_the_glue_and_others_stay() {
        let adapter =
            "mod their {\npub type R = ::lent::R;\n}\nfn f() { ::lent::f(a::lent::b()) }\n";
        let (text, line) = joined(adapter, "lent", "pub use lent::R;");
        assert!(text.contains("pub type R = crate::glue::R;"));
        assert!(text.contains("{ crate::glue::f(a::lent::b()) }"));
        let glue = text.lines().nth(line as usize - 1);
        assert_eq!(glue, Some("mod glue {"));
    }
}
