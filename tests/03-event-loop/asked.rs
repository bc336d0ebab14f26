//! [`Asked`]: work that the driver wanted, and what it got.

use judge::{Findings, Run, ms};

pub struct Asked {
    name: String,
    /// Which function was called.
    how: String,
    takes_ms: u64,
    value: u64,
    began_ms: u64,
    /// When the answer came, in virtual milliseconds since the drive began, and what it was; nothing where
    /// it refused.
    got: Option<(u64, Option<u64>)>,
}

impl Asked {
    /// All of a drive's, in the order in which they were asked for. No two have one name.
    pub fn all(run: &Run) -> Vec<Self> {
        let (asked, answers) = (run.notes("asked for"), run.notes("got"));
        let answers: Vec<_> = answers
            .times()
            .into_iter()
            .zip(answers.values::<(String, Option<u64>)>())
            .collect();
        let asked = asked
            .times()
            .into_iter()
            .zip(asked.values::<(String, String, u64, u64)>());
        let all = asked.map(|(began_ms, (name, how, takes_ms, value))| {
            let answer = answers.iter().find(|(_, (of, _))| *of == name);
            Self {
                got: answer.map(|(at_ms, (_, value))| (*at_ms, *value)),
                name,
                how,
                takes_ms,
                value,
                began_ms,
            }
        });
        all.collect()
    }

    /// What a message begins with.
    fn told(&self) -> String {
        let takes = ms(self.takes_ms);
        format!("`{}` of work that takes {takes}, {}", self.how, self.name)
    }

    /// It got the value.
    pub fn is_given(&self) -> Findings {
        let got = match self.got {
            Some((_, Some(value))) if value == self.value => return Findings::none(),
            Some((_, Some(value))) => value.to_string(),
            Some((_, None)) => "nothing: it was refused, or panicked".to_owned(),
            None => "no answer".to_owned(),
        };
        Findings::one("wrong-value", self.told())
            .expected(self.value)
            .got(got)
            .at_ms(self.got.map_or(self.began_ms, |(at_ms, _)| at_ms))
    }

    /// … when it was done, and not later or earlier.
    pub fn is_in_time(&self) -> Findings {
        let Some((at_ms, _)) = self.got else {
            return Findings::none();
        };
        let took_ms = at_ms - self.began_ms;
        let kind = if took_ms < self.takes_ms {
            "too-early"
        } else {
            "too-late"
        };
        Findings::unless(took_ms == self.takes_ms, kind, self.told())
            .expected(format!("its value after {}", ms(self.takes_ms)))
            .got(format!("after {}", ms(took_ms)))
            .at_ms(at_ms)
    }
}
