pub async fn scenario() -> u64 { todo!() }
