//! must-not-compile: E0521
//! what: the body gives the resource to a task
//! about: with_resource

use scoped_resource::with_resource;

pub async fn lends() {
    with_resource(
        async || "roll".to_owned(),
        |_, _| async {},
        async |r| {
            tokio::task::spawn_local(async move { r.next() });
        },
    )
    .await;
}

fn main() {}
