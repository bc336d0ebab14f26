use service::Service;

pub async fn scenario(service: Service) -> anyhow::Result<()> { todo!() }
