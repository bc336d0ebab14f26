//! Uses the submission as README.md shows. The body gets the resource's name, and gives a value; then so many
//! tickets are torn off.

pub async fn with_resource<T, R, F>(
    acquire: impl AsyncFnOnce() -> String,
    release: R,
    body: impl AsyncFnOnce(String) -> T,
    tickets: u32,
) -> (T, Vec<u32>)
where
    R: FnOnce(String, u32) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    scoped_resource::with_resource(acquire, release, async |r| {
        let torn_off = (0..tickets).map(|_| r.next()).collect();
        (body(r.name().to_owned()).await, torn_off)
    })
    .await
}
