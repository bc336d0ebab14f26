//! `grade doctor`: what this machine offers to isolate a submission, layer by layer, and what to do about what
//! is missing.

use std::fmt::Write as _;

use clap::ValueEnum;

use crate::cache::Cache;
use crate::error::Result;
use crate::sandbox::{Layer, Missing, Sandbox, Surroundings};
use crate::scratch::Scratch;
use crate::toolchain::Toolchain;

/// What a sandbox on this machine is made of.
#[derive(Debug)]
pub struct Examined {
    pub layers: Vec<Layer>,
    missing: Vec<Missing>,
    is_root: bool,
}

/// Puts up a sandbox and takes it down again.
///
/// # Errors
/// When there cannot be one at all, or no toolchain is found.
pub fn examine(without: &[Layer]) -> Result<Examined> {
    let toolchain = Toolchain::find(&Cache::open()?)?;
    let scratch = Scratch::new()?;
    let surroundings = Surroundings {
        read: ["bin", "lib"]
            .map(|part| toolchain.sysroot.join(part))
            .to_vec(),
        build: scratch.folder("submission")?,
        drives: scratch.folder("drives")?,
    };
    let sandbox = Sandbox::start(&surroundings, without)?;
    let examined = Examined {
        layers: sandbox.layers().to_vec(),
        missing: sandbox.missing().to_vec(),
        is_root: rustix::process::geteuid().is_root(),
    };
    sandbox.close()?;
    scratch.close()?;
    Ok(examined)
}

impl Examined {
    /// Why a layer is not there; none where there is no need of it.
    fn why_not(&self, layer: Layer) -> Option<&str> {
        let of = |layer| self.missing.iter().find(|missing| missing.layer == layer);
        let is_needless = match layer {
            Layer::UserNamespace => self.is_root,
            Layer::UnprivilegedUser => !self.is_root,
            _ => false,
        };
        let found = of(layer);
        match found {
            Some(missing) => Some(&missing.why),
            None if is_needless => None,
            // Namespaces are entered together, and what keeps from one keeps from all.
            None => {
                let first = of(Layer::UserNamespace).or_else(|| of(Layer::PidNamespace));
                Some(first.map_or("it was left out", |missing| missing.why.as_str()))
            }
        }
    }
}

/// The layers as a table, with what to do about those that are missing.
pub fn render(examined: &Examined) -> String {
    let mut out = String::from("what keeps a submission in, on this machine:\n");
    for layer in Layer::value_variants() {
        let name = layer.name();
        if examined.layers.contains(layer) {
            let _ = writeln!(out, "  ✓ {name}");
            continue;
        }
        let Some(why) = examined.why_not(*layer) else {
            let _ = writeln!(out, "  · {name:<18} not needed by this user");
            continue;
        };
        let _ = writeln!(out, "  ✗ {name:<18} {why}");
        let _ = writeln!(out, "      without it, code could {}", layer.keeps_from());
        let _ = writeln!(out, "      to have it: {}", remedy(*layer));
    }
    out
}

/// What to do about a layer that is missing.
fn remedy(layer: Layer) -> &'static str {
    match layer {
        Layer::Landlock => "Linux 5.13 or later, started with `lsm=landlock,…`",
        Layer::Seccomp => {
            "a kernel with seccomp, on x86-64, aarch64 or riscv64; in a container, leave its filter on"
        }
        Layer::UserNamespace
        | Layer::PidNamespace
        | Layer::MountNamespace
        | Layer::NetNamespace
        | Layer::IpcNamespace => {
            "sysctl user.max_user_namespaces above 0, kernel.apparmor_restrict_unprivileged_userns=0; \
             in a container, --cap-add SYS_ADMIN"
        }
        Layer::UnprivilegedUser => "let everybody read the toolchain and what is in GRADE_CACHE",
        Layer::Cgroup => {
            "run below a group that is yours: systemd-run --user --scope -p Delegate=yes"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_layer_is_told_with_its_reason_and_its_remedy() {
        let examined = Examined {
            layers: vec![Layer::Seccomp],
            missing: vec![
                Missing {
                    layer: Layer::Landlock,
                    why: "the kernel is old".to_owned(),
                },
                Missing {
                    layer: Layer::UserNamespace,
                    why: "not permitted".to_owned(),
                },
            ],
            is_root: false,
        };
        let text = render(&examined);
        for line in [
            "  ✓ seccomp\n",
            "  ✗ landlock           the kernel is old\n",
            "  ✗ net-namespace      not permitted\n",
            "  · unprivileged-user  not needed by this user\n",
            "to have it: Linux 5.13",
        ] {
            assert!(text.contains(line), "no {line:?} in\n{text}");
        }
    }
}
