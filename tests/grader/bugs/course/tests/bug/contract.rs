//! A scenario: whatever shows a bug.

lab::contract! {
    crate bug;
    use service::Service;

    async fn scenario(service: Service) -> anyhow::Result<()>;
}
