pub async fn run<F>(_limit: usize, _jobs: Vec<F>) -> Vec<u64> where F: Future<Output = u64> + Send + 'static { todo!() }
