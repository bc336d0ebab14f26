//! Resources that are lent. No expected value is in here.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::task::Poll;

use contract::with_resource;
use lab::{Lab, drive};

lab::driver!(contract);

/// Long enough for everything in a scene to be over, in virtual milliseconds.
const AFTERWARDS_MS: u64 = 1000;

type Releasing = Pin<Box<dyn Future<Output = ()> + Send>>;
/// What a scope gives: the body's value, and the tickets that were torn off in it.
type Given = (u32, Vec<u32>);

/// One resource, and the scope that it is lent in. Everything is noted under the scene's name.
#[derive(Clone)]
struct Scene {
    lab: Lab,
    name: String,
    resource: String,
    value: u32,
    tickets: u32,
    /// How long each takes, in virtual milliseconds.
    acquire_ms: u64,
    use_ms: u64,
    release_ms: u64,
}

impl Scene {
    fn new(lab: &Lab, name: &str) -> Self {
        let draw = |what: &str, plain, range| lab.draw(&format!("{name} {what}"), plain, range);
        let small = |number: u64| u32::try_from(number).expect("a small number");
        let scene = Self {
            lab: lab.clone(),
            name: name.to_owned(),
            resource: format!("{name} roll {}", draw("roll", 1, 1..=900)),
            value: small(draw("value", 7, 0..=999)),
            tickets: small(draw("tickets", 2, 0..=5)),
            acquire_ms: draw("acquire", 100, 10..=150),
            use_ms: draw("use", 200, 10..=300),
            release_ms: draw("release", 100, 10..=150),
        };
        scene.note("is", (&scene.resource, scene.value, scene.tickets));
        scene
    }

    fn note(&self, what: &str, value: impl lab::serde::Serialize) {
        self.lab.note(&format!("{} {what}", self.name), value);
    }

    /// A call of the scene's, which takes so long.
    async fn call(&self, what: &str, ms: u64) {
        let service = self.lab.service(&format!("{} {what}", self.name));
        let answer: Result<(), ()> = Ok(());
        let _ = service.call("", ms, answer).await;
    }

    async fn acquire(&self) -> String {
        self.call("acquire", self.acquire_ms).await;
        self.resource.clone()
    }

    fn release(&self) -> impl FnOnce(String, u32) -> Releasing + Send + 'static + use<> {
        let scene = self.clone();
        move |name, torn_off| {
            Box::pin(async move {
                scene.note("release", (name, torn_off));
                scene.call("release", scene.release_ms).await;
            })
        }
    }

    /// A scope in which `inside` happens when the scene's own use is over.
    async fn lends<T>(&self, inside: impl AsyncFnOnce() -> T) -> Given {
        let body = async |name: String| {
            self.note("lent", name);
            self.call("use", self.use_ms).await;
            inside().await;
            self.value
        };
        let acquire = async || self.acquire().await;
        with_resource(acquire, self.release(), body, self.tickets).await
    }

    /// Notes what the scope gives; then nothing happens for a while.
    async fn plays<T>(&self, inside: impl AsyncFnOnce() -> T) {
        let given = self.lends(inside).await;
        self.note("returned", given);
    }
}

/// One scope; then one in another.
#[drive]
async fn lent_and_released(lab: Lab) {
    let scene = Scene::new(&lab, "one");
    scene.plays(async || {}).await;
    lab.sleep(AFTERWARDS_MS).await;
    let (outer, inner) = (Scene::new(&lab, "outer"), Scene::new(&lab, "inner"));
    outer.plays(async || inner.plays(async || {}).await).await;
    lab.sleep(AFTERWARDS_MS).await;
}

/// The body panics; then the scope is dropped wherever it waits.
#[drive(virtual_limit_ms = 600_000)]
async fn released_on_every_way_out(lab: Lab) {
    let scene = Scene::new(&lab, "panics");
    let panics = format!("no luck with {}", lab.draw("trouble", 13, 1..=999));
    // Without the hook: a panic that the grader sees in here is its own.
    let scope = scene.lends(async || -> () { resume_unwind(Box::new(panics.clone())) });
    let came_out = survive(scope, &panics).await;
    scene.note("over", came_out);
    lab.sleep(AFTERWARDS_MS).await;
    lab.cancel_everywhere(12, async |cancel| {
        let scene = Scene::new(&lab, "it");
        let _ = cancel.run(scene.lends(async || {})).await;
        lab.sleep(AFTERWARDS_MS).await;
    })
    .await;
}

/// Whether a panic with this message comes out of `future`; every other goes on.
async fn survive(future: impl Future<Output = Given>, expected: &String) -> bool {
    let mut future = Box::pin(future);
    poll_fn(|cx| {
        let polled = catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx)));
        match polled {
            Ok(poll) => poll.map(|_| false),
            Err(panic) if panic.downcast_ref() == Some(expected) => Poll::Ready(true),
            Err(panic) => resume_unwind(panic),
        }
    })
    .await
}
