//! must-not-compile: lifetime
//! what: two scopes, one in the other, exchange their resources
//! about: with_resource

use scoped_resource::with_resource;

trait Exchange {
    fn exchange(&mut self, other: &mut Self);
}

impl<T> Exchange for T {
    fn exchange(&mut self, other: &mut Self) {
        std::mem::swap(self, other);
    }
}

pub async fn lends() {
    with_resource(
        async || "roll".to_owned(),
        |_, _| async {},
        async |mut outer| {
            with_resource(
                async || "roll".to_owned(),
                |_, _| async {},
                async |mut inner| {
                    outer.exchange(&mut inner);
                    let _ = inner.next();
                },
            )
            .await;
            let _ = outer.next();
        },
    )
    .await;
}

fn main() {}
