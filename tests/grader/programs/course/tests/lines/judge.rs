//! The longest line, its end left out, in a small part of the memory that the file would take.

use judge::{Findings, Run, judge};

judge::judges!();

const MOST_KIB: u64 = 256;

#[judge(
    points = 100,
    title = "the file is read in pieces",
    hint = "`BufReader` and `lines` hold one line at a time"
)]
fn reads(run: &Run) -> Findings {
    let held: Option<u64> = run.notes("heap_kib").value();
    let longest = run.notes("longest").equals(&Some(100));
    longest.or_else(|| match held.filter(|kib| *kib > MOST_KIB) {
        None => Findings::none(),
        Some(kib) => Findings::one("holds-too-much", format!("{kib} KiB of heap at a time"))
            .expected(format!("at most {MOST_KIB} KiB; the file has about 1000"))
            .got(format!("{kib} KiB")),
    })
}
