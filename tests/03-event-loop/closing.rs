//! [`Closed`]: how a loop ended, and what became of what was left on it.

use judge::{CallSpan, Closing, Findings, Run, ms};

pub struct Closed {
    /// The function that ran it.
    runner: String,
    /// What its main future left behind, in words.
    left: String,
    /// Virtual milliseconds since the drive began, as all here.
    began_ms: u64,
    main_ended_ms: Option<u64>,
    /// When all of it should have been over, and when it was; nothing where `main` panics, and nobody
    /// says when.
    ends: Option<(u64, u64)>,
    tasks: Vec<CallSpan>,
}

impl Closed {
    /// All of a drive's, in order.
    pub fn all(run: &Run) -> Vec<Self> {
        let mains = run.notes("main ends");
        let names = mains.values::<(String, String)>();
        let mains: Vec<_> = names.into_iter().zip(mains.times()).collect();
        let closes = run.notes("closes");
        let closed = run.notes("closed").times();
        let lasting = closes.values::<(String, String, u64)>();
        let lasting = closes.times().into_iter().zip(lasting).zip(closed);
        let mut all: Vec<_> = lasting
            .map(|((began_ms, (runner, left, takes_ms)), closed_ms)| {
                Self::of(run, &mains, (runner, left))
                    .lasting(began_ms, Some((began_ms + takes_ms, closed_ms)))
            })
            .collect();
        let panicked = run.notes("panicked").values::<(String, Option<bool>)>();
        all.extend(panicked.into_iter().map(|(runner, _)| {
            let main = (runner, "tasks, and panics".to_owned());
            Self::of(run, &mains, main).lasting(0, None)
        }));
        all
    }

    fn of(run: &Run, mains: &[((String, String), u64)], main: (String, String)) -> Self {
        let ended = mains.iter().find(|(of, _)| *of == main);
        let label = format!("{} {}", main.0, main.1);
        let tasks = run.calls("left");
        let tasks = tasks.iter().filter(|task| task.label == label);
        Self {
            runner: main.0,
            left: main.1,
            began_ms: 0,
            main_ended_ms: ended.map(|(_, at_ms)| *at_ms),
            ends: None,
            tasks: tasks.cloned().collect(),
        }
    }

    fn lasting(mut self, began_ms: u64, ends: Option<(u64, u64)>) -> Self {
        self.began_ms = began_ms;
        self.ends = ends;
        self
    }

    /// What a message begins with.
    fn told(&self) -> String {
        format!("the main future of `{}` leaves {}", self.runner, self.left)
    }

    /// Both tasks were dropped in the millisecond in which the main future ended.
    pub fn drops_its_tasks(&self) -> Findings {
        let (Some(main_ended_ms), true) = (self.main_ended_ms, self.tasks.len() == 2) else {
            return Findings::one(
                "wrong-value",
                format!("{}, outside every loop", self.told()),
            )
            .expected("it is polled to its end")
            .got("it was not");
        };
        let stays = self.tasks.iter().find(|task| {
            let dropped = Some((main_ended_ms, Closing::Dropped));
            task.closed != dropped
        });
        let Some(task) = stays else {
            return Findings::none();
        };
        let got = match task.closed {
            Some((at_ms, Closing::Dropped)) => format!("dropped at {}", ms(at_ms)),
            Some((at_ms, _)) => format!("it ran on until {}", ms(at_ms)),
            None => "it never went".to_owned(),
        };
        Findings::one("leaked-task", format!("{}: a task stayed", self.told()))
            .expected(format!(
                "dropped at {}, when the main future ended",
                ms(main_ended_ms)
            ))
            .got(got)
            .at_ms(main_ended_ms)
    }

    /// It returned when its main future and its blocking job were done.
    pub fn is_in_time(&self) -> Findings {
        let Some((due_ms, closed_ms)) = self.ends else {
            return Findings::none();
        };
        let kind = if closed_ms < due_ms {
            "too-early"
        } else {
            "too-late"
        };
        let message = format!("{}: `{}` returned", self.told(), self.runner);
        Findings::unless(closed_ms == due_ms, kind, message)
            .expected(format!("after {}", ms(due_ms - self.began_ms)))
            .got(format!("after {}", ms(closed_ms - self.began_ms)))
            .at_ms(closed_ms)
    }
}
