//! What the grader and a supervisor say to each other. Both are this program; no submission's code
//! gets near their sockets.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::access::Access;
use super::layer::Layer;
use crate::process::Exit;

/// All that a sandbox holds.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Surroundings {
    /// Files and folders that a task may be given to read, beside the system's libraries.
    pub read: Vec<PathBuf>,
    /// The folder that a submission is compiled in.
    pub build: PathBuf,
    /// The folder that has a fresh one in it for each driver.
    pub drives: PathBuf,
}

/// The first message to a supervisor.
#[derive(Debug, Serialize, Deserialize)]
pub struct Setup {
    pub surroundings: Surroundings,
    /// Layers that it is to do without.
    pub without: Vec<Layer>,
}

/// A layer that is not there, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    pub layer: Layer,
    pub why: String,
}

/// What the outer process of a sandbox tells the inner one.
#[derive(Debug, Serialize, Deserialize)]
pub struct Grouped {
    /// Why the inner process is in no control group of its own, where one was wanted.
    pub why_not: Option<String>,
}

/// The supervisor's answer.
#[derive(Debug, Serialize, Deserialize)]
pub enum Ready {
    Up {
        /// In force for every task.
        layers: Vec<Layer>,
        missing: Vec<Missing>,
    },
    /// A layer could not be put up, and this process is spoilt for another try.
    Spoilt(Missing),
    Failed {
        why: String,
    },
}

/// Its last message.
#[derive(Debug, Serialize, Deserialize)]
pub struct Gone {
    /// What could not be cleared away, in words.
    pub left: Vec<String>,
}

/// The first message on a task's own socket.
#[derive(Debug, Serialize, Deserialize)]
pub struct Task {
    pub program: PathBuf,
    pub arguments: Vec<String>,
    pub environment: Vec<(String, String)>,
    /// Where it starts.
    pub folder: PathBuf,
    /// Whether that folder is made for it, and removed behind it.
    pub is_fresh: bool,
    pub access: Access,
    /// What it locks itself into later; where Landlock is in force it finds the ruleset as its standard output.
    pub second: Option<Access>,
}

/// What follows on a task's own socket. With the first comes a descriptor of the process.
#[derive(Debug, Serialize, Deserialize)]
pub enum Told {
    Started,
    NotStarted { why: String },
    Ended { exit: Exit },
}
