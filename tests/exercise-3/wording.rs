//! Times and numbers as this exercise's findings say them.

use judge::ms;

/// A line of times shows this many of the first and of the last.
const SHOWN: (usize, usize) = (7, 2);

/// `at 0 (×10), 100, 200, …, 800, 900 ms`; the times are sorted.
pub fn timeline(times: &[u64]) -> String {
    let groups = by_time(times).into_iter();
    let mut said: Vec<_> = groups
        .map(|(at, many)| match many {
            1 => at.to_string(),
            _ => format!("{at} (×{many})"),
        })
        .collect();
    let (first, last) = SHOWN;
    if said.len() > first + last {
        said.splice(first..said.len() - last, ["…".to_owned()]);
    }
    format!("at {} ms", said.join(", "))
}

/// Who came and when: `6 tries at 0 ms`, `1 caller at 0 ms, 34 at 930 ms`, `tries at 0, 50, 150 ms`
/// or `14 callers from 0 to 405 ms`; the times are sorted.
pub fn came((one, several): (&str, &str), times: &[u64]) -> String {
    let groups = by_time(times);
    if groups.len() > 5 {
        let (first, last) = (times[0], times[times.len() - 1]);
        return format!("{} {several} from {first} to {}", times.len(), ms(last));
    }
    if groups.len() > 1 && groups.len() == times.len() {
        return format!("{several} {}", timeline(times));
    }
    let mut nouns = [if groups[0].1 == 1 { one } else { several }].into_iter();
    let said = groups.iter().map(|(at, many)| {
        let noun = nouns
            .next()
            .map_or_else(String::new, |noun| format!(" {noun}"));
        format!("{many}{noun} at {}", ms(*at))
    });
    said.collect::<Vec<_>>().join(", ")
}

/// `1st`, `2nd`, `11th` for 0, 1, 10.
pub fn ordinal(index: usize) -> String {
    let number = index + 1;
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// The different times, each with how often it comes.
fn by_time(times: &[u64]) -> Vec<(u64, usize)> {
    let groups = times.chunk_by(|one, next| one == next);
    groups.map(|same| (same[0], same.len())).collect()
}
