pub async fn tick(_times: u64, _work: impl AsyncFn(u64)) { todo!() }
