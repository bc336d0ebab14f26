pub fn program() -> u64 { todo!() }
