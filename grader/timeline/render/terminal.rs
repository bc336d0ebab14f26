//! The picture as text of one width. Readable without colour: glyphs and words carry it all.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::glyph::{FAINT, Glyph, TROUBLE};
use super::{label, marked, moments, sentences};
use crate::text::in_ascii;
use crate::timeline::axis::{Axis, Scale};
use crate::timeline::fold::{Fold, Line, lines};
use crate::timeline::words::time;
use crate::timeline::{Doing, End, Picture, Row, Timeline};

/// How text is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Columns that are there; at least 40 are taken.
    pub width: usize,
    pub ascii: bool,
    /// Lines that each drive may take.
    pub rows: usize,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            width: 72,
            ascii: false,
            rows: 24,
        }
    }
}

/// Columns that are always taken.
const NARROWEST: usize = 40;
/// Columns of a folded stretch.
const FOLD: usize = 5;
/// What is told in words of a drive's marks, in lines.
const MOST_MARKS: usize = 6;
/// Lines of one sentence.
const MOST_WRAPPED: usize = 3;

const STRONG: Style = Style::new().bold();

/// A line before it is text.
struct Drawn {
    side: &'static str,
    label: String,
    cells: Vec<Glyph>,
}

/// The picture in `look.width` columns, with ANSI colours that the caller may strip.
pub fn terminal(picture: &Picture, look: Look) -> String {
    let look = Look {
        width: look.width.max(NARROWEST),
        ..look
    };
    let axis = Axis::over(&moments(picture));
    let sides: Vec<_> = picture
        .sides()
        .into_iter()
        .map(|(name, timeline)| (name, timeline, lines(&timeline.rows, look.rows)))
        .collect();
    let longest = sides
        .iter()
        .flat_map(|(.., lines)| lines)
        .map(|line| label(line).width());
    let most = (look.width / 3).clamp(12, 40);
    let labels = longest.max().unwrap_or(0).min(most);
    let side = if picture.reference.is_some() {
        "reference".len() + 2
    } else {
        0
    };
    // One column is kept for what marks the end of a bar.
    let bars = look.width.saturating_sub(side + labels + 2).max(10);
    let page = Page {
        look,
        side,
        labels,
        bars,
        #[expect(clippy::cast_precision_loss, reason = "columns are few")]
        scale: axis.scale(bars as f64, FOLD as f64),
    };
    let mut out = Vec::new();
    let mut used = BTreeSet::new();
    for (name, timeline, lines) in &sides {
        page.drive(
            &mut out,
            name.unwrap_or_default(),
            timeline,
            lines,
            &mut used,
        );
    }
    out.push(page.axis());
    if let Some(parting) = &picture.parting {
        out.push(page.caret(parting.at_ms));
    }
    out.extend(
        sentences(picture)
            .into_iter()
            .flat_map(|text| page.sentence(&text)),
    );
    for (name, timeline, _) in &sides {
        let told = marked(*name, timeline, MOST_MARKS);
        out.extend(told.into_iter().flat_map(|text| page.sentence(&text)));
    }
    out.extend(page.idle());
    out.extend(page.legend(&used));
    let mut text = out.join("\n");
    text.push('\n');
    text
}

/// How the columns are shared out.
struct Page {
    look: Look,
    side: usize,
    labels: usize,
    bars: usize,
    scale: Scale,
}

impl Page {
    fn drive(
        &self,
        out: &mut Vec<String>,
        side: &'static str,
        timeline: &Timeline,
        lines: &[Line<'_>],
        used: &mut BTreeSet<Glyph>,
    ) {
        let mut side = side;
        let mut drawn = Vec::new();
        for line in lines {
            let cells = match line {
                Line::One(row) => self.bar(row),
                Line::Many(fold) => self.levels(fold),
                Line::More(_) => Vec::new(),
            };
            used.extend(cells.iter().copied());
            drawn.push(self.text(&Drawn {
                side: std::mem::take(&mut side),
                label: label(line),
                cells,
            }));
            if let Line::Many(fold) = line {
                drawn.extend(self.wrapped(&fold.told(), self.before()));
            }
        }
        if timeline.rows.is_empty() {
            drawn.push(format!("{side:<width$}nothing", width = self.side));
        }
        out.append(&mut drawn);
    }

    /// How many columns come before the bars.
    fn before(&self) -> usize {
        self.side + self.labels + 1
    }

    fn column(&self, ms: u64) -> usize {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place within the bars"
        )]
        let column = self.scale.at(ms).round() as usize;
        column.min(self.bars)
    }

    fn bar(&self, row: &Row) -> Vec<Glyph> {
        let mut cells = vec![Glyph::Nothing; self.bars + 1];
        let (first, last) = (self.column(row.from_ms()), self.column(row.to_ms()));
        for stretch in &row.stretches {
            let (from, to) = (self.column(stretch.from_ms), self.column(stretch.to_ms));
            let glyph = match stretch.what {
                Doing::Waits => Glyph::Waits,
                Doing::Works => Glyph::Works,
                Doing::Holds => Glyph::Holds,
            };
            if from == to {
                if cells[from.min(self.bars)] == Glyph::Nothing {
                    cells[from.min(self.bars)] = Glyph::Instant;
                }
                continue;
            }
            cells[from..to].fill(glyph);
            if glyph == Glyph::Waits && from == first {
                cells[from] = Glyph::Begins;
            }
            if glyph == Glyph::Waits && to == last && to > from + 1 && row.end != End::Open {
                cells[to - 1] = Glyph::Ends;
            }
        }
        for (_, from, to) in self.scale.idle() {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a place within the bars"
            )]
            let (from, to) = (from.round() as usize, to.round() as usize);
            let inside = first.max(from)..last.min(to);
            if !inside.is_empty() {
                cells[inside].fill(Glyph::Idle);
            }
        }
        for mark in &row.marks {
            let cell = &mut cells[self.column(mark.at_ms)];
            *cell = (*cell).max(Glyph::of_mark(mark.what));
        }
        if let Some(end) = Glyph::of_end(row.end) {
            cells[last] = cells[last].max(end);
        }
        cells
    }

    fn levels(&self, fold: &Fold<'_>) -> Vec<Glyph> {
        let most = fold.most().max(1);
        let mut cells = vec![Glyph::Nothing; self.bars + 1];
        for (column, cell) in cells.iter_mut().enumerate().take(self.bars) {
            #[expect(clippy::cast_precision_loss, reason = "columns are few")]
            let (from, to) = (column as f64, column as f64 + 1.0);
            let from_ms = self.scale.ms_at(from);
            let level = fold.most_within(from_ms, self.scale.ms_at(to).max(from_ms + 1));
            if level > 0 {
                *cell = Glyph::Level((level * 8).div_ceil(most));
            }
        }
        cells
    }

    fn text(&self, drawn: &Drawn) -> String {
        let dots = if self.look.ascii { ".." } else { "…" };
        let label = cut_middle(&self.shown(&drawn.label), self.labels, dots);
        let pad = " ".repeat(self.labels.saturating_sub(label.width()) + 1);
        let side = drawn.side;
        let mut text = if self.side > 0 {
            format!(
                "{STRONG}{side}{STRONG:#}{:width$}{label}{pad}",
                "",
                width = self.side - side.len()
            )
        } else {
            format!("{label}{pad}")
        };
        let end = drawn.cells.iter().rposition(|cell| *cell != Glyph::Nothing);
        let cells = &drawn.cells[..end.map_or(0, |end| end + 1)];
        for same in cells.chunk_by(|a, b| a.style() == b.style()) {
            let style = same[0].style();
            let chars: String = same
                .iter()
                .map(|glyph| glyph.char(self.look.ascii))
                .collect();
            let _ = write!(text, "{style}{chars}{style:#}");
        }
        trimmed(text)
    }

    fn axis(&self) -> String {
        let mut line = vec![' '; self.before()];
        for tick in self.scale.ticks(1.0) {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a place within the bars"
            )]
            let at = self.before() + tick.at.round() as usize;
            let length = tick.label.chars().count();
            let at = at.min((self.before() + self.bars + 1).saturating_sub(length));
            if at < line.len() + usize::from(line.len() > self.before()) {
                continue;
            }
            line.resize(at, ' ');
            line.extend(tick.label.chars());
        }
        format!("{FAINT}{}{FAINT:#}", line.into_iter().collect::<String>())
    }

    fn caret(&self, at_ms: u64) -> String {
        let at = self.before() + self.column(at_ms).min(self.bars);
        format!("{:at$}{TROUBLE}^{TROUBLE:#}", "")
    }

    /// Words below the bars, in a few lines.
    fn sentence(&self, text: &str) -> Vec<String> {
        self.wrapped(text, self.side)
    }

    /// Words in a few lines, set in by so many columns.
    fn wrapped(&self, text: &str, set_in: usize) -> Vec<String> {
        let room = self.look.width - set_in;
        let text = self.shown(text);
        let mut lines = vec![String::new()];
        for word in text.split(' ') {
            let last = lines.last_mut().expect("there is one");
            if last.is_empty() {
                *last += word;
            } else if last.width() + 1 + word.width() <= room {
                last.push(' ');
                *last += word;
            } else {
                lines.push(format!("  {word}"));
            }
        }
        if lines.len() > MOST_WRAPPED {
            lines.truncate(MOST_WRAPPED);
            let last = lines.last_mut().expect("there are some");
            *last += if self.look.ascii { " ..." } else { " …" };
        }
        let lines = lines.into_iter();
        lines
            .map(|line| self.clip(&format!("{:set_in$}{line}", "")))
            .collect()
    }

    fn idle(&self) -> Vec<String> {
        let told = self.scale.idle().flat_map(|(piece, ..)| {
            let glyph = Glyph::Idle.char(self.look.ascii);
            let text = format!(
                "{glyph} nothing happens from {} to {}",
                time(piece.from_ms),
                time(piece.to_ms)
            );
            self.sentence(&text)
        });
        told.collect()
    }

    /// What the glyphs mean that need it, in as many lines as that takes.
    fn legend(&self, used: &BTreeSet<Glyph>) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let is_mixed = used.contains(&Glyph::Waits) && used.contains(&Glyph::Works);
        let calls = is_mixed.then_some((Glyph::Works, Doing::Works.words()));
        let meant = used
            .iter()
            .filter_map(|glyph| Some((*glyph, glyph.words()?)));
        for (glyph, words) in calls.into_iter().chain(meant) {
            let item = format!("{} {words}", glyph.char(self.look.ascii));
            match lines.last_mut() {
                Some(last) if last.width() + item.width() + 3 <= self.look.width => {
                    *last += "   ";
                    *last += &item;
                }
                _ => lines.push(format!("{:side$}{item}", "", side = self.side)),
            }
        }
        lines
            .into_iter()
            .map(|line| format!("{FAINT}{line}{FAINT:#}"))
            .collect()
    }

    /// Text in the alphabet that is asked for.
    fn shown(&self, text: &str) -> String {
        if self.look.ascii {
            in_ascii(text)
        } else {
            text.to_owned()
        }
    }

    fn clip(&self, text: &str) -> String {
        let dots = if self.look.ascii { "..." } else { "…" };
        let text = self.shown(text);
        if text.width() <= self.look.width {
            return text;
        }
        head(&text, self.look.width - dots.width()) + dots
    }
}

/// A line without spaces at its end.
fn trimmed(text: String) -> String {
    let length = text.trim_end().len();
    let mut text = text;
    text.truncate(length);
    text
}

/// Text of at most `most` columns, without its middle if need be: names differ at their ends.
fn cut_middle(text: &str, most: usize, dots: &str) -> String {
    if text.width() <= most {
        return text.to_owned();
    }
    let kept = most.saturating_sub(dots.width());
    let end: String = text.chars().rev().collect();
    let end = head(&end, kept - kept / 3);
    head(text, kept / 3) + dots + &end.chars().rev().collect::<String>()
}

/// The beginning of a text, in at most `most` columns.
fn head(text: &str, most: usize) -> String {
    let mut width = 0;
    let fits = |c: &char| {
        width += c.width().unwrap_or(0);
        width <= most
    };
    text.chars().take_while(fits).collect()
}
