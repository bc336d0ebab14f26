//! caught-by: the_release_sees_the_error
//! finding: wrong-value
//!
//! The misconception: what stands behind the body runs. The `?` leaves before it.

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exit {
    Done,
    Failed(String),
    Panicked,
    Cancelled,
}

pub async fn using<T, R, F>(
    acquire: impl AsyncFnOnce() -> Result<u32, String>,
    body: impl AsyncFnOnce(u32) -> Result<T, String>,
    mut release: R,
) -> Result<T, String>
where
    R: FnMut(u32, Exit) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let resource = acquire().await?;
    let value = body(resource).await?;
    release(resource, Exit::Done).await;
    Ok(value)
}

pub async fn using_all<T, R, F>(
    names: Vec<String>,
    acquire: impl AsyncFn(String) -> Result<u32, String>,
    body: impl AsyncFnOnce(Vec<u32>) -> Result<T, String>,
    mut release: R,
) -> Result<T, String>
where
    R: FnMut(u32, Exit) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let mut resources = Vec::new();
    for name in names {
        resources.push(acquire(name).await?);
    }
    let value = body(resources.clone()).await?;
    for resource in resources.into_iter().rev() {
        release(resource, Exit::Done).await;
    }
    Ok(value)
}
