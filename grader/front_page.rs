//! A course's front page, `exercises/README.md`: its table of exercises has a row for each.

use std::fs;
use std::io;
use std::path::Path;

use crate::error::{Error, Result};

/// Adds a row for an exercise, at the end of the table whose first column is headed `exercise`; where there is no such
/// table there is nothing to do.
///
/// # Errors
/// When the page cannot be read or written.
pub fn add(root: &Path, id: &str, title: &str, lesson: &str) -> Result<()> {
    let path = root.join("exercises/README.md");
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Error::io("read", &path, &error)),
    };
    let Some(text) = with_row(&text, id, title, lesson) else {
        return Ok(());
    };
    fs::write(&path, text).map_err(|e| Error::io("write", &path, &e))
}

fn with_row(text: &str, id: &str, title: &str, lesson: &str) -> Option<String> {
    let escaped = |text: &str| text.replace('|', "\\|");
    let row = format!(
        "| [{id}]({id}/README.md) | {} | {} |",
        escaped(lesson),
        escaped(title)
    );
    let lines: Vec<_> = text.lines().collect();
    let head = lines
        .iter()
        .position(|line| line.starts_with("| exercise |"))?;
    let length = lines[head..]
        .iter()
        .take_while(|line| line.starts_with('|'))
        .count();
    let (before, after) = lines.split_at(head + length);
    let mut all = before.to_vec();
    all.push(&row);
    all.extend(after);
    Some(all.join("\n") + "\n")
}

#[cfg(test)]
mod tests {
    use super::with_row;

    #[test]
    fn a_row_stands_at_the_end_of_the_table_of_exercises() {
        let page = "# Course\n\n| a | b |\n| - | - |\n\n| exercise | the lesson |\n| --- | --- |\n| [x](x/README.md) | §1 |\n\nText\n";
        let row = "| [y](y/README.md) | §2 | Yes \\| no |\n";
        let expected = page.replace("\n\nText", &format!("\n{row}\nText"));
        assert_eq!(with_row(page, "y", "Yes | no", "§2"), Some(expected));
        assert_eq!(with_row("# Course\n", "y", "Yes", "§2"), None);
    }
}
