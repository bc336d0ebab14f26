//! What the command line says of timelines and traces.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::course::Exercise;
use crate::error::{Error, Result};
use crate::grade::Graded;
use crate::perfetto;
use crate::pictures::Wanted;
use crate::plan::Plan;
use crate::stored::{self, Stored};
use crate::timeline::render::{Look, terminal};
use crate::timeline::{Picture, instant};

#[derive(Debug, Args)]
pub struct Timeline {
    /// Draw what each task did, and when: in this check, or in what failed, else in all.
    #[arg(long, value_name = "CHECK", num_args = 0..=1)]
    timeline: Option<Vec<String>>,
    /// Tell what each task did and waited for at this virtual time, such as 100ms or 2s.
    #[arg(long, value_name = "TIME", requires = "timeline", value_parser = milliseconds)]
    at: Option<u64>,
    /// Print ASCII characters only.
    #[arg(long)]
    ascii: bool,
    /// Write the traces that the verdict rests on into this file.
    #[arg(long, value_name = "FILE")]
    trace: Option<PathBuf>,
    /// As what to write them.
    #[arg(long, value_name = "FORMAT", value_enum, requires = "trace", default_value_t = TraceFormat::Lines)]
    trace_format: TraceFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TraceFormat {
    /// JSON, one event a line, which `grade judge` reads.
    Lines,
    /// For ui.perfetto.dev and other viewers of Chrome's traces.
    Perfetto,
}

impl Timeline {
    /// Whether timelines are asked for instead of a report.
    pub fn is_asked_for(&self) -> bool {
        self.timeline.is_some()
    }

    pub fn wanted(&self) -> Wanted {
        if self.is_asked_for() {
            Wanted::All
        } else {
            Wanted::WhereItExplains
        }
    }

    /// Puts what is asked for into a plan.
    ///
    /// # Errors
    /// When it does not fit what else is asked for.
    pub fn plan(&self, plan: &mut Plan) -> Result<()> {
        if let Some(check) = self.timeline.as_ref().and_then(|named| named.first()) {
            if plan.check.as_ref().is_some_and(|other| other != check) {
                return Err(Error::usage("--timeline and --check name two checks"));
            }
            plan.check = Some(check.clone());
        }
        if self.at.is_some() && plan.check.is_none() {
            return Err(Error::usage("--at is about one check")
                .hint("name it: `--timeline CHECK --at 100ms`"));
        }
        plan.look_at_ms = self.at;
        Ok(())
    }

    /// The timelines, or the instant that is asked for, and what is said of checks that have none.
    pub fn render(&self, graded: &Graded, pictures: &[Picture], undrawn: &[String]) -> String {
        if let (Some(at_ms), Some(trace)) = (self.at, &graded.looked_at) {
            return instant::render(trace, at_ms);
        }
        let checks = &graded.verdict.checks;
        let drawn = pictures.iter().map(|picture| {
            let check = checks.iter().find(|check| check.name == picture.check);
            let title = check.map_or("", |check| check.title.as_str());
            format!("{title}\n\n{}", terminal(picture, self.look(0, 24)))
        });
        drawn
            .chain(undrawn.iter().cloned())
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// How pictures are drawn, `indent` columns from the left, with so many lines for each drive.
    pub fn look(&self, indent: usize, rows: usize) -> Look {
        Look {
            width: columns().unwrap_or(80).saturating_sub(indent),
            ascii: self.ascii,
            rows,
        }
    }

    /// Opens the file for the traces, before the long work.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn open_trace(&self) -> Result<Option<BufWriter<File>>> {
        let Some(path) = &self.trace else {
            return Ok(None);
        };
        let file = File::create(path)
            .map_err(|e| Error::usage(format!("failed to write {}: {e}", path.display())))?;
        Ok(Some(BufWriter::new(file)))
    }

    /// Writes the traces.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn write_trace(
        &self,
        file: Option<BufWriter<File>>,
        exercise: &Exercise,
        graded: &Graded,
    ) -> Result<()> {
        let (Some(mut file), Some(path)) = (file, &self.trace) else {
            return Ok(());
        };
        let written = match self.trace_format {
            TraceFormat::Lines => stored::write(&mut file, &Stored::of(exercise, graded)?),
            TraceFormat::Perfetto => {
                let traces: Vec<_> = graded.traces.iter().collect();
                let text = perfetto::render(&traces);
                file.write_all(text.as_bytes()).and_then(|()| file.flush())
            }
        };
        written.map_err(|e| Error::io("write", path, &e))
    }
}

/// Columns of the terminal that standard output is, if it is one that says so.
pub fn columns() -> Option<usize> {
    const WIDEST: usize = 200;
    let size = rustix::termios::tcgetwinsize(std::io::stdout()).ok()?;
    let columns = usize::from(size.ws_col);
    (columns > 0).then(|| columns.min(WIDEST))
}

/// `100ms`, `2s`, `1.5s`, `2min`, `1h`, `100` (ms).
fn milliseconds(text: &str) -> Result<u64, String> {
    let wrong = || format!("`{text}` is no time; 100ms, 1.5s, 2min and 1h are");
    let digits = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let factor: u64 = match unit {
        "" | "ms" => 1,
        "s" => 1_000,
        "min" => 60_000,
        "h" => 3_600_000,
        _ => return Err(wrong()),
    };
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    let whole: u64 = whole.parse().map_err(|_| wrong())?;
    // Three decimals of a second are what there is.
    let scale = 10_u64
        .checked_pow(u32::try_from(part.len()).unwrap_or(u32::MAX))
        .ok_or_else(wrong)?;
    let part: u64 = part.parse().map_err(|_| wrong())?;
    let part = part.checked_mul(factor).ok_or_else(wrong)?;
    if part % scale != 0 {
        return Err(format!("`{text}` is no whole number of milliseconds"));
    }
    let whole = whole.checked_mul(factor).ok_or_else(wrong)?;
    whole.checked_add(part / scale).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::milliseconds;

    #[test]
    fn a_time_is_read_as_it_is_written_in_reports() {
        for (text, ms) in [
            ("100ms", 100),
            ("7", 7),
            ("0", 0),
            ("2s", 2_000),
            ("1.5s", 1_500),
            ("0.25min", 15_000),
            ("24h", 86_400_000),
        ] {
            assert_eq!(milliseconds(text), Ok(ms), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "s",
            "-1s",
            "1.5ms",
            "1..5s",
            "2 s",
            "1.0000000000000000000000001s",
            "99999999999999999h",
        ] {
            assert!(milliseconds(text).is_err(), "{text}");
        }
    }
}
