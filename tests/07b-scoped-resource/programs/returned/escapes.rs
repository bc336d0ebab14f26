//! must-not-compile: lifetime
//! what: the body returns the resource
//! about: with_resource

use scoped_resource::with_resource;

pub async fn lends() {
    let kept = with_resource(async || "roll".to_owned(), |_, _| async {}, async |r| r).await;
    let _ = kept.name();
}

fn main() {}
