//! must-compile
//! what: the body returns a ticket

use scoped_resource::with_resource;

pub async fn lends() {
    let kept = with_resource(
        async || "roll".to_owned(),
        |_, _| async {},
        async |r| r.next(),
    )
    .await;
    let _: u32 = kept;
}

fn main() {}
