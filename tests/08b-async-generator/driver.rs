//! What is asked of streams, and when. No expected value is in here.

use std::cell::Cell;
use std::convert::Infallible;
use std::pin::Pin;
use std::time::Duration;

use contract::{async_range, through, until};
use futures::stream::{self, Stream, StreamExt};
use lab::{Lab, drive};
use tokio::time::timeout;

lab::driver!(contract);

type Numbers = Pin<Box<dyn Stream<Item = i64>>>;

/// Notes that it was dropped, under the name of its scene.
struct Held(Lab, String);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.note(&format!("{}: source dropped", self.1), ());
    }
}

/// A scene: a source of numbers, each a call that takes its time, and a step that does.
struct Scene {
    lab: Lab,
    name: &'static str,
    numbers: Vec<(i64, u64)>,
    steps_ms: Vec<u64>,
}

impl Scene {
    /// So many numbers; their steps take these virtual milliseconds, or about so long.
    fn new(lab: &Lab, name: &'static str, steps_ms: &[u64]) -> Self {
        let number = |nth: i64| {
            let value = lab.draw("number", 1, 0..=9).cast_signed();
            (nth * 10 + value, lab.draw("source", 50, 20..=150))
        };
        let step_ms = |ms: &u64| lab.draw("step", *ms, *ms - 20..=*ms + 20);
        let numbers: Vec<_> = (1..).take(steps_ms.len()).map(number).collect();
        let steps_ms: Vec<u64> = steps_ms.iter().map(step_ms).collect();
        lab.note(name, (&numbers, &steps_ms));
        Self {
            lab: lab.clone(),
            name,
            numbers,
            steps_ms,
        }
    }

    fn source(&self) -> impl Stream<Item = i64> + use<> {
        let held = Held(self.lab.clone(), self.name.to_owned());
        let service = self.lab.service(&format!("{}: source", self.name));
        let numbers = self.numbers.clone().into_iter();
        let source = stream::unfold(
            (held, service, numbers),
            async |(held, service, mut left)| {
                let (number, ms) = left.next()?;
                let call = service.call::<_, Infallible>(&number.to_string(), ms, Ok(number));
                let Ok(number) = call.await;
                Some((number, (held, service, left)))
            },
        );
        source.fuse()
    }

    /// A step makes a number the one behind it.
    fn step(&self) -> impl FnMut(i64) -> Pin<Box<dyn Future<Output = i64>>> + use<> {
        let service = self.lab.service(&format!("{}: step", self.name));
        let mut steps_ms = self.steps_ms.clone().into_iter();
        move |number| {
            let ms = steps_ms.next().unwrap_or_default();
            let call = service.call::<_, Infallible>(&number.to_string(), ms, Ok(number + 1));
            Box::pin(async move {
                let Ok(number) = call.await;
                number
            })
        }
    }

    fn through(&self) -> Numbers {
        Box::pin(through(self.source(), self.step()))
    }

    /// Stops at number `last`, from 0.
    fn until(&self, last: usize) -> Numbers {
        let at = self.numbers.get(last).map(|(number, _)| *number);
        let (lab, name) = (self.lab.clone(), self.name);
        lab.note(&format!("{name}: stops at"), at);
        let stop = move |number| {
            lab.note(&format!("{name}: stop?"), number);
            Some(number) == at
        };
        Box::pin(until(self.source(), stop))
    }
}

async fn asks(lab: &Lab, scene: &str, numbers: &mut Numbers) -> Option<i64> {
    lab.note(&format!("{scene}: asked"), ());
    let number = numbers.next().await;
    match number {
        Some(number) => lab.note(&format!("{scene}: came"), number),
        None => lab.note(&format!("{scene}: ended"), ()),
    }
    number
}

/// Takes all numbers, resting so many virtual milliseconds after each. Stops a stream that has more of
/// them than anybody expects.
async fn takes_all(lab: &Lab, scene: &str, numbers: &mut Numbers, rest_ms: u64) {
    for _ in 0..40 {
        if asks(lab, scene, numbers).await.is_none() {
            break;
        }
        if rest_ms > 0 {
            lab.sleep(rest_ms).await;
        }
    }
}

/// A range that begins somewhere, noted under the name of its scene.
fn range(lab: &Lab, scene: &str, length: i64) -> Numbers {
    let start = lab.draw("start", 1003, 0..=2000).cast_signed() - 1000;
    lab.note(scene, (start, start + length));
    Box::pin(async_range(start, start + length))
}

/// The lesson's range, one that is drawn, and two without a number.
#[drive]
async fn a_number_every_100_ms(lab: Lab) {
    lab.note("lesson", (0, 5));
    takes_all(
        &lab,
        "lesson",
        &mut (Box::pin(async_range(0, 5)) as Numbers),
        0,
    )
    .await;
    let length = lab.draw("length", 12, 2..=30).cast_signed();
    for (scene, length) in [("long", length), ("empty", 0), ("backwards", -length)] {
        takes_all(&lab, scene, &mut range(&lab, scene, length), 0).await;
    }
}

/// Steps that take less and less time, and no number at all.
#[drive]
async fn each_goes_through_its_step(lab: Lab) {
    let scene = Scene::new(&lab, "steps", &[500, 300, 200, 80, 40]);
    takes_all(&lab, "steps", &mut scene.through(), 0).await;
    let scene = Scene::new(&lab, "nothing", &[]);
    takes_all(&lab, "nothing", &mut scene.through(), 0).await;
}

/// Streams that nobody asks for a while, and callers that rest after each number.
#[drive]
async fn nothing_runs_ahead(lab: Lab) {
    let rest_ms = lab.draw("rest", 400, 250..=600);
    let mut numbers = range(&lab, "range", 4);
    lab.sleep(rest_ms).await;
    takes_all(&lab, "range", &mut numbers, rest_ms).await;

    let scene = Scene::new(&lab, "through", &[60; 4]);
    let mut numbers = scene.through();
    lab.sleep(rest_ms).await;
    takes_all(&lab, "through", &mut numbers, rest_ms).await;

    let scene = Scene::new(&lab, "until", &[60; 5]);
    let mut numbers = scene.until(3);
    lab.sleep(rest_ms).await;
    takes_all(&lab, "until", &mut numbers, rest_ms).await;
}

/// A number in the middle stops it, the very first does, and none does; and who asks again.
#[drive]
async fn stops_where_it_is_told(lab: Lab) {
    let last = lab.draw("last", 3, 1..=4);
    let last = usize::try_from(last).expect("a place is small");
    for (name, last) in [("middle", last), ("first", 0), ("never", 6)] {
        let scene = Scene::new(&lab, name, &[60; 6]);
        let mut numbers = scene.until(last);
        takes_all(&lab, name, &mut numbers, 0).await;
        for rest_ms in [0, 500] {
            lab.sleep(rest_ms).await;
            let again = numbers.next().await;
            lab.note(&format!("{name}: again"), again);
        }
    }
}

/// A stream that has stopped is kept; one is dropped in the middle of a step, one in the middle of its
/// source; and a range is dropped.
#[drive]
async fn an_early_stop_drops_the_rest(lab: Lab) {
    let scene = Scene::new(&lab, "stopped", &[60; 5]);
    let mut numbers = scene.until(2);
    takes_all(&lab, "stopped", &mut numbers, 0).await;
    lab.sleep(300).await;
    drop(numbers);

    let part_ms = lab.draw("part", 15, 1..=19);
    for (name, in_step) in [("in a step", true), ("in the source", false)] {
        let scene = Scene::new(&lab, name, &[100; 4]);
        let mut numbers = scene.through();
        asks(&lab, name, &mut numbers).await;
        let source_ms = if in_step { scene.numbers[1].1 } else { 0 };
        let limit = Duration::from_millis(source_ms + part_ms);
        let early = timeout(limit, numbers.next()).await;
        lab.note(&format!("{name}: early"), early.ok().flatten());
        lab.note(&format!("{name}: dropped"), ());
        drop(numbers);
        lab.sleep(1000).await;
    }

    let mut numbers = range(&lab, "range", 9);
    asks(&lab, "range", &mut numbers).await;
    drop(numbers);
    lab.note("range dropped", ());
    lab.sleep(1000).await;
}

/// One on the other, on an endless range.
#[drive]
async fn they_stand_on_one_another(lab: Lab) {
    let (step_ms, last) = (lab.draw("step", 50, 10..=150), lab.draw("last", 4, 2..=7));
    let last = last.cast_signed();
    let start = lab.draw("start", 1003, 0..=2000).cast_signed() - 1000;
    lab.note("pipeline", (start, last, step_ms));
    let service = lab.service("pipeline: step");
    let steps = Cell::new(0);
    let step = move |number: i64| {
        steps.set(steps.get() + 1);
        let call = service.call::<_, Infallible>(&number.to_string(), step_ms, Ok(number * 2));
        async move {
            let Ok(number) = call.await;
            number
        }
    };
    let doubled = through(async_range(start, i64::MAX), step);
    let mut numbers: Numbers = Box::pin(until(doubled, move |double| double >= 2 * (start + last)));
    takes_all(&lab, "pipeline", &mut numbers, 0).await;
}
