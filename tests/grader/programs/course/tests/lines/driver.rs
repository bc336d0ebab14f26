//! A file of 1 MiB in lines of 64 bytes, one of them longer.

use contract::longest_line;
use lab::{Lab, drive};

lab::driver!(contract);

#[drive(schedules = plain)]
async fn reads(lab: Lab) {
    let line = format!("{}\n", "x".repeat(63));
    let long = format!("{}\n", "x".repeat(100));
    let text = [line.repeat(8_000), long, line.repeat(8_000)].concat();
    let path = lab.disk().put("lines.txt", text);
    let (longest, peak) = lab.heap_peak(longest_line(&path)).await;
    lab.note("longest", longest.ok());
    lab.note("heap_kib", peak.map(|bytes| bytes / 1024 / 16 * 16));
}
