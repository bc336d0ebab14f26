//! must-compile
//! what: the body keeps a ticket in a variable outside

use scoped_resource::with_resource;

pub async fn lends() {
    let mut kept = None;
    with_resource(
        async || "roll".to_owned(),
        |_, _| async {},
        async |r| {
            kept = Some(r.next());
        },
    )
    .await;
    let _: Option<u32> = kept;
}

fn main() {}
