//! Virtual time as places on a line. Stretches in which nothing happens are folded where they would leave
//! no room for what does.

use super::words::time;

/// A gap is folded when it is this many times as long as all shorter gaps together.
const IDLE: u64 = 30;
/// The most folds of an axis.
const MOST_FOLDS: usize = 6;

/// A line of virtual time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    /// One after another, from the first moment to the last.
    pieces: Vec<Piece>,
}

/// A part of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    pub from_ms: u64,
    pub to_ms: u64,
    /// Nothing happens between its ends, and it is drawn short.
    pub is_idle: bool,
}

impl Axis {
    /// The axis of drives in which something happens at these virtual milliseconds: sorted, each once.
    pub fn over(moments: &[u64]) -> Self {
        let all: Vec<_> = std::iter::once(0)
            .chain(moments.iter().copied().filter(|ms| *ms > 0))
            .collect();
        let shortest_idle = shortest_idle(&all);
        let mut pieces: Vec<Piece> = Vec::new();
        for ends in all.windows(2) {
            let (from_ms, to_ms) = (ends[0], ends[1]);
            let is_idle = to_ms - from_ms >= shortest_idle;
            match pieces.last_mut() {
                Some(last) if !is_idle && !last.is_idle => last.to_ms = to_ms,
                _ => pieces.push(Piece {
                    from_ms,
                    to_ms,
                    is_idle,
                }),
            }
        }
        if pieces.is_empty() {
            pieces.push(Piece {
                from_ms: 0,
                to_ms: 0,
                is_idle: false,
            });
        }
        Self { pieces }
    }

    /// The axis, `width` long, with folds `fold` long.
    pub fn scale(&self, width: f64, fold: f64) -> Scale {
        let idle = self.pieces.iter().filter(|piece| piece.is_idle).count();
        let live: u64 = self
            .pieces
            .iter()
            .filter(|piece| !piece.is_idle)
            .map(|piece| piece.to_ms - piece.from_ms)
            .sum();
        #[expect(clippy::cast_precision_loss, reason = "places need no more")]
        let each = (width - fold * idle as f64).max(1.0) / live.max(1) as f64;
        let mut at = 0.0;
        let pieces = self.pieces.iter().map(|piece| {
            let from = at;
            #[expect(clippy::cast_precision_loss, reason = "places need no more")]
            let length = (piece.to_ms - piece.from_ms) as f64;
            at += if piece.is_idle { fold } else { each * length };
            (*piece, from, at)
        });
        Scale {
            pieces: pieces.collect(),
        }
    }
}

/// From how many milliseconds on a gap is folded.
fn shortest_idle(moments: &[u64]) -> u64 {
    let mut gaps: Vec<_> = moments.windows(2).map(|ends| ends[1] - ends[0]).collect();
    gaps.sort_unstable();
    let mut shorter = 0_u64;
    for (number, gap) in gaps.iter().enumerate() {
        if shorter > 0 && *gap >= shorter.saturating_mul(IDLE) && gaps.len() - number <= MOST_FOLDS
        {
            return *gap;
        }
        shorter = shorter.saturating_add(*gap);
    }
    u64::MAX
}

/// An axis of one length.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// Each with the places of its ends.
    pieces: Vec<(Piece, f64, f64)>,
}

/// A time that is written at an axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    pub at: f64,
    pub label: String,
}

impl Scale {
    /// Where a virtual millisecond is.
    pub fn at(&self, ms: u64) -> f64 {
        let found = self.pieces.iter().find(|(piece, ..)| ms <= piece.to_ms);
        let Some((piece, from, to)) = found else {
            return self.pieces.last().map_or(0.0, |(.., to)| *to);
        };
        #[expect(clippy::cast_precision_loss, reason = "places need no more")]
        let share =
            ms.saturating_sub(piece.from_ms) as f64 / (piece.to_ms - piece.from_ms).max(1) as f64;
        from + share * (to - from)
    }

    /// The virtual millisecond at a place.
    pub fn ms_at(&self, at: f64) -> u64 {
        let found = self.pieces.iter().find(|(.., to)| at < *to);
        let Some((piece, from, to)) = found.or(self.pieces.last()) else {
            return 0;
        };
        let share = ((at - from) / (to - from).max(f64::MIN_POSITIVE)).clamp(0.0, 1.0);
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place, rounded up to the millisecond that is not before it"
        )]
        let into = (share * (piece.to_ms - piece.from_ms) as f64).ceil() as u64;
        piece.from_ms + into
    }

    /// The folded pieces, each with the places of its ends.
    pub fn idle(&self) -> impl Iterator<Item = (Piece, f64, f64)> + '_ {
        self.pieces
            .iter()
            .copied()
            .filter(|(piece, ..)| piece.is_idle)
    }

    /// Times to write, from left to right, where each takes at least `room` for every character and one more.
    pub fn ticks(&self, room: f64) -> Vec<Tick> {
        let tick = |ms| Tick {
            at: self.at(ms),
            label: time(ms),
        };
        let mut ticks: Vec<Tick> = Vec::new();
        let fits = |ticks: &[Tick], new: &Tick| {
            ticks.iter().all(|old| {
                let (left, right) = if old.at <= new.at {
                    (old, new)
                } else {
                    (new, old)
                };
                #[expect(clippy::cast_precision_loss, reason = "a label is short")]
                let length = (left.label.chars().count() + 2) as f64;
                left.at + length * room <= right.at
            })
        };
        // Where the axis begins and where it goes on after a fold is more worth than round numbers are.
        let begins = self.pieces.iter().filter(|(piece, ..)| !piece.is_idle);
        let begins: Vec<_> = begins.map(|(piece, ..)| piece.from_ms).collect();
        let end = self.pieces.last().map_or(0, |(piece, ..)| piece.to_ms);
        if end == 0 {
            return vec![tick(0)];
        }
        let first = begins.into_iter().chain(
            self.pieces
                .iter()
                .filter(|(p, ..)| p.is_idle)
                .map(|(p, ..)| p.to_ms),
        );
        for ms in first.chain(self.round(room)).chain([end]) {
            let new = tick(ms);
            if fits(&ticks, &new) {
                ticks.push(new);
            }
        }
        ticks.sort_by(|a, b| a.at.total_cmp(&b.at));
        ticks
    }

    /// Round times, at a distance that leaves room for their labels.
    fn round(&self, room: f64) -> Vec<u64> {
        let mut all = Vec::new();
        for (piece, from, to) in self.pieces.iter().filter(|(piece, ..)| !piece.is_idle) {
            #[expect(clippy::cast_precision_loss, reason = "places need no more")]
            let each = (to - from) / (piece.to_ms - piece.from_ms) as f64;
            let apart = |step: u64| {
                #[expect(clippy::cast_precision_loss, reason = "places need no more")]
                let apart = step as f64 * each;
                apart >= 8.0 * room
            };
            let Some(step) = steps().find(|step| apart(*step)) else {
                continue;
            };
            let mut ms = piece.from_ms.next_multiple_of(step);
            while ms <= piece.to_ms {
                all.push(ms);
                ms += step;
            }
        }
        all
    }
}

/// Distances that people count in, in milliseconds, up to years.
fn steps() -> impl Iterator<Item = u64> {
    const SECOND: u64 = 1_000;
    const HOUR: u64 = 3_600 * SECOND;
    let small = [1, 2, 5, 10, 20, 50, 100, 200, 500].into_iter();
    let seconds = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200].map(|s| s * SECOND);
    let hours = [1, 2, 4, 6, 12, 24, 48, 240, 2_400, 24_000].map(|h| h * HOUR);
    small.chain(seconds).chain(hours)
}

#[cfg(test)]
mod tests {
    use super::Axis;

    fn labels(moments: &[u64], width: f64) -> Vec<String> {
        let scale = Axis::over(moments).scale(width, 6.0);
        let ticks = scale.ticks(1.0);
        ticks.into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn a_short_and_a_long_drive_have_round_times() {
        assert_eq!(
            labels(&[0, 2_000, 4_000, 6_000], 30.0),
            ["0", "2s", "4s", "6s"]
        );
        assert_eq!(
            labels(&[0, 5], 40.0),
            ["0", "1ms", "2ms", "3ms", "4ms", "5ms"]
        );
        assert_eq!(
            labels(&[0, 43_200_000, 86_400_000], 40.0),
            ["0", "6h", "12h", "18h", "24h"]
        );
    }

    #[test]
    fn a_day_in_which_nothing_happens_is_folded() {
        let scale = Axis::over(&[0, 10, 20, 86_400_000, 86_400_010]).scale(40.0, 6.0);
        assert_eq!(scale.idle().count(), 1);
        assert!(scale.at(20) > 20.0, "{}", scale.at(20));
        assert!((scale.at(86_400_010) - 40.0).abs() < 0.001);
    }

    #[test]
    fn what_happens_again_and_again_is_not_folded() {
        let hours: Vec<_> = (0..24)
            .flat_map(|h| [h * 3_600_000, h * 3_600_000 + 5])
            .collect();
        assert_eq!(Axis::over(&hours).scale(80.0, 6.0).idle().count(), 0);
    }

    #[test]
    fn an_axis_without_time_is_still_an_axis() {
        let scale = Axis::over(&[0]).scale(10.0, 6.0);
        assert!(scale.at(0).abs() < f64::EPSILON);
        assert_eq!(scale.ticks(1.0)[0].label, "0");
    }

    #[test]
    fn places_and_milliseconds_are_each_others_inverse() {
        let scale = Axis::over(&[0, 10, 20, 86_400_000, 86_400_010]).scale(1_000.0, 60.0);
        for ms in [0, 7, 20, 86_400_000, 86_400_003, 86_400_010] {
            assert_eq!(scale.ms_at(scale.at(ms)), ms, "{ms}");
        }
    }
}
