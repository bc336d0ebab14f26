//! What a run said, and what is asked of it.

/// What a run said, and how it ended.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub signal: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    #[track_caller]
    pub fn has_full_marks(self) -> Self {
        self.exits(0).reports("score 100/100")
    }

    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self}");
        if [0, 1, 3].contains(&code) {
            let ours = ["grade-run-", ".building-", "/kit-"]
                .into_iter()
                .find(|ours| self.stdout.contains(ours));
            assert_eq!(ours, None, "a path of the grader's in {self}");
        }
        self
    }

    /// The report has this in it.
    #[track_caller]
    pub fn reports(self, text: &str) -> Self {
        assert!(self.stdout.contains(text), "no {text:?} in {self}");
        self
    }

    /// The report does not have this in it.
    #[track_caller]
    pub fn keeps_quiet_about(self, text: &str) -> Self {
        assert!(
            !self.stdout.contains(text) && !self.stderr.contains(text),
            "{text:?} in {self}"
        );
        self
    }

    /// Standard error has nothing in it.
    #[track_caller]
    pub fn only_reports(self) -> Self {
        assert_eq!(self.stderr, "", "{self}");
        self
    }

    /// Standard error has this in it.
    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "no {text:?} in {self}");
        self
    }

    /// It fails with this and nothing else.
    #[track_caller]
    pub fn only_says(self, text: &str) -> Self {
        assert_eq!(
            (self.stdout.as_str(), self.stderr.trim_end()),
            ("", text),
            "{self}"
        );
        self
    }

    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error} in {self}"))
    }
}

impl std::fmt::Display for Ran {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "code {:?}, signal {:?}", self.code, self.signal)?;
        write!(f, "── stdout\n{}\n── stderr\n{}", self.stdout, self.stderr)
    }
}
