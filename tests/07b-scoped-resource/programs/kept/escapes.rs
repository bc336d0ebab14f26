//! must-not-compile: lifetime, E0521
//! what: the body keeps the resource in a variable outside
//! about: with_resource

use scoped_resource::with_resource;

pub async fn lends() {
    let mut kept = None;
    with_resource(
        async || "roll".to_owned(),
        |_, _| async {},
        async |r| {
            kept = Some(r);
        },
    )
    .await;
    let _ = kept.map(|r| r.next());
}

fn main() {}
