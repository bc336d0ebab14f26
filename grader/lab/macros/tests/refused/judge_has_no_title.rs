use lab_macros::judge;

struct Run;
struct Findings;

#[judge(points = 5, hint = "wait")]
fn waits(_: &Run) -> Findings {
    Findings
}

fn main() {}
