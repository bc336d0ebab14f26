//! must-compile
//! what: the body returns a copy of the resource's name

use scoped_resource::with_resource;

pub async fn lends() {
    let kept = with_resource(
        async || "roll".to_owned(),
        |_, _| async {},
        async |r| r.name().to_owned(),
    )
    .await;
    let _: String = kept;
}

fn main() {}
