//! must-not-compile: lifetime
//! what: the body returns a future that uses the resource
//! about: with_resource

use scoped_resource::with_resource;

pub async fn lends() {
    let kept = with_resource(
        async || "roll".to_owned(),
        |_, _| async {},
        async |r| async move { r.next() },
    )
    .await;
    let _: u32 = kept.await;
}

fn main() {}
