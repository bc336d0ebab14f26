use web::{Client, Error};

pub async fn fetch_all(client: &Client, urls: &[String]) -> Vec<Result<usize, Error>> { todo!() }
