//! All lengths in order, all at once, on connections that are used again.

use judge::{Findings, Run, judge};

judge::judges!();

#[judge(
    points = 100,
    title = "pages are fetched together, on connections that are kept",
    hint = "one `join_all`, and every response read to its end"
)]
fn fetches(run: &Run) -> Findings {
    let failed = |url: &str, why: &str| Err::<usize, _>(format!("{url}: {why}"));
    let lengths = [
        Ok(30_000),
        Ok(5),
        Ok(5),
        Ok(9),
        failed("http://b.test/reset", "connection reset"),
        failed("http://b.test/cut", "connection closed before the end"),
        failed("http://nobody.test/", "unknown host"),
    ];
    let got: Vec<Vec<Result<usize, String>>> = run.notes("lengths").values();
    let all = got.iter().all(|got| *got == lengths);
    let (peak, _) = run.calls("request").peak();
    let connections: Vec<usize> = run.notes("connections").values();
    let [first, second] = connections[..] else { return Findings::none() };
    Findings::unless(all, "wrong-value", format!("{:?}", got.first()))
        .or_else(|| Findings::unless(peak > 1, "too-sequential", "one request at a time"))
        .or_else(|| {
            // The two of `b.test` break, each time; the four of `a.test` stay.
            let kept = first <= 6 && second <= first + 2;
            let message = format!("{first} connections came about, and then {} more", second - first);
            Findings::unless(kept, "wrong-value", message).expected("at most 6, and then 2 more")
        })
}
