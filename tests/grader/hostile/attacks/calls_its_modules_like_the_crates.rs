//! passes
mod tokio {
    pub mod time {
        pub async fn sleep(_: ::std::time::Duration) {}
    }
}
mod lab {}
mod kit {}
mod contract {}
mod adapter {}
mod core {}

pub async fn answer() -> u32 {
    tokio::time::sleep(::std::time::Duration::from_secs(1000)).await;
    42
}
