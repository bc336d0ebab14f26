//! Runs a scenario among calls whose latencies are the schedule's.

use std::sync::Arc;

use contract::scenario;
use lab::{Lab, drive};
use service::{Answer, Service, World};

lab::driver!(contract);

struct Calls(Lab);

impl Calls {
    fn through<'a>(&'a self, service: &'a str, name: &'a str, usual_ms: u64) -> Answer<'a> {
        let Self(lab) = self;
        Box::pin(async move {
            let latency_ms = lab.draw(name, usual_ms, usual_ms / 2..=usual_ms * 3 / 2);
            let service = lab.service(service);
            let answered: Result<(), ()> = service.call(name, latency_ms, Ok(())).await;
            answered.expect("every call is answered");
        })
    }
}

impl World for Calls {
    fn call<'a>(&'a self, name: &'a str, usual_ms: u64) -> Answer<'a> {
        self.through("call", name, usual_ms)
    }

    fn limited<'a>(&'a self, name: &'a str, usual_ms: u64) -> Answer<'a> {
        self.through("limited call", name, usual_ms)
    }
}

#[drive]
async fn holds(lab: Lab) {
    let held = scenario(Service::new(Arc::new(Calls(lab.clone())))).await;
    lab.note("broken", held.err().map(|broken| broken.to_string()));
}
