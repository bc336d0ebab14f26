//! passes
struct Again;

impl Drop for Again {
    fn drop(&mut self) {
        let again = Again;
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                let _again = again;
                std::future::pending::<()>().await
            });
        }
    }
}

pub async fn answer() -> u32 {
    tokio::spawn(async {
        let _again = Again;
        std::future::pending::<()>().await
    });
    42
}
