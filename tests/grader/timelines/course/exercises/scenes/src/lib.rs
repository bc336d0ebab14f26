pub async fn scene<F>(_name: &str, _fetches: Vec<F>) where F: Future<Output = u64> + Send + 'static { todo!() }
