//! bug: the answers of buffer_unordered are zipped with the questions
//! finding: wrong-value

use anyhow::ensure;
use futures::{StreamExt, stream};
use service::Service;

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let cities = ["Bern", "Oslo", "Rome", "Wien"];
    let answers = stream::iter(cities).map(|city| {
        let service = service.clone();
        async move {
            service.call("weather", 10).await;
            format!("{city}: sunny")
        }
    });
    let answers: Vec<_> = answers.buffer_unordered(2).collect().await;
    for (city, answer) in cities.iter().zip(&answers) {
        ensure!(answer.starts_with(city), "{city} was told {answer:?}");
    }
    Ok(())
}
