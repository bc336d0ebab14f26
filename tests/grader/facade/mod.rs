//! The facade beside tokio: what rustdoc says that each has for its users. See "Move tokio" in
//! CONTRIBUTING.md.

mod compared;
mod decisions;
mod items;
mod rustdoc;
mod signature;

use compared::Compared;
use decisions::Decisions;
use items::Items;

#[test]
fn every_public_item_of_tokio_is_in_the_facade_or_listed_as_withheld() {
    let compared = Compared::read();
    // A format of rustdoc's that reads as an empty crate would agree with anything.
    let spawn = "fn(F) -> JoinHandle<F::Output> \
                 where F: 'static, F: Future, F: Send, F::Output: 'static, F::Output: Send";
    for (path, shape) in [
        ("tokio::spawn", spawn),
        ("tokio::fs::File: AsyncRead", "impl"),
        (
            "tokio::fs::File::open",
            "async fn(impl AsRef<Path>) -> Result<Self>",
        ),
        (
            "tokio::sync::mpsc::Receiver::recv",
            "async fn(&mut Self) -> Option<T>",
        ),
        ("tokio::time::error::Elapsed", "struct"),
        ("tokio::select", "macro"),
    ] {
        for items in [&compared.stable, &compared.unstable, &compared.facade] {
            assert_eq!(items.shape(path), Some(shape), "{path}");
        }
    }
    let lines = compared.disagreements(&Decisions::read());
    let count = lines.len();
    assert!(
        lines.is_empty(),
        "{count} disagreements:\n{}",
        lines.join("\n")
    );
}

#[test]
fn each_way_to_disagree_is_told_in_a_line() {
    let stable = [
        ("tokio::net::TcpStream", "struct"),
        ("tokio::net::TcpStream::connect", "async fn()"),
        ("tokio::task::JoinMap", "struct"),
        ("tokio::task::JoinMap::len", "fn(&Self) -> usize"),
        ("tokio::time::pause", "fn()"),
        ("tokio::time::sleep", "fn(Duration) -> Sleep"),
    ];
    let unstable = [
        ("tokio::runtime::Dump", "struct"),
        ("tokio::task::Builder", "struct"),
    ];
    let facade = [
        ("tokio::task::Builder", "struct"),
        ("tokio::task::shout", "fn()"),
        ("tokio::time::pause", "fn()"),
        ("tokio::time::sleep", "async fn(Duration)"),
    ];
    let compared = Compared {
        stable: Items::from_iter(stable),
        unstable: stable.into_iter().chain(unstable).collect(),
        facade: Items::from_iter(facade),
    };
    let decisions = Decisions::of(
        r#"
        withheld = [
            { items = ["tokio::net", "tokio::time::pause", "tokio::gone"] },
            { items = ["tokio::runtime::Dump", "tokio::elsewhere"], not_built = true },
        ]
        added = [{ items = ["tokio::time"] }]
        "#,
    );
    let told = compared.disagreements(&decisions);
    let expected = [
        "tokio::task::JoinMap is neither in the facade nor listed as withheld: struct",
        "tokio::task::Builder is in the facade, and in tokio only under tokio_unstable",
        "tokio::task::shout is in the facade, and not in tokio",
        "tokio::time::sleep differs\n    tokio:  fn(Duration) -> Sleep\n    facade: async fn(Duration)",
        "tokio::time::pause is listed as withheld, and the facade has it",
        "tokio::gone is listed as withheld, and tokio does not have it",
        "tokio::runtime::Dump is listed as not built, and tokio has it",
        "tokio::time is listed as added, and adds nothing to tokio",
    ];
    assert_eq!(told, expected);
}
