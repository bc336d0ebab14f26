//! Moments and lengths of real time, as instructors write them: deadlines, extensions, when something was handed in.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::fmt::temporal::DateTimeParser;
use jiff::tz::Offset;

/// A moment, told with the offset that it was written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    at: Timestamp,
    offset: Offset,
}

impl Moment {
    /// What a moment looks like, for messages.
    pub const SHAPE: &str = "a date and time with its offset, such as 2026-11-20T23:59:59Z or 2026-11-20T23:59:59+01:00";

    /// Whole seconds from `earlier` to this, begun ones not counted; 0 where this comes first.
    pub fn seconds_after(self, earlier: Self) -> u64 {
        let seconds = self.at.duration_since(earlier.at).as_secs();
        u64::try_from(seconds).unwrap_or(0)
    }

    pub fn is_after(self, other: Self) -> bool {
        self.at > other.at
    }
}

impl FromStr for Moment {
    type Err = String;

    /// RFC 3339. A time zone's name is refused: its rules are not the same on every machine.
    fn from_str(text: &str) -> Result<Self, String> {
        let read = |text: &str| {
            let pieces = DateTimeParser::new().parse_pieces(text).ok()?;
            let at: Timestamp = text.parse().ok()?;
            let offset = pieces.to_numeric_offset()?;
            Some(Self { at, offset })
        };
        let is_named = text.contains('[');
        let moment = (!is_named).then(|| read(text.trim())).flatten();
        moment.ok_or_else(|| format!("`{text}` is not {}", Self::SHAPE))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        if self.offset == Offset::UTC {
            return self.at.fmt(f);
        }
        self.at.display_with_offset(self.offset).fmt(f)
    }
}

/// A length of real time in whole seconds; a day has 24 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Length {
    pub seconds: u64,
}

/// With their letters, the longest first.
const UNITS: [(&str, u64); 5] = [
    ("w", 7 * 86_400),
    ("d", 86_400),
    ("h", 3600),
    ("min", 60),
    ("s", 1),
];
/// Ten years: longer ones are slips.
const LONGEST: u64 = 3650 * 86_400;

impl Length {
    /// What a length looks like, for messages.
    pub const SHAPE: &str = "a length of time up to 3650d, such as 15min, 36h or 7d";

    pub const fn of_seconds(seconds: u64) -> Self {
        Self { seconds }
    }
}

impl FromStr for Length {
    type Err = String;

    /// Numbers with units: `90s`, `15min`, `36h`, `1d 12h`, `2w`.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut seconds = Some(0_u64);
        let mut rest = text.trim();
        while !rest.is_empty() {
            let letters = rest.find(|c: char| !c.is_ascii_digit());
            let (number, after) = rest.split_at(letters.unwrap_or(rest.len()));
            let end = after.find(|c: char| !c.is_ascii_alphabetic());
            let (unit, after) = after.split_at(end.unwrap_or(after.len()));
            let unit = UNITS.iter().find(|(name, _)| *name == unit);
            let part = number.parse::<u64>().ok().zip(unit);
            let part = part.and_then(|(number, (_, unit))| number.checked_mul(*unit));
            seconds = seconds
                .zip(part)
                .and_then(|(sum, part)| sum.checked_add(part));
            if seconds.is_none() {
                break;
            }
            rest = after.trim_start();
        }
        seconds
            .filter(|seconds| *seconds <= LONGEST && !text.trim().is_empty())
            .map(Self::of_seconds)
            .ok_or_else(|| format!("`{text}` is not {}", Self::SHAPE))
    }
}

impl fmt::Display for Length {
    /// In the two largest units that it has, rounded down.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let mut rest = self.seconds;
        let mut parts = Vec::new();
        for (name, unit) in UNITS.into_iter().filter(|(name, _)| *name != "w") {
            if rest >= unit {
                parts.push(format!("{} {name}", rest / unit));
                rest %= unit;
            }
        }
        parts.truncate(2);
        if parts.is_empty() {
            parts.push("0 s".to_owned());
        }
        f.write_str(&parts.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_keeps_the_offset_that_it_was_written_with() {
        for (text, told) in [
            ("2026-11-20T23:59:59+01:00", "2026-11-20T23:59:59+01:00"),
            ("2026-11-20T23:59:59Z", "2026-11-20T23:59:59Z"),
            ("2026-11-20t23:59:59z", "2026-11-20T23:59:59Z"),
            (
                "2018-07-01T14:22:32.365935-07:00",
                "2018-07-01T14:22:32.365935-07:00",
            ),
        ] {
            assert_eq!(text.parse::<Moment>().unwrap().to_string(), told);
        }
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in [
            "",
            "2026-11-20",
            "2026-11-20T23:59:59",
            "2026-13-20T23:59:59Z",
            "2026-02-29T00:00:00Z",
            "2026-11-20T23:59:59+01:00[Europe/Berlin]",
            "tomorrow",
            "1764201599",
        ] {
            let said = text.parse::<Moment>().unwrap_err();
            assert!(said.contains("with its offset"), "{said}");
        }
    }

    #[test]
    fn seconds_after_a_deadline_are_whole_and_never_negative() {
        let of = |text: &str| text.parse::<Moment>().unwrap();
        let deadline = of("2026-11-20T23:59:59+01:00");
        for (submitted, seconds) in [
            ("2026-11-20T22:59:59Z", 0),
            ("2026-11-20T22:59:59.999Z", 0),
            ("2026-11-20T23:00:00Z", 1),
            ("2026-11-21T22:59:59Z", 86_400),
            ("1999-01-01T00:00:00Z", 0),
        ] {
            assert_eq!(
                of(submitted).seconds_after(deadline),
                seconds,
                "{submitted}"
            );
        }
    }

    #[test]
    fn a_length_is_read_and_told() {
        for (text, seconds, told) in [
            ("0s", 0, "0 s"),
            ("90s", 90, "1 min 30 s"),
            ("15min", 900, "15 min"),
            ("36h", 129_600, "1 d 12 h"),
            ("1d 12h", 129_600, "1 d 12 h"),
            ("1d12h5s", 129_605, "1 d 12 h"),
            ("2w", 1_209_600, "14 d"),
        ] {
            let length: Length = text.parse().unwrap();
            assert_eq!(
                (length.seconds, length.to_string().as_str()),
                (seconds, told)
            );
        }
        for text in [
            "",
            "1",
            "d",
            "-1d",
            "1.5h",
            "1 month",
            "1d 5",
            "9999999999999999999999d",
            "3651d",
        ] {
            assert!(text.parse::<Length>().is_err(), "{text}");
        }
    }
}
