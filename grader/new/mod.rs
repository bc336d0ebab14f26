//! `grade new`: the three folders of an exercise that works, but for three places that only its author can fill.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::front_page;
use crate::interrupt;
use crate::kit::{self, SUBMISSION_CRATES};

/// What stands at a place that is to be filled.
pub const MARK: &str = "FILL IN ";
/// How long an id may be: it is the name of folders.
const LONGEST_ID: usize = 64;
/// Crates that a submission cannot be.
const TAKEN: [&str; 10] = [
    "std", "core", "alloc", "test", "kit", "lab", "judge", "contract", "driver", "handed",
];

/// A file of an exercise, with what is put into it.
struct Template {
    path: &'static str,
    text: &'static str,
}

macro_rules! templates {
    ($($path:literal: $file:literal),* $(,)?) => {
        [$(Template { path: $path, text: include_str!(concat!("template/", $file)) }),*]
    };
}

const TEMPLATES: [Template; 16] = templates! {
    "exercises/{ID}/README.md": "README.md",
    "exercises/{ID}/Cargo.toml": "Cargo.toml.txt",
    "exercises/{ID}/src/lib.rs": "starter.rs",
    "exercises/{ID}/tests/first.rs": "first.rs",
    "solutions/{ID}/Cargo.toml": "Cargo.toml.txt",
    "solutions/{ID}/src/lib.rs": "reference.rs",
    "tests/{ID}/exercise.toml": "exercise.toml",
    "tests/{ID}/contract.rs": "contract.rs",
    "tests/{ID}/driver.rs": "driver.rs",
    "tests/{ID}/judge.rs": "judge.rs",
    "tests/{ID}/variants/tasks.rs": "tasks.rs",
    "tests/{ID}/variants/joined.rs": "joined.rs",
    "tests/{ID}/mistakes/one_after_the_other.rs": "one_after_the_other.rs",
    "tests/{ID}/mistakes/as_they_come.rs": "as_they_come.rs",
    "tests/{ID}/snapshots/answers_are_in_the_order_of_the_jobs.snap": "unseen.snap",
    "tests/{ID}/snapshots/it_takes_as_long_as_the_longer_job.snap": "unseen.snap",
};

/// For editors, in a checkout of `grade` alone: there the tests of exercises are packages.
const PACKAGE: Template = Template {
    path: "tests/{ID}/Cargo.toml",
    text: include_str!("template/tests-Cargo.toml.txt"),
};

/// What an author says of an exercise.
#[derive(Debug)]
pub struct Named<'a> {
    pub id: &'a str,
    /// Made of the id if nothing is said.
    pub title: Option<&'a str>,
    /// The section of the lesson.
    pub lesson: &'a str,
}

/// Writes an exercise into the course at `root`; answers what to say. Whole or not at all.
///
/// # Errors
/// When the id cannot be one or is taken, or something cannot be written.
pub fn write(root: &Path, named: &Named<'_>) -> Result<String> {
    let krate = krate(named.id)?;
    let title = named.title.map_or_else(|| title(&krate), str::to_owned);
    for (what, text) in [("title", title.as_str()), ("lesson", named.lesson)] {
        if text.trim().is_empty() || text.contains(char::is_control) {
            return Err(Error::usage(format!("a {what} is one line of text")));
        }
    }
    let parts = ["exercises", "solutions", "tests"].map(|part| root.join(part).join(named.id));
    if let Some(taken) = parts.iter().find(|part| part.symlink_metadata().is_ok()) {
        return Err(Error::usage(format!(
            "{} is there already; nothing was written",
            taken.display()
        ))
        .hint("name another exercise"));
    }
    let fill = |text: &str| {
        let quoted = |text: &str| toml::Value::from(text).to_string();
        text.replace("{ID}", named.id)
            .replace("{CRATE}", &krate)
            .replace("{TOKIO}", &kit::tokio_version())
            .replace("{TITLE_TOML}", &quoted(&title))
            .replace("{LESSON_TOML}", &quoted(named.lesson))
            .replace("{TITLE}", &title)
    };
    let is_checkout = root.join("grader/lab/judge/Cargo.toml").is_file();
    let package = is_checkout.then_some(&PACKAGE);
    let files = TEMPLATES.iter().chain(package);
    let files: Vec<_> = files
        .map(|file| (PathBuf::from(fill(file.path)), fill(file.text)))
        .collect();
    put(root, named.id, &files)?;
    front_page::add(root, named.id, &title, named.lesson)?;
    Ok(said(root, named.id, &title, &files))
}

/// Writes beside the course's folders, then moves each part to its place.
fn put(root: &Path, id: &str, files: &[(PathBuf, String)]) -> Result<()> {
    fs::create_dir_all(root).map_err(|e| Error::io("make", root, &e))?;
    let signals = interrupt::hold_back();
    let whole = tempfile::Builder::new()
        .prefix(".grade-new-")
        .tempdir_in(root)
        .map_err(|e| Error::io("write to", root, &e))?;
    let _removed = signals.remove(whole.path());
    for (path, text) in files {
        let path = whole.path().join(path);
        let folder = path.parent().unwrap_or(root);
        fs::create_dir_all(folder).map_err(|e| Error::io("make", folder, &e))?;
        fs::write(&path, text).map_err(|e| Error::io("write", &path, &e))?;
    }
    let mut moved = Vec::new();
    for part in ["exercises", "solutions", "tests"] {
        let to = root.join(part).join(id);
        let made = fs::create_dir_all(root.join(part));
        if let Err(error) = made.and_then(|()| fs::rename(whole.path().join(part).join(id), &to)) {
            for to in &moved {
                let _ = fs::remove_dir_all(to);
            }
            return Err(Error::io("write", &to, &error));
        }
        moved.push(to);
    }
    Ok(())
}

fn said(root: &Path, id: &str, title: &str, files: &[(PathBuf, String)]) -> String {
    let mut out = format!("{id} · {title} is in exercises/{id}, solutions/{id} and tests/{id}\n");
    let mut marks: Vec<_> = files
        .iter()
        .flat_map(|(path, text)| {
            let lines = text.lines().enumerate();
            let marked = lines.filter_map(|(at, line)| Some((line.split_once(MARK)?.1, at + 1)));
            marked.map(move |(mark, line)| (mark.to_owned(), path.clone(), line))
        })
        .collect();
    marks.sort();
    for (mark, path, line) in marks {
        let mark = mark.trim_end_matches([')', '"', ';']);
        let _ = writeln!(out, "  fill in  {}:{line}  {mark}", path.display());
    }
    let course = match root {
        root if root == Path::new(".") => " --course .".to_owned(),
        root => format!(" --course {}", root.display()),
    };
    let _ = writeln!(out, "  then     grade verify {id}{course}");
    out
}

/// The crate that a submission is: `wait_for` of `06a-wait-for`, whose first part is its place in the lesson.
fn krate(id: &str) -> Result<String> {
    let wrong = |why: &str| {
        Err(Error::usage(format!("`{id}` is no id of an exercise: {why}"))
            .hint("an id is small letters, digits and single dashes, such as 06a-wait-for or exercise-3"))
    };
    let is_part = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    if id.len() > LONGEST_ID {
        return wrong("it is longer than 64 characters");
    }
    if !id.split('-').all(is_part) {
        return wrong("it has something else in it");
    }
    let own = match id.split_once('-') {
        Some((place, rest)) if place.starts_with(|c: char| c.is_ascii_digit()) => rest,
        _ => id,
    };
    let krate = own.replace('-', "_");
    if krate.starts_with(|c: char| c.is_ascii_digit())
        || syn::parse_str::<syn::Ident>(&krate).is_err()
    {
        return wrong(&format!("no crate can have the name `{krate}`"));
    }
    if TAKEN
        .iter()
        .chain(&SUBMISSION_CRATES)
        .any(|taken| *taken == krate)
    {
        return wrong(&format!("there is a crate `{krate}` already"));
    }
    Ok(krate)
}

/// `Wait for` of `wait_for`.
fn title(krate: &str) -> String {
    let words = krate.replace('_', " ");
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_gives_its_crate_and_title() {
        for (id, name, told) in [
            ("06a-wait-for", "wait_for", "Wait for"),
            ("exercise-3", "exercise_3", "Exercise 3"),
            ("pair", "pair", "Pair"),
            ("13-x2", "x2", "X2"),
        ] {
            let krate = krate(id).unwrap();
            assert_eq!((krate.as_str(), title(&krate).as_str()), (name, told));
        }
    }

    #[test]
    fn what_can_be_no_id_is_refused() {
        let long = "a".repeat(65);
        for id in [
            "",
            "-",
            "a-",
            "-a",
            "a--b",
            "A",
            "a_b",
            "ä",
            "../a",
            "a/b",
            "7",
            "06a-7",
            "06a-tokio",
            "async",
            "std",
            "01-lab",
            &long,
        ] {
            let said = krate(id).unwrap_err().to_string();
            assert!(said.contains("is no id of an exercise"), "{id}: {said}");
        }
    }

    #[test]
    fn three_places_are_marked() {
        let root = tempfile::tempdir().unwrap();
        let named = Named {
            id: "13-pair",
            title: None,
            lesson: "§13",
        };
        let said = write(root.path(), &named).unwrap();
        for place in [
            "  fill in  solutions/13-pair/src/lib.rs:12  1 of 3: the reference answer",
            "  fill in  tests/13-pair/judge.rs:37  2 of 3: what must be true",
            "  fill in  tests/13-pair/mistakes/one_after_the_other.rs:14  3 of 3: a wrong answer",
        ] {
            assert!(said.contains(place), "{said}");
        }
        assert_eq!(said.matches("fill in").count(), 3, "{said}");
        let again = write(root.path(), &named).unwrap_err().to_string();
        assert!(
            again.contains("is there already; nothing was written"),
            "{again}"
        );
    }

    #[test]
    fn a_title_of_any_characters_is_text_in_every_file() {
        let root = tempfile::tempdir().unwrap();
        let named = Named {
            id: "quoted",
            title: Some("\"A\" \\ {CRATE} 'B'"),
            lesson: "§1 \"x\"",
        };
        write(root.path(), &named).unwrap();
        let settings = fs::read_to_string(root.path().join("tests/quoted/exercise.toml")).unwrap();
        let settings: toml::Table = settings.parse().unwrap();
        assert_eq!(settings["lesson"].as_str(), Some("§1 \"x\""));
        assert_eq!(settings["title"].as_str(), named.title);
        for title in ["", " ", "a\nb", "\u{1b}[2J"] {
            let named = Named {
                id: "other",
                title: Some(title),
                lesson: "§1",
            };
            assert!(write(root.path(), &named).is_err(), "{title:?}");
        }
        assert!(!root.path().join("tests/other").exists());
    }
}
