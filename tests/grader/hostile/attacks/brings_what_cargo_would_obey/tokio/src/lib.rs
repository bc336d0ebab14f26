compile_error!("the patched tokio");
