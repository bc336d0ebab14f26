//! What the command line says of isolation.

use clap::Args;

use crate::sandbox::{Layer, Policy};

#[derive(Debug, Args)]
pub struct Isolation {
    /// Refuse to grade without these layers of isolation; `grade doctor` lists them.
    #[arg(
        long,
        value_name = "LAYER,…",
        value_enum,
        value_delimiter = ',',
        hide_possible_values = true
    )]
    require: Vec<Layer>,
    /// Grade also where the system cannot isolate a submission: only code that you trust.
    #[arg(long)]
    allow_weak_isolation: bool,
    /// Do without these layers, to see what each of them stops.
    #[cfg(debug_assertions)]
    #[arg(
        long,
        value_name = "LAYER,…",
        value_enum,
        value_delimiter = ',',
        hide = true
    )]
    without_layers: Vec<Layer>,
}

impl Isolation {
    pub fn policy(&self) -> Policy {
        Policy {
            required: self.require.clone(),
            allow_weak: self.allow_weak_isolation,
            #[cfg(debug_assertions)]
            without: self.without_layers.clone(),
            #[cfg(not(debug_assertions))]
            without: Vec::new(),
        }
    }
}
