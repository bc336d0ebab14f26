//! A watch that makes a site's connections and requests calls of the services `connection` and `request`.

use lab::Lab;
use lab::service::{Call, Closing, Service};
use web::{Watch, Watched};

pub struct Recorded {
    connections: Service,
    requests: Service,
}

impl Recorded {
    pub fn new(lab: &Lab) -> Self {
        Self {
            connections: lab.service("connection"),
            requests: lab.service("request"),
        }
    }
}

impl Watch for Recorded {
    fn connection(&self, to: &str) -> Box<dyn Watched> {
        Box::new(InFlight(Some(self.connections.begin(to))))
    }

    fn request(&self, url: &str) -> Box<dyn Watched> {
        Box::new(InFlight(Some(self.requests.begin(url))))
    }
}

/// Dropped while it is in flight, its call is recorded as dropped.
struct InFlight(Option<Call>);

impl Watched for InFlight {
    fn answered(&mut self) {
        if let Some(call) = self.0.take() {
            call.close(Closing::Answered);
        }
    }

    fn failed(&mut self, why: &str) {
        if let Some(call) = self.0.take() {
            call.failed(why);
            call.close(Closing::Failed);
        }
    }
}
