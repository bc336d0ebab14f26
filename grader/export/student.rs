//! What students are given: starters, handed crates, what is told of the checks, and nothing else.

use std::fmt::Write as _;
use std::path::Path;

use super::{Order, place};
use crate::course::Exercise;
use crate::disclosure::Disclosure;
use crate::error::Result;
use crate::start;

/// Writes it.
///
/// # Errors
/// When something cannot be built or written.
pub fn write(order: &Order<'_>, folder: &Path) -> Result<()> {
    let mut readme = String::from("# Exercises\n\n");
    for exercise in order.exercises {
        let to = folder.join(&exercise.id);
        place::copy(&exercise.starter, &to, &start::NOT_THE_AUTHORS)?;
        place::text(&to.join("CHECKS.md"), &checks(order, exercise)?)?;
        let (id, title) = (&exercise.id, &exercise.settings.title);
        let _ = writeln!(readme, "- [{id} · {title}]({id}/README.md)");
    }
    readme.push_str(
        "\nEach folder builds by itself: `cargo test` in it runs what is in its `tests/`.\n\
         `grade ID` grades it, where `grade` is installed. `CHECKS.md` says what is checked.\n",
    );
    place::text(&folder.join("README.md"), &readme)
}

/// The checks of an exercise that are disclosed; of the others, how many there are and what they are worth.
fn checks(order: &Order<'_>, exercise: &Exercise) -> Result<String> {
    let mut facts = order.bench.prebuild(exercise)?.facts;
    if let Some(points) = order.worth.get(&exercise.id) {
        facts.worth(*points)?;
    }
    let told = exercise.disclosures();
    let mut out = format!("# What is checked in {}\n\n", exercise.settings.title);
    out.push_str("| check | points | alone |\n| --- | ---: | --- |\n");
    let (mut hidden, mut points) = (0, 0);
    for check in &facts.checks {
        if told.of(&check.name) != Disclosure::Everything {
            hidden += 1;
            points += check.points;
            continue;
        }
        let title = check.title.replace('|', "\\|");
        let (id, name) = (&exercise.id, &check.name);
        let _ = writeln!(
            out,
            "| {title} | {} | `grade {id} --check {name}` |",
            check.points
        );
    }
    if hidden > 0 {
        let _ = writeln!(
            out,
            "\n{hidden} more, worth {points} points, are told of when they are graded."
        );
    }
    Ok(out)
}
