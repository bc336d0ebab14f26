//! must-compile
//! what: the body returns a copy of the resource's name, and a ticket

use scoped_resource::with_resource;

pub async fn lends() {
    let kept = with_resource(
        async || "roll".to_owned(),
        |_, _| async {},
        async |r| (r.name().to_owned(), r.next()),
    )
    .await;
    let _: (String, u32) = kept;
}

fn main() {}
