//! must-not-compile: lifetime, E0515
//! what: the body returns the resource's name, borrowed
//! about: with_resource

use scoped_resource::with_resource;

pub async fn lends() {
    let kept = with_resource(
        async || "roll".to_owned(),
        |_, _| async {},
        async |r| r.name(),
    )
    .await;
    let _ = kept.len();
}

fn main() {}
