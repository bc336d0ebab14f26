//! `grade help TOPIC`: what no single command's help has.

use std::fmt::Write as _;

use crate::config::VARIABLES;
use crate::exit_code::ExitCode;
use crate::licences;

/// Something to read about.
#[derive(Debug, Clone, Copy)]
pub struct Topic {
    pub name: &'static str,
    pub about: &'static str,
    text: fn() -> String,
}

/// All of them, in the order in which they are listed.
pub const TOPICS: [Topic; 4] = [
    Topic {
        name: "exit-codes",
        about: "How `grade` ends, for scripts",
        text: exit_codes,
    },
    Topic {
        name: "environment",
        about: "The variables that it reads",
        text: environment,
    },
    Topic {
        name: "grade.toml",
        about: "What an instructor can say of a course",
        text: settings,
    },
    Topic {
        name: "licences",
        about: "What it has in it of others, and under which licences",
        text: licences::text,
    },
];

impl Topic {
    pub fn text(&self) -> String {
        (self.text)()
    }
}

/// The topics, a line each.
pub fn list() -> String {
    let mut out = String::from("Topics:\n");
    for topic in TOPICS {
        let _ = writeln!(out, "  {:<12} {}", topic.name, topic.about);
    }
    out.push_str("\n`grade help TOPIC` shows one, `grade help COMMAND` a command's own help\n");
    out
}

fn exit_codes() -> String {
    let mut out = String::new();
    for code in ExitCode::ALL {
        let _ = writeln!(out, "{:>3}  {}", code as u8, code.meaning());
    }
    out.push_str(
        "\n--exit-zero makes 0 of 1 and 3, for platforms that read any other code as a crash. 2, 5 and 130 are\n\
         never the student's doing, and stay. Lateness changes a score, and no code.\n",
    );
    out
}

fn environment() -> String {
    let mut out = String::from(
        "An option of the command line counts before its variable, and that before grade.toml. An empty variable\n\
         says nothing. `grade config` shows what is in force, and variables that look misspelt.\n\n",
    );
    for (name, option) in VARIABLES {
        let _ = writeln!(out, "  {name:<19}  {option}");
    }
    out.push_str(
        "\n  NO_COLOR             no colours on a terminal\n\
         \nGRADE_STUDENT takes several names with commas between them. Formats for platforms read the platform's own\n\
         variables too.\n",
    );
    out
}

fn settings() -> String {
    format!(
        "grade.toml stands in the course's root; --config names another file. Every key may be left out. What is said\n\
         under an exercise counts before what is said at the top. `grade config [ID]` shows what is in force.\n\n{}",
        include_str!("config/example.toml")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_topic_fits_a_terminal_and_names_what_it_is_about() {
        for topic in TOPICS {
            for line in topic.text().lines() {
                // An address is not broken.
                let is_address = line.contains("https://");
                assert!(line.chars().count() <= 110 || is_address, "{line}");
            }
        }
        for (name, _) in VARIABLES {
            assert!(environment().contains(name), "{name}");
        }
    }

    #[test]
    fn every_exit_code_is_told_once() {
        let text = exit_codes();
        for code in [0, 1, 2, 3, 5, 130] {
            let begins = format!("{code:>3}  ");
            assert_eq!(
                text.lines()
                    .filter(|line| line.starts_with(&begins))
                    .count(),
                1,
                "{text}"
            );
        }
    }
}
