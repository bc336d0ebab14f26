//! The picture as SVG: self-contained, light and dark, with a title and a description for who cannot see it.

use std::fmt::Write as _;

use super::description::{description, of_row};
use super::glyph::Glyph;
use super::{label, marked, moments, sentences};
use crate::timeline::axis::{Axis, Scale};
use crate::timeline::fold::{Fold, Line, lines};
use crate::timeline::words::{instant, time};
use crate::timeline::{Doing, Happening, Mark, Picture, Row, Timeline};

/// Lines that each drive may take.
const ROWS: usize = 40;
/// Of marks' words, for each drive.
const MOST_MARKS: usize = 10;
/// All in pixels: the whole, what a character of a label takes, a line, a bar, a folded stretch.
const WIDTH: f64 = 760.0;
const CHARACTER: f64 = 7.3;
const LINE: f64 = 20.0;
const BAR: f64 = 12.0;
const FOLD: f64 = 44.0;
const MARGIN: f64 = 12.0;
/// Characters of a label at most, and of a line of words.
const LABEL: usize = 34;
const WORDS: usize = 98;

/// Colours that the colour-blind tell apart (Okabe and Ito), on white and on black.
const STYLE: &str = "\
.grade-timeline{color-scheme:light dark;font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.grade-timeline .page{fill:#fff}.grade-timeline text{fill:#1f2328}.grade-timeline .faint{fill:#59636e}
.grade-timeline .side{font-weight:bold}.grade-timeline .works{fill:#0072b2}.grade-timeline .waits{stroke:#59636e;stroke-width:2;fill:none}
.grade-timeline .holds{stroke:#d55e00;fill:none}.grade-timeline .grid{stroke:#d1d9e0}.grade-timeline .idle{fill:#eef1f4}
.grade-timeline .mark{fill:#a04000;font-weight:bold}.grade-timeline .part{stroke:#a04000;stroke-width:1.5;stroke-dasharray:4 3}
@media(prefers-color-scheme:dark){.grade-timeline .page{fill:#0d1117}.grade-timeline text{fill:#f0f6fc}.grade-timeline .faint{fill:#9198a1}
.grade-timeline .works{fill:#56b4e9}.grade-timeline .waits{stroke:#9198a1}.grade-timeline .holds{stroke:#e69f00}
.grade-timeline .grid{stroke:#30363d}.grade-timeline .idle{fill:#1c2128}.grade-timeline .mark{fill:#f0a030}.grade-timeline .part{stroke:#f0a030}}
";

/// The picture as one `<svg>` element, which may stand in a page with others.
pub fn svg(picture: &Picture) -> String {
    let sides: Vec<_> = picture
        .sides()
        .into_iter()
        .map(|(name, timeline)| (name, timeline, lines(&timeline.rows, ROWS)))
        .collect();
    let longest = sides
        .iter()
        .flat_map(|(.., lines)| lines)
        .map(|line| label(line).chars().count());
    let labels = longest.max().unwrap_or(0).min(LABEL);
    #[expect(clippy::cast_precision_loss, reason = "a label is short")]
    let left = MARGIN + labels as f64 * CHARACTER + 10.0;
    let mut page = Page {
        left,
        scale: Axis::over(&moments(picture)).scale(WIDTH - left - MARGIN - 14.0, FOLD),
        y: MARGIN,
        bars: String::new(),
    };
    for (name, timeline, lines) in &sides {
        page.drive(*name, timeline, lines);
    }
    let bottom = page.y;
    let mut words = sentences(picture);
    for (name, timeline, _) in &sides {
        words.extend(marked(*name, timeline, MOST_MARKS));
    }
    let behind = page.behind(
        bottom,
        picture.parting.as_ref().map(|parting| parting.at_ms),
    );
    page.y = bottom + LINE;
    let idle = page.scale.idle().map(|(piece, ..)| {
        format!(
            "folded: nothing happens from {} to {}",
            instant(piece.from_ms),
            time(piece.to_ms)
        )
    });
    words.extend(idle.collect::<Vec<_>>());
    page.words(&words, &legend(&sides));
    frame(picture, &sides, &words, &behind, &page)
}

pub type Side<'a> = (Option<&'static str>, &'a Timeline, Vec<Line<'a>>);

/// The element around the drawing.
fn frame(
    picture: &Picture,
    sides: &[Side<'_>],
    words: &[String],
    behind: &str,
    page: &Page,
) -> String {
    let id = format!("timeline-{}", identifier(&picture.check));
    let title = match picture.reference {
        Some(_) => format!(
            "{}: yours and the reference over virtual time",
            picture.check
        ),
        None => format!("{} over virtual time", picture.check),
    };
    let height = page.y + MARGIN;
    let mut out = String::new();
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"grade-timeline\" role=\"img\" \
         aria-labelledby=\"{id}-title {id}-desc\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\">"
    );
    let _ = writeln!(out, "<title id=\"{id}-title\">{}</title>", escaped(&title));
    let _ = writeln!(
        out,
        "<desc id=\"{id}-desc\">{}</desc>",
        escaped(&description(sides, words))
    );
    let _ = writeln!(out, "<style>{STYLE}</style>");
    let _ = writeln!(
        out,
        "<rect class=\"page\" width=\"{WIDTH}\" height=\"{height}\"/>"
    );
    out += behind;
    out += &page.bars;
    out += "</svg>\n";
    out
}

/// What the marks mean that are in it.
fn legend(sides: &[Side<'_>]) -> String {
    let rows = sides
        .iter()
        .flat_map(|(.., lines)| lines)
        .filter_map(|line| match line {
            Line::One(row) => Some(*row),
            _ => None,
        });
    let mut items = Vec::new();
    let mut add = |item: String| {
        if !items.contains(&item) {
            items.push(item);
        }
    };
    for row in rows {
        for stretch in &row.stretches {
            match stretch.what {
                Doing::Waits => add(format!("─ {}", Doing::Waits.words())),
                Doing::Holds => add(format!("╱╱ {}", Doing::Holds.words())),
                Doing::Works => {}
            }
        }
        for mark in &row.marks {
            add(format!("{} {}", glyph(mark.what), mark.what.words()));
        }
        if let Some(glyph) = ends_with(row) {
            add(format!("{glyph} {}", row.end.words()));
        }
    }
    items.join("   ")
}

fn glyph(what: Happening) -> char {
    Glyph::of_mark(what).char(false)
}

/// What stands at the end of a row, unless a mark says there already what became of it.
fn ends_with(row: &Row) -> Option<char> {
    let tells = |what| {
        matches!(
            what,
            Happening::Panicked | Happening::Stuck | Happening::Left
        )
    };
    let is_told = |mark: &Mark| mark.at_ms == row.to_ms() && tells(mark.what);
    let glyph = Glyph::of_end(row.end).filter(|_| !row.marks.iter().any(is_told));
    glyph.map(|glyph| glyph.char(false))
}

/// What is drawn so far.
struct Page {
    /// Where the bars begin.
    left: f64,
    scale: Scale,
    /// Where the next line begins.
    y: f64,
    bars: String,
}

impl Page {
    fn at(&self, ms: u64) -> f64 {
        self.left + self.scale.at(ms)
    }

    fn drive(&mut self, name: Option<&str>, timeline: &Timeline, lines: &[Line<'_>]) {
        if let Some(name) = name {
            self.text(MARGIN, "side", name);
            self.y += LINE;
        }
        for line in lines {
            let title = match line {
                Line::One(row) => of_row(row),
                Line::Many(fold) => fold.told(),
                Line::More(rows) => format!("{rows} more rows"),
            };
            let _ = writeln!(self.bars, "<g><title>{}</title>", escaped(&title));
            self.text(MARGIN, "name", &shortened(&label(line), LABEL));
            match line {
                Line::One(row) => self.row(row),
                Line::Many(fold) => self.levels(fold),
                Line::More(_) => {}
            }
            self.bars += "</g>\n";
            self.y += LINE;
            if let Line::Many(fold) = line {
                self.text(self.left, "faint", &fold.told());
                self.y += LINE;
            }
        }
        if timeline.rows.is_empty() {
            self.text(MARGIN, "faint", "nothing");
            self.y += LINE;
        }
    }

    fn text(&mut self, x: f64, class: &str, text: &str) {
        let y = self.y + 14.0;
        let text = escaped(text);
        let _ = writeln!(
            self.bars,
            "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" xml:space=\"preserve\">{text}</text>"
        );
    }

    fn row(&mut self, row: &Row) {
        let top = self.y + (LINE - BAR) / 2.0;
        let middle = self.y + LINE / 2.0;
        for stretch in &row.stretches {
            let from = self.at(stretch.from_ms);
            let length = (self.at(stretch.to_ms) - from).max(1.5);
            match stretch.what {
                Doing::Waits => {
                    let to = from + length;
                    let (high, low) = (middle - 4.0, middle + 4.0);
                    let _ = writeln!(
                        self.bars,
                        "<path class=\"waits\" d=\"M{from:.1} {high:.1}V{low:.1}M{from:.1} {middle:.1}H{to:.1}M{to:.1} {high:.1}V{low:.1}\"/>"
                    );
                }
                Doing::Works => {
                    let _ = writeln!(
                        self.bars,
                        "<rect class=\"works\" x=\"{from:.1}\" y=\"{top:.1}\" width=\"{length:.1}\" height=\"{BAR}\"/>"
                    );
                }
                Doing::Holds => self.hatched(from, top, length),
            }
        }
        for mark in &row.marks {
            self.mark(self.at(mark.at_ms), glyph(mark.what));
        }
        if let Some(glyph) = ends_with(row) {
            self.mark(self.at(row.to_ms()), glyph);
        }
    }

    /// A bar of slanting lines, which is told from others without colour.
    fn hatched(&mut self, from: f64, top: f64, length: f64) {
        let mut path = format!("M{from:.1} {top:.1}h{length:.1}v{BAR}h-{length:.1}z");
        let mut at = 0.0;
        while at + 6.0 <= length {
            let _ = write!(path, "M{:.1} {:.1}l6 -{BAR}", from + at, top + BAR);
            at += 6.0;
        }
        let _ = writeln!(self.bars, "<path class=\"holds\" d=\"{path}\"/>");
    }

    fn mark(&mut self, x: f64, glyph: char) {
        let y = self.y + 14.0;
        let glyph = escaped(&glyph.to_string());
        let _ = writeln!(
            self.bars,
            "<text class=\"mark\" x=\"{:.1}\" y=\"{y:.1}\">{glyph}</text>",
            x + 2.0
        );
    }

    fn levels(&mut self, fold: &Fold<'_>) {
        #[expect(clippy::cast_precision_loss, reason = "rows are few")]
        let of = |level: usize| level as f64 / fold.most().max(1) as f64 * (LINE - 4.0);
        let bottom = self.y + LINE - 1.0;
        let mut path = String::new();
        for (number, (at_ms, level)) in fold.levels.iter().enumerate() {
            let x = self.at(*at_ms);
            let y = bottom - of(*level);
            let _ = match number {
                0 => write!(path, "M{x:.1} {bottom:.1}V{y:.1}"),
                _ => write!(path, "H{x:.1}V{y:.1}"),
            };
        }
        let _ = writeln!(self.bars, "<path class=\"works\" d=\"{path}z\"/>");
    }

    /// The axis with its times, the folded stretches, and where the drives part.
    fn behind(&self, bottom: f64, parting_ms: Option<u64>) -> String {
        let mut out = String::new();
        let height = bottom - MARGIN;
        for (_, from, to) in self.scale.idle() {
            let (x, width) = (self.left + from, to - from);
            let _ = writeln!(
                out,
                "<rect class=\"idle\" x=\"{x:.1}\" y=\"{MARGIN}\" width=\"{width:.1}\" height=\"{height:.1}\"/>"
            );
        }
        let mut written = 0.0;
        for tick in self.scale.ticks(CHARACTER) {
            let x = self.left + tick.at;
            let label = escaped(&tick.label);
            let _ = writeln!(
                out,
                "<path class=\"grid\" d=\"M{x:.1} {MARGIN}V{bottom:.1}\"/>"
            );
            #[expect(clippy::cast_precision_loss, reason = "a label is short")]
            let length = tick.label.chars().count() as f64 * CHARACTER;
            let x = x.min(WIDTH - MARGIN / 2.0 - length);
            if x < written {
                continue;
            }
            written = x + length + CHARACTER;
            let y = bottom + 14.0;
            let _ = writeln!(
                out,
                "<text class=\"faint\" x=\"{x:.1}\" y=\"{y:.1}\">{label}</text>"
            );
        }
        if let Some(at_ms) = parting_ms {
            let x = self.at(at_ms);
            let _ = writeln!(
                out,
                "<path class=\"part\" d=\"M{x:.1} {MARGIN}V{bottom:.1}\"/>"
            );
        }
        out
    }

    fn words(&mut self, words: &[String], legend: &str) {
        for text in words {
            for line in wrapped(text) {
                self.text(MARGIN, "name", &line);
                self.y += LINE - 3.0;
            }
        }
        for line in wrapped(legend).into_iter().filter(|line| !line.is_empty()) {
            self.text(MARGIN, "faint", &line);
            self.y += LINE - 3.0;
        }
    }
}

/// Lines of at most [`WORDS`] characters, four of them.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.last_mut().expect("there is one");
        let length = last.chars().count() + 1 + word.chars().count();
        if length > WORDS && !last.is_empty() {
            lines.push(format!("  {}", shortened(word, WORDS - 2)));
        } else {
            if !last.is_empty() {
                last.push(' ');
            }
            *last += &shortened(word, WORDS);
        }
    }
    if lines.len() > 4 {
        lines.truncate(4);
        lines.push("  …".to_owned());
    }
    lines
}

fn shortened(text: &str, most: usize) -> String {
    let length = text.chars().count();
    if length <= most {
        return text.to_owned();
    }
    let head: String = text.chars().take(most / 3).collect();
    let tail: String = text.chars().skip(length - (most - most / 3 - 1)).collect();
    format!("{head}…{tail}")
}

/// Text as XML takes it: what is no character there is replaced.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\u{0}'..='\u{8}'
            | '\u{b}'
            | '\u{c}'
            | '\u{e}'..='\u{1f}'
            | '\u{fffe}'
            | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// A name as an id takes it.
fn identifier(name: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
    name.chars()
        .map(|c| if fits(c) { c } else { '-' })
        .collect()
}
