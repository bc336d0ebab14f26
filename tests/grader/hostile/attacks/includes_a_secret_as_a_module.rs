//! is rejected: `path` is refused
#[path = "@SECRET@"]
mod secret;

pub async fn answer() -> u32 {

    42
}
