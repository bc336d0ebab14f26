//! must-compile
//! what: the body gives a ticket to a task

use scoped_resource::with_resource;

pub async fn lends() {
    with_resource(
        async || "roll".to_owned(),
        |_, _| async {},
        async |r| {
            let ticket = r.next();
            tokio::task::spawn_local(async move { ticket });
        },
    )
    .await;
}

fn main() {}
