//! must-compile
//! what: a scope in another uses the resources of both

use scoped_resource::with_resource;

pub async fn lends() {
    with_resource(
        async || "roll".to_owned(),
        |_, _| async {},
        async |outer| {
            let both = with_resource(
                async || "roll".to_owned(),
                |_, _| async {},
                async |inner| format!("{} {}", outer.name(), inner.name()),
            )
            .await;
            let _: (String, u32) = (both, outer.next());
        },
    )
    .await;
}

fn main() {}
