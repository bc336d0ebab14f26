//! The layers of isolation, by name, and how many of them are enough.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// One layer. The order is that of a verdict's `isolation`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub enum Layer {
    /// Files, TCP ports, abstract sockets and signals beyond what a task was given.
    Landlock,
    /// System calls that a task has no use for.
    Seccomp,
    /// A user namespace: no privilege reaches out of it.
    UserNamespace,
    /// No process outside can be seen or signalled, and all inside end together.
    PidNamespace,
    /// A file system with nothing in it but what was given; what is written is in memory, and bounded.
    MountNamespace,
    /// No network device, and no abstract socket of others.
    NetNamespace,
    /// No System V shared memory or queue of others.
    IpcNamespace,
    /// Another user than the one who grades, without any privilege.
    UnprivilegedUser,
    /// Memory and number of threads, of all tasks together.
    Cgroup,
}

impl Layer {
    /// Its name in verdicts and on the command line.
    pub fn name(self) -> String {
        self.to_possible_value()
            .map(|value| value.get_name().to_owned())
            .unwrap_or_default()
    }

    /// What code of a submission could reach without it, in words that follow "could".
    pub fn keeps_from(self) -> &'static str {
        match self {
            Self::Landlock => "open files that the other layers leave in its sight",
            Self::Seccomp => "make any system call: open sockets, start programs",
            Self::UserNamespace | Self::UnprivilegedUser => "do what this user may do",
            Self::PidNamespace => "see and signal this user's processes",
            Self::MountNamespace => "see every file's name, and fill the disk",
            Self::NetNamespace => "see the network's devices",
            Self::IpcNamespace => "use this user's System V shared memory",
            Self::Cgroup => "take memory up to each process's own limit",
        }
    }
}

/// The layers with these names; what is none is left out.
pub fn of(names: impl Iterator<Item = String>) -> Vec<Layer> {
    names
        .filter_map(|name| Layer::from_str(&name, false).ok())
        .collect()
}

/// What grading asks of the layers.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// Layers without which nothing is graded.
    pub required: Vec<Layer>,
    /// Whether grading goes on where neither Landlock nor namespaces are there.
    pub allow_weak: bool,
    /// Layers to do without, for tests.
    pub without: Vec<Layer>,
}

impl Policy {
    /// Refuses layers that are not enough.
    ///
    /// # Errors
    /// When a required layer is missing, or the isolation is weak and that was not allowed.
    pub fn admit(&self, layers: &[Layer]) -> Result<()> {
        let missing: Vec<_> = self
            .required
            .iter()
            .filter(|layer| !layers.contains(layer))
            .map(|layer| layer.name())
            .collect();
        if !missing.is_empty() {
            return Err(Error::usage(format!(
                "this machine does not offer what --require asks for: {}",
                missing.join(", ")
            ))
            .hint("`grade doctor` says what is missing, and why"));
        }
        if is_weak(layers) && !self.allow_weak {
            return Err(Error::usage(
                "this machine cannot isolate a submission: it has neither Landlock nor namespaces, or no seccomp",
            )
            .hint("`grade doctor` says what is missing; --allow-weak-isolation grades all the same, and then only code that you trust"));
        }
        Ok(())
    }

    /// What a person must know who allowed weak isolation; nothing where it is not weak.
    pub fn warning(&self, layers: &[Layer]) -> Option<String> {
        let open = [Layer::Landlock, Layer::Seccomp, Layer::PidNamespace]
            .into_iter()
            .filter(|layer| !layers.contains(layer))
            .map(Layer::keeps_from);
        is_weak(layers).then(|| {
            format!(
                "warning: weak isolation: the submission's code could {}",
                open.collect::<Vec<_>>().join("; ")
            )
        })
    }
}

/// Whether hostile code can reach the user's files or the network.
fn is_weak(layers: &[Layer]) -> bool {
    let has = |layer| layers.contains(&layer);
    !has(Layer::Seccomp) || !(has(Layer::Landlock) || has(Layer::MountNamespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layer_has_one_name_everywhere() {
        for layer in Layer::value_variants() {
            let json = serde_json::to_value(layer).unwrap();
            assert_eq!(json, layer.name());
        }
    }

    #[test]
    fn seccomp_with_landlock_or_a_file_system_of_its_own_is_enough() {
        let policy = Policy::default();
        let admits = |layers: &[Layer]| policy.admit(layers).is_ok();
        assert!(admits(&[Layer::Landlock, Layer::Seccomp]));
        assert!(admits(&[Layer::Seccomp, Layer::MountNamespace]));
        assert!(!admits(&[Layer::Landlock, Layer::MountNamespace]));
        assert!(!admits(&[Layer::Seccomp, Layer::Cgroup]));
    }

    #[test]
    fn a_required_layer_that_is_missing_is_named() {
        let policy = Policy {
            required: vec![Layer::Seccomp, Layer::Cgroup],
            allow_weak: true,
            without: Vec::new(),
        };
        let error = policy.admit(&[Layer::Seccomp]).unwrap_err().to_string();
        assert!(error.contains("asks for: cgroup"), "{error}");
    }
}
