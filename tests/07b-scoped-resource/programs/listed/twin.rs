//! must-compile
//! what: the body puts the resource's name into a list outside

use scoped_resource::with_resource;

pub async fn lends() {
    let mut kept = Vec::new();
    for _ in 0..2 {
        with_resource(
            async || "roll".to_owned(),
            |_, _| async {},
            async |r| {
                kept.push(r.name().to_owned());
            },
        )
        .await;
    }
    let _: Vec<String> = kept;
}

fn main() {}
