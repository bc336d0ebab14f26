//! What the facade leaves out and adds, as it is listed.

use serde::Deserialize;

/// `grader/lab/tokio/withheld.toml`.
#[derive(Debug, Deserialize)]
pub struct Decisions {
    #[serde(default)]
    withheld: Vec<Decision>,
    #[serde(default)]
    added: Vec<Decision>,
}

#[derive(Debug, Deserialize)]
struct Decision {
    items: Vec<String>,
    #[serde(default)]
    not_built: bool,
}

impl Decisions {
    /// Those of the course.
    pub fn read() -> Self {
        Self::of(include_str!("../../../grader/lab/tokio/withheld.toml"))
    }

    pub fn of(text: &str) -> Self {
        toml::from_str(text).expect("the list has its form")
    }

    /// All paths that a student has a sentence for.
    pub fn withheld(&self) -> Vec<&str> {
        paths(self.withheld.iter())
    }

    /// Those of them that tokio has only under features that the lab builds it without.
    pub fn not_built(&self) -> Vec<&str> {
        paths(self.withheld.iter().filter(|decision| decision.not_built))
    }

    /// What the facade has beyond tokio as plain cargo builds it.
    pub fn added(&self) -> Vec<&str> {
        paths(self.added.iter())
    }
}

fn paths<'d>(decisions: impl Iterator<Item = &'d Decision>) -> Vec<&'d str> {
    let items = decisions.flat_map(|decision| &decision.items);
    items.map(String::as_str).collect()
}
