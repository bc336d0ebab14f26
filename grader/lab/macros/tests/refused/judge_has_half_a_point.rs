use lab_macros::judge;

struct Run;
struct Findings;

#[judge(points = 0.5, title = "it waits", hint = "wait")]
fn waits(_: &Run) -> Findings {
    Findings
}

fn main() {}
