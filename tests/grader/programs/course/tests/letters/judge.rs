//! Wherever forwarding is dropped, a letter is in the inbox or was sent, and never both.

use judge::{Findings, Run, judge};

judge::judges!();

const LETTERS: [u64; 3] = [1, 2, 3];

#[judge(
    points = 100,
    title = "no letter is lost, and none is sent twice",
    hint = "take a letter out of the inbox when it was sent, with no await in between"
)]
fn forwards(run: &Run) -> Findings {
    let ends: Vec<(Vec<u64>, Vec<u64>)> = run.notes("dropped").values();
    let Some(((_, sent), dropped)) = ends.split_last() else {
        return Findings::none();
    };
    let all_sent = Findings::unless(*sent == LETTERS, "wrong-value", "not every letter was sent")
        .expected(format!("{LETTERS:?}"))
        .got(format!("{sent:?}"));
    let mut losses = dropped
        .iter()
        .zip(1..)
        .map(|((kept, sent), at)| every_letter_once(at, kept, sent));
    all_sent.or_else(|| losses.find(|found| !found.is_empty()).unwrap_or_default())
}

fn every_letter_once(at: usize, kept: &[u64], sent: &[u64]) -> Findings {
    let mut letters = [kept, sent].concat();
    letters.sort_unstable();
    let message =
        format!("dropped while it awaited `send` number {at}, it lost or repeated a letter");
    Findings::unless(letters == LETTERS, "cancel-unsafe", message)
        .expected(format!("letters {LETTERS:?}, each in the inbox or sent"))
        .got(format!("in the inbox {kept:?}, sent {sent:?}"))
}
