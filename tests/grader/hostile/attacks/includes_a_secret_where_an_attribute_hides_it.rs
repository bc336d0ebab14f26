//! is rejected
#[cfg_attr(all(), path = "@SECRET@")]
mod secret;

pub async fn answer() -> u32 {
    42
}
