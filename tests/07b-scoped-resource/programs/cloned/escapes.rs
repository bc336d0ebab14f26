//! must-not-compile: lifetime, E0599
//! what: the body returns a clone of the resource
//! about: with_resource

use scoped_resource::with_resource;

pub async fn lends() {
    let kept = with_resource(
        async || "roll".to_owned(),
        |_, _| async {},
        async |r| r.clone(),
    )
    .await;
    let _ = kept.name();
}

fn main() {}
