//! must-not-compile: lifetime, E0521
//! what: the body puts the resource into a list outside
//! about: with_resource

use scoped_resource::with_resource;

pub async fn lends() {
    let mut kept = Vec::new();
    for _ in 0..2 {
        with_resource(
            async || "roll".to_owned(),
            |_, _| async {},
            async |r| {
                kept.push(r);
            },
        )
        .await;
    }
    for r in &kept {
        let _ = r.next();
    }
}

fn main() {}
