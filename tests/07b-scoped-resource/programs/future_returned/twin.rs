//! must-compile
//! what: the body awaits a future that uses the resource

use scoped_resource::with_resource;

pub async fn lends() {
    let kept = with_resource(
        async || "roll".to_owned(),
        |_, _| async {},
        async |r| async { r.next() }.await,
    )
    .await;
    let _: u32 = kept;
}

fn main() {}
