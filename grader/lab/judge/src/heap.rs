//! `holds-too-much`: how much was held at a time.

use crate::findings::Findings;
use crate::notes::Notes;
use crate::text::{bytes, count};

impl Notes {
    /// None of these peaks, in bytes as `lab.heap_peak` measures them, is as much as `limit`; `when`
    /// ends the message. What the platform could not measure is not judged.
    pub fn hold_less_than(&self, limit: u64, when: &str) -> Findings {
        let peaks = self.times().into_iter().zip(self.values::<Option<u64>>());
        let mut over =
            peaks.filter_map(|(at_ms, peak)| Some((at_ms, peak.filter(|p| *p >= limit)?)));
        over.next().map_or_else(Findings::none, |(at_ms, peak)| {
            let message = format!("{} of heap were held at a time{when}", bytes(peak));
            Findings::one("holds-too-much", message)
                .expected(format!("less than {}", bytes(limit)))
                .got(bytes(peak))
                .at_ms(at_ms)
        })
    }

    /// None of these lengths, of a buffer whose items are called `item`, is above `limit`.
    pub fn buffer_at_most(&self, limit: usize, item: &str) -> Findings {
        let mut lengths = self.times().into_iter().zip(self.values::<usize>());
        let over = lengths.find(|(_, length)| *length > limit);
        over.map_or_else(Findings::none, |(at_ms, length)| {
            let message = format!("{} were held at a time", count(length, item));
            Findings::one("holds-too-much", message)
                .expected(format!("at most {}", count(limit, item)))
                .got(count(length, item))
                .at_ms(at_ms)
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::findings::Findings;
    use crate::notes::{Note, Notes};

    fn notes(values: &[serde_json::Value]) -> Notes {
        let note = |(value, at_ms): (&serde_json::Value, u64)| Note {
            at_ms,
            task: 0,
            value: value.clone(),
        };
        Notes::new("heap", values.iter().zip(0..).map(note).collect())
    }

    fn said(findings: Findings) -> Option<String> {
        let finding = findings.into_vec().pop()?;
        assert_eq!(finding.kind, "holds-too-much");
        Some(format!(
            "{}; {}; {} at {:?}",
            finding.message,
            finding.expected.unwrap(),
            finding.got.unwrap(),
            finding.virtual_ms,
        ))
    }

    #[test]
    fn the_first_peak_at_the_limit_is_told_in_a_unit_that_people_read() {
        let peaks = notes(&[json!(1023), json!(2_097_152), json!(3_145_728)]);
        assert_eq!(
            said(peaks.hold_less_than(1_048_576, " while it read")).unwrap(),
            "2 MiB of heap were held at a time while it read; less than 1 MiB; 2 MiB at Some(1)"
        );
    }

    #[test]
    fn a_peak_below_the_limit_and_one_that_nobody_measured_pass() {
        let peaks = notes(&[json!(1023), json!(null)]);
        assert_eq!(said(peaks.hold_less_than(1024, "")), None);
    }

    #[test]
    fn a_buffer_may_be_full_and_not_more() {
        let lengths = notes(&[json!(1), json!(4), json!(5)]);
        assert_eq!(said(lengths.buffer_at_most(5, "line")), None);
        assert_eq!(
            said(lengths.buffer_at_most(4, "line")).unwrap(),
            "5 lines were held at a time; at most 4 lines; 5 lines at Some(2)"
        );
    }
}
