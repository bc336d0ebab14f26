//! What stands in one column of a text, and marks in a drawing.

use anstyle::{AnsiColor, Style};

use crate::timeline::{Doing, End, Happening};

pub const FAINT: Style = Style::new().dimmed();
const CALL: Style = AnsiColor::Blue.on_default();
pub const TROUBLE: Style = AnsiColor::Yellow.on_default().bold();

/// What stands in one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Glyph {
    Nothing,
    Idle,
    Begins,
    Ends,
    Waits,
    Works,
    Holds,
    /// A bar of no length.
    Instant,
    /// How full a folded row is, in eighths.
    Level(usize),
    Printed,
    Error,
    Held,
    Dropped,
    Panicked,
    Open,
    Stuck,
    Left,
}

impl Glyph {
    pub fn of_end(end: End) -> Option<Self> {
        match end {
            End::Done => None,
            End::Failed => Some(Self::Error),
            End::Cancelled => Some(Self::Dropped),
            End::Panicked => Some(Self::Panicked),
            End::Open => Some(Self::Open),
        }
    }

    pub fn of_mark(what: Happening) -> Self {
        match what {
            Happening::Printed => Self::Printed,
            Happening::Failed => Self::Error,
            Happening::Held => Self::Held,
            Happening::Panicked => Self::Panicked,
            Happening::Stuck => Self::Stuck,
            Happening::Left => Self::Left,
        }
    }

    pub fn char(self, ascii: bool) -> char {
        match (self, ascii) {
            (Self::Nothing, _) => ' ',
            (Self::Idle, false) => '┄',
            (Self::Idle, true) => '~',
            (Self::Begins, false) => '├',
            (Self::Ends, false) => '┤',
            (Self::Begins | Self::Ends, true) => '+',
            (Self::Waits, false) => '─',
            (Self::Waits, true) => '-',
            (Self::Works, false) => '█',
            (Self::Works, true) => '#',
            (Self::Holds, false) => '▒',
            (Self::Holds, true) => '%',
            (Self::Instant, false) => '│',
            (Self::Instant, true) => '|',
            (Self::Level(eighths), false) => {
                ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'][eighths.clamp(1, 8) - 1]
            }
            (Self::Level(eighths), true) => {
                ['1', '2', '3', '4', '5', '6', '7', '8'][eighths.clamp(1, 8) - 1]
            }
            (Self::Printed, _) => '"',
            (Self::Error, _) => 'e',
            (Self::Held, _) => 'h',
            (Self::Dropped, false) => '×',
            (Self::Dropped, true) => 'x',
            (Self::Panicked, _) => '!',
            (Self::Stuck, _) => '?',
            (Self::Left, _) => '&',
            (Self::Open, _) => '>',
        }
    }

    pub fn style(self) -> Style {
        match self {
            Self::Nothing | Self::Printed => Style::new(),
            Self::Idle | Self::Begins | Self::Ends | Self::Waits => FAINT,
            Self::Works | Self::Instant | Self::Level(_) => CALL,
            _ => TROUBLE,
        }
    }

    /// What it means, where that has to be said.
    pub fn words(self) -> Option<&'static str> {
        match self {
            Self::Waits => Some(Doing::Waits.words()),
            Self::Holds => Some(Doing::Holds.words()),
            Self::Printed => Some(Happening::Printed.words()),
            Self::Error => Some(Happening::Failed.words()),
            Self::Held => Some(Happening::Held.words()),
            Self::Dropped => Some(End::Cancelled.words()),
            Self::Panicked => Some(End::Panicked.words()),
            Self::Stuck => Some(Happening::Stuck.words()),
            Self::Left => Some(Happening::Left.words()),
            Self::Open => Some(End::Open.words()),
            _ => None,
        }
    }
}
