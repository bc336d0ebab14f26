//! Five ticks; the work of each takes 30 ms.

use contract::tick;
use lab::{Lab, drive};

lab::driver!(contract);

#[drive]
async fn ticks(lab: Lab) {
    let noting = lab.clone();
    let work = async move |number: u64| {
        noting.note("work", number);
        noting.sleep(30).await;
    };
    tick(5, work).await;
    lab.note("returned", ());
}
