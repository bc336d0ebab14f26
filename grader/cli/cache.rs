//! `grade cache`.

use std::fmt::Write as _;

use clap::{Args, ColorChoice, Subcommand, ValueEnum};
use indicatif::HumanBytes;
use serde_json::{Value, json};

use super::print;
use crate::cache::{Cache, Contents, Kind};
use crate::error::Result;
use crate::exit_code::ExitCode;

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Asked {
    #[command(subcommand)]
    command: Option<Command>,
    /// How to print it.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Remove what is built anew when it is needed; what a run uses now stays.
    Clear(Clear),
}

#[derive(Debug, Args)]
struct Clear {
    /// Remove also what is remembered: which exercises were solved, and which rustc is meant.
    #[arg(long)]
    all: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a person: a kind a line.
    Text,
    /// For programs: one object, with every entry.
    Json,
}

/// The kinds in their order, with what they are called.
const KINDS: [(Kind, &str, &str); 7] = [
    (
        Kind::Kit,
        "kit",
        "the crates that a submission may use, built",
    ),
    (
        Kind::Course,
        "course",
        "the exercises that `grade` came with",
    ),
    (Kind::Exercise, "exercise", "drivers and judges, built"),
    (
        Kind::Reference,
        "reference",
        "what reference answers did, for timelines",
    ),
    (
        Kind::Results,
        "results",
        "what came of submissions, for `grade list`",
    ),
    (Kind::Toolchain, "toolchain", "which rustc is meant"),
    (
        Kind::Unfinished,
        "unfinished",
        "being built, or left by a run that was killed",
    ),
];

/// Shows what is cached, or clears it.
///
/// # Errors
/// When the cache cannot be used.
pub fn cache(asked: &Asked) -> Result<ExitCode> {
    let cache = Cache::open()?;
    let text = match (&asked.command, asked.format) {
        (Some(Command::Clear(clear)), _) => {
            let cleared = cache.clear(clear.all);
            let freed = Contents {
                pieces: cleared.taken,
            };
            let mut said = format!("freed {}\n", sized(freed.bytes()));
            if !cleared.left.is_empty() {
                let names: Vec<_> = cleared
                    .left
                    .iter()
                    .map(|piece| piece.name.as_str())
                    .collect();
                let _ = writeln!(said, "left, since a run uses it: {}", names.join(", "));
            }
            said
        }
        (None, Format::Text) => text(&cache, &cache.contents()),
        (None, Format::Json) => format!("{:#}\n", json(&cache, &cache.contents())),
    };
    print(&text, ColorChoice::Never)?;
    Ok(ExitCode::Passed)
}

/// `118.00 MiB (123731968 bytes)`.
fn sized(bytes: u64) -> String {
    format!("{} ({bytes} bytes)", HumanBytes(bytes))
}

fn text(cache: &Cache, contents: &Contents) -> String {
    let mut out = format!("{}\n", cache.root().display());
    for (kind, name, what) in KINDS {
        let pieces: Vec<_> = contents
            .pieces
            .iter()
            .filter(|piece| piece.kind == kind)
            .collect();
        if pieces.is_empty() {
            continue;
        }
        let bytes = pieces.iter().map(|piece| piece.bytes).sum();
        let used = pieces.iter().filter(|piece| piece.in_use).count();
        let used = if used > 0 {
            format!(", {used} in use")
        } else {
            String::new()
        };
        let _ = writeln!(
            out,
            "  {name:<10}  {:>3}  {:<32}  {what}{used}",
            pieces.len(),
            sized(bytes)
        );
    }
    let _ = writeln!(
        out,
        "  {:<10}  {:>3}  {}",
        "all",
        contents.pieces.len(),
        sized(contents.bytes())
    );
    out.push_str("\nwhat nobody uses for 30 days goes by itself; `grade cache clear` removes what can be built anew\n");
    out
}

fn json(cache: &Cache, contents: &Contents) -> Value {
    let name_of = |kind| {
        KINDS
            .iter()
            .find(|(other, ..)| *other == kind)
            .map(|(_, name, _)| *name)
    };
    let pieces = contents.pieces.iter().map(|piece| {
        json!({
            "kind": name_of(piece.kind),
            "name": piece.name,
            "bytes": piece.bytes,
            "in_use": piece.in_use,
        })
    });
    json!({
        "schema": "grade.cache/1",
        "folder": cache.root(),
        "bytes": contents.bytes(),
        "entries": pieces.collect::<Vec<_>>(),
    })
}
