//! Resources that are acquired, used and released. No expected value is in here.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::task::Poll;

use contract::{Exit, using, using_all};
use lab::{Lab, drive};

lab::driver!(contract);

/// Long enough for everything in a scene to be over, in virtual milliseconds.
const AFTERWARDS_MS: u64 = 1000;

type Answer = Result<u32, String>;
type Releasing = Pin<Box<dyn Future<Output = ()> + Send>>;

/// How a body ends.
#[derive(Clone, Copy)]
enum Ends {
    Well,
    Badly,
    InAPanic,
}

/// One place where resources come from and go back to. Everything in it is noted under the scene's name.
#[derive(Clone)]
struct Scene {
    lab: Lab,
    name: String,
    /// The resources there are, in the order in which they are asked for.
    numbers: Vec<u32>,
    /// Which of them cannot be had, from 0.
    broken: Option<usize>,
    /// What the use gives.
    value: u32,
    /// What an error, or a panic, says.
    trouble: String,
    /// How long each takes, in virtual milliseconds.
    acquire_ms: u64,
    use_ms: u64,
    release_ms: u64,
}

impl Scene {
    fn new(lab: &Lab, name: &str, resources: u32) -> Self {
        let draw = |what: &str, plain, range| lab.draw(&format!("{name} {what}"), plain, range);
        let small = |number: u64| u32::try_from(number).expect("a small number");
        let first = small(draw("first", 1, 1..=900));
        let step = small(draw("step", 1, 1..=9));
        let numbers: Vec<u32> = (0..resources).map(|n| first + step * n).collect();
        let value = small(draw("value", 7, 0..=999));
        let trouble = format!("no luck with {}", draw("trouble", 13, 1..=999));
        let scene = Self {
            lab: lab.clone(),
            name: name.to_owned(),
            numbers,
            broken: None,
            value,
            trouble,
            acquire_ms: draw("acquire", 100, 10..=150),
            use_ms: draw("use", 200, 10..=300),
            release_ms: draw("release", 100, 10..=150),
        };
        scene.note("is", (&scene.numbers, value, &scene.trouble));
        scene
    }

    fn note(&self, what: &str, value: impl lab::serde::Serialize) {
        self.lab.note(&format!("{} {what}", self.name), value);
    }

    async fn acquire(&self, at: usize) -> Answer {
        let answer = if self.broken == Some(at) {
            Err(self.trouble.clone())
        } else {
            Ok(self.numbers[at])
        };
        let service = self.lab.service(&format!("{} acquire", self.name));
        let answer = service.call(&at.to_string(), self.acquire_ms, answer).await;
        if let Ok(number) = &answer {
            self.note("acquired", number);
        }
        answer
    }

    /// One resource with this name: its place among those that there are.
    async fn named(&self, name: String) -> Answer {
        match name.parse() {
            Ok(at) if at < self.numbers.len() => self.acquire(at).await,
            _ => Err(format!("there is no resource {name:?}")),
        }
    }

    async fn body(&self, lent: Vec<u32>, ends: Ends) -> Answer {
        self.note("lent", lent);
        let answer = match ends {
            Ends::Well | Ends::InAPanic => Ok(self.value),
            Ends::Badly => Err(self.trouble.clone()),
        };
        let service = self.lab.service(&format!("{} use", self.name));
        let answer = service.call("", self.use_ms, answer).await;
        if let Ends::InAPanic = ends {
            fails(&self.trouble);
        }
        self.note("used", ());
        answer
    }

    fn release(&self) -> impl FnMut(u32, Exit) -> Releasing + Send + 'static + use<> {
        let scene = self.clone();
        move |number, exit| {
            let scene = scene.clone();
            Box::pin(async move {
                scene.note("release", (number, format!("{exit:?}")));
                let service = scene.lab.service(&format!("{} release", scene.name));
                let answer: Result<(), ()> = Ok(());
                let _ = service
                    .call(&number.to_string(), scene.release_ms, answer)
                    .await;
                scene.note("released", number);
            })
        }
    }

    fn names(&self) -> Vec<String> {
        (0..self.numbers.len()).map(|at| at.to_string()).collect()
    }

    /// `using` with the first resource.
    async fn one(&self, ends: Ends) -> Answer {
        let body = async |number| self.body(vec![number], ends).await;
        let acquire = async || self.acquire(0).await;
        using(acquire, body, self.release()).await
    }

    /// `using_all` with all of them.
    async fn all(&self, ends: Ends) -> Answer {
        let body = async |numbers| self.body(numbers, ends).await;
        let acquire = async |name| self.named(name).await;
        using_all(self.names(), acquire, body, self.release()).await
    }

    /// Notes what comes out of it; then nothing happens for a while.
    async fn plays(&self, using: impl Future<Output = Answer>) {
        let given: Result<Answer, String> = Ok(using.await);
        self.note("returned", given);
        self.lab.sleep(AFTERWARDS_MS).await;
    }

    /// The same, where the scene's own panic is expected to come out.
    async fn panics(&self, using: impl Future<Output = Answer>) {
        let given = self.survive(using).await;
        self.note("returned", given);
        self.lab.sleep(AFTERWARDS_MS).await;
    }

    /// What comes out of `future`, or the scene's own panic; every other goes on.
    async fn survive(&self, future: impl Future<Output = Answer>) -> Result<Answer, String> {
        let mut future = Box::pin(future);
        poll_fn(|cx| {
            let polled = catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx)));
            let panic = match polled {
                Ok(poll) => return poll.map(Ok),
                Err(panic) => panic,
            };
            match panic.downcast_ref::<String>() {
                Some(message) if *message == self.trouble => Poll::Ready(Err(message.clone())),
                _ => resume_unwind(panic),
            }
        })
        .await
    }

    /// Starts it, and drops it in the middle of its use.
    async fn is_dropped(&self) {
        let scene = self.clone();
        let running = self.lab.spawn(async move { scene.all(Ends::Well).await });
        let begins_ms = self.acquire_ms * self.numbers.len() as u64;
        self.lab.sleep(begins_ms + 5).await;
        running.cancel();
        self.lab.sleep(AFTERWARDS_MS).await;
    }
}

/// Panics without the hook: a panic that the grader sees in here is its own.
fn fails(message: &str) -> ! {
    resume_unwind(Box::new(message.to_owned()))
}

/// How many resources a scene has.
fn several(lab: &Lab, plain: u64) -> u32 {
    u32::try_from(lab.draw("resources", plain, 2..=5)).expect("a small number")
}

/// One resource, then several, then none; all goes well.
#[drive]
async fn acquires_uses_and_releases(lab: Lab) {
    let scene = Scene::new(&lab, "one", 1);
    scene.plays(scene.one(Ends::Well)).await;
    let scene = Scene::new(&lab, "several", several(&lab, 3));
    scene.plays(scene.all(Ends::Well)).await;
    let scene = Scene::new(&lab, "no names", 0);
    scene.plays(scene.all(Ends::Well)).await;
}

/// The body fails with one resource and with several; there is no resource.
#[drive]
async fn the_release_sees_the_error(lab: Lab) {
    let scene = Scene::new(&lab, "one fails", 1);
    scene.plays(scene.one(Ends::Badly)).await;
    let scene = Scene::new(&lab, "several fail", several(&lab, 2));
    scene.plays(scene.all(Ends::Badly)).await;
    let mut scene = Scene::new(&lab, "none to have", 1);
    scene.broken = Some(0);
    scene.plays(scene.one(Ends::Well)).await;
}

/// Several resources: all goes well; one of them cannot be had; nobody waits for the answer.
#[drive]
async fn releases_in_reverse(lab: Lab) {
    let scene = Scene::new(&lab, "whole", several(&lab, 3));
    scene.plays(scene.all(Ends::Well)).await;

    let mut scene = Scene::new(&lab, "gap", several(&lab, 3) + 1);
    let broken = scene.numbers.len() - 2;
    scene.broken = Some(broken);
    lab.note("gap at", broken);
    scene.plays(scene.all(Ends::Well)).await;

    let scene = Scene::new(&lab, "left", several(&lab, 3));
    scene.is_dropped().await;
}

/// The body panics, with one resource and with several.
#[drive]
async fn a_panic_releases_too(lab: Lab) {
    let scene = Scene::new(&lab, "one panics", 1);
    scene.panics(scene.one(Ends::InAPanic)).await;
    let scene = Scene::new(&lab, "several panic", several(&lab, 2));
    scene.panics(scene.all(Ends::InAPanic)).await;
}

/// One resource, then two, dropped wherever they wait.
#[drive(virtual_limit_ms = 600_000)]
async fn released_wherever_it_is_dropped(lab: Lab) {
    lab.cancel_everywhere(16, async |cancel| {
        let scene = Scene::new(&lab, "it", 1);
        let _ = cancel.run(scene.one(Ends::Well)).await;
        lab.sleep(AFTERWARDS_MS).await;
    })
    .await;
    lab.cancel_everywhere(16, async |cancel| {
        let scene = Scene::new(&lab, "it", 2);
        let _ = cancel.run(scene.all(Ends::Well)).await;
        lab.sleep(AFTERWARDS_MS).await;
    })
    .await;
}
