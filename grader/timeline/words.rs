//! Virtual time and places in words.

/// `0`, `5ms`, `1.5s`, `2min`, `24h 10ms`: the shortest that is exact.
pub fn time(ms: u64) -> String {
    let (hours, minutes, rest) = (ms / 3_600_000, ms / 60_000 % 60, ms % 60_000);
    match ms {
        0 => return "0".to_owned(),
        1..1_000 => return format!("{ms}ms"),
        1_000..120_000 => return format!("{}s", decimals(ms)),
        _ => {}
    }
    let (hours, minutes) = match hours {
        0 | 1 => (0, minutes + hours * 60),
        _ => (hours, minutes),
    };
    let parts = [
        (hours > 0).then(|| format!("{hours}h")),
        (minutes > 0).then(|| format!("{minutes}min")),
        match rest {
            0 => None,
            1..1_000 => Some(format!("{rest}ms")),
            _ => Some(format!("{}s", decimals(rest))),
        },
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// A time within a sentence.
pub fn instant(ms: u64) -> String {
    match ms {
        0 => "0ms".to_owned(),
        ms => time(ms),
    }
}

/// Seconds with as many decimals as there are.
fn decimals(ms: u64) -> String {
    let text = format!("{}.{:03}", ms / 1_000, ms % 1_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::time;

    #[test]
    fn a_time_is_told_exactly_and_short() {
        let told = [0, 5, 999, 1_000, 1_500, 90_000, 120_000, 125_001];
        assert_eq!(
            told.map(time),
            [
                "0",
                "5ms",
                "999ms",
                "1s",
                "1.5s",
                "90s",
                "2min",
                "2min 5.001s"
            ]
        );
        let told = [3_600_000, 7_260_000, 86_400_000, 86_400_010];
        assert_eq!(told.map(time), ["60min", "2h 1min", "24h", "24h 10ms"]);
    }
}
