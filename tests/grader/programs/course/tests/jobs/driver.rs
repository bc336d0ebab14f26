//! Nine jobs, three at a time, the first the longest; job `n` gives `n`.

use std::convert::Infallible;

use contract::run;
use lab::{Lab, drive};

lab::driver!(contract);

#[drive]
async fn runs(lab: Lab) {
    let lasting_ms = [500, 100, 200, 100, 100, 200, 100, 100, 200];
    let service = lab.service("job");
    let jobs = lasting_ms.into_iter().zip(0_u64..).map(|(ms, n)| {
        let service = service.clone();
        async move {
            let Ok(n) = service
                .call(&n.to_string(), ms, Ok::<_, Infallible>(n))
                .await;
            n
        }
    });
    let results = run(3, jobs.collect()).await;
    lab.note("returned", results);
}
