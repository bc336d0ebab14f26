//! Lines for a terminal: as wide as it is, and in the alphabet that it has.

use unicode_width::UnicodeWidthStr;

use crate::text::in_ascii;

/// How text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Setting {
    /// Columns that are there; without them nothing is broken, so that each line can be searched for.
    pub columns: Option<usize>,
    pub ascii: bool,
}

/// A report as it is written.
#[derive(Debug)]
pub struct Page {
    setting: Setting,
    text: String,
}

impl Page {
    pub fn new(setting: Setting) -> Self {
        let text = String::new();
        Self { setting, text }
    }

    pub fn columns(&self) -> Option<usize> {
        self.setting.columns
    }

    /// A line, which goes on `hang` columns from the left where it is too long. A word is never broken.
    pub fn line(&mut self, hang: usize, line: &str) {
        let line = self.shown(line);
        let Some(columns) = self.setting.columns else {
            return self.push(&line);
        };
        let (mut out, mut column, mut spaces) = (String::new(), 0, 0);
        for (at, word) in line.split(' ').enumerate() {
            spaces += usize::from(at > 0);
            if word.is_empty() {
                continue;
            }
            let width = width(word);
            if column > hang && column + spaces + width > columns {
                out.push('\n');
                (column, spaces) = (0, hang);
            }
            out.push_str(&" ".repeat(spaces));
            out.push_str(word);
            column += spaces + width;
            spaces = 0;
        }
        self.push(&out);
    }

    /// A line that is a drawing, or is there to be copied.
    pub fn as_is(&mut self, line: &str) {
        let line = self.shown(line);
        self.push(&line);
    }

    pub fn into_text(self) -> String {
        self.text
    }

    fn shown(&self, line: &str) -> String {
        if self.setting.ascii {
            in_ascii(line)
        } else {
            line.to_owned()
        }
    }

    fn push(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }
}

/// Columns that it takes, escapes for colours left out.
fn width(word: &str) -> usize {
    anstream::adapter::strip_str(word).to_string().width()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(columns: Option<usize>, hang: usize, line: &str) -> String {
        let ascii = false;
        let mut page = Page::new(Setting { columns, ascii });
        page.line(hang, line);
        page.into_text()
    }

    #[test]
    fn a_line_goes_on_below_its_text() {
        let line = "      hint      one two three";
        assert_eq!(
            set(Some(24), 16, line),
            "      hint      one two\n                three\n"
        );
        assert_eq!(set(None, 16, line), format!("{line}\n"));
    }

    #[test]
    fn colours_take_no_columns_and_no_word_is_broken() {
        let line = "\u{1b}[1mone\u{1b}[0m two";
        assert_eq!(set(Some(7), 2, line), format!("{line}\n"));
        assert_eq!(
            set(Some(4), 2, "a/path/that/is/long x"),
            "a/path/that/is/long\n  x\n"
        );
    }
}
