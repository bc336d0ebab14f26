//! Shrinks a failing schedule: to the fewest choices, then to the simplest of each, while it still fails.
//!
//! Delta debugging, after Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input"
//! (2002): take away a half, a quarter, an eighth…, and keep what still fails.

use std::collections::BTreeMap;

use trace::schedule::Choice;

/// How often it is asked at most whether a schedule still fails.
const TRIES: usize = 400;

/// Fewer and simpler choices, of which `fails` still holds; `plain` is what each draw gives when nothing
/// departs from it.
///
/// # Errors
/// Those of `fails`.
pub fn shrink<E>(
    choices: Vec<Choice>,
    plain: &BTreeMap<String, u64>,
    mut fails: impl FnMut(&[Choice]) -> Result<bool, E>,
) -> Result<Vec<Choice>, E> {
    let mut tries = 0;
    let mut fails = |choices: &[Choice]| {
        tries += 1;
        Ok(tries <= TRIES && fails(choices)?)
    };
    let mut choices = fewest(choices, &mut fails)?;
    simplest(&mut choices, plain, &mut fails)?;
    // A simpler choice may make another one needless.
    fewest(choices, &mut fails)
}

fn fewest<E>(
    mut choices: Vec<Choice>,
    fails: &mut impl FnMut(&[Choice]) -> Result<bool, E>,
) -> Result<Vec<Choice>, E> {
    let mut size = choices.len().max(1);
    loop {
        let before = choices.len();
        let mut at = 0;
        while at < choices.len() {
            let mut fewer = choices.clone();
            fewer.drain(at..(at + size).min(choices.len()));
            if fails(&fewer)? {
                choices = fewer;
            } else {
                at += size;
            }
        }
        if size == 1 && choices.len() == before {
            return Ok(choices);
        }
        size = size.div_ceil(2).min(choices.len().max(1));
    }
}

fn simplest<E>(
    choices: &mut [Choice],
    plain: &BTreeMap<String, u64>,
    fails: &mut impl FnMut(&[Choice]) -> Result<bool, E>,
) -> Result<(), E> {
    for at in 0..choices.len() {
        match choices[at].clone() {
            Choice::HeldBack { at: poll, turns } => {
                for fewer in 1..turns {
                    let simpler = Choice::HeldBack {
                        at: poll,
                        turns: fewer,
                    };
                    if fails_with(choices, at, simpler, fails)? {
                        break;
                    }
                }
            }
            Choice::Drawn { key, value } => {
                let Some(&plain) = plain.get(&key) else {
                    continue;
                };
                let drawn = |value| Choice::Drawn {
                    key: key.clone(),
                    value,
                };
                // Half way to the plain value, again and again; then a step at a time.
                let mut value = value;
                let mut step = value.abs_diff(plain) / 2;
                while step > 0 {
                    let nearer = towards(value, plain, step);
                    if nearer != plain && fails_with(choices, at, drawn(nearer), fails)? {
                        value = nearer;
                        step = step.min(value.abs_diff(plain) / 2).max(1);
                    } else {
                        step /= 2;
                    }
                }
            }
        }
    }
    Ok(())
}

fn towards(value: u64, plain: u64, step: u64) -> u64 {
    if value < plain {
        value + step
    } else {
        value - step
    }
}

/// Puts `simpler` in the place of a choice if that still fails.
fn fails_with<E>(
    choices: &mut [Choice],
    at: usize,
    simpler: Choice,
    fails: &mut impl FnMut(&[Choice]) -> Result<bool, E>,
) -> Result<bool, E> {
    let before = std::mem::replace(&mut choices[at], simpler);
    let still = fails(choices)?;
    if !still {
        choices[at] = before;
    }
    Ok(still)
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use trace::schedule::Poll;

    use super::*;

    fn held_back(task: u32, turns: u8) -> Choice {
        let at = Poll { task, poll: 0 };
        Choice::HeldBack { at, turns }
    }

    fn drawn(value: u64) -> Choice {
        Choice::Drawn {
            key: "a".to_owned(),
            value,
        }
    }

    fn shrunk(choices: Vec<Choice>, mut fails: impl FnMut(&[Choice]) -> bool) -> Vec<Choice> {
        let plain = BTreeMap::from([("a".to_owned(), 100)]);
        let Ok(shrunk) = shrink(choices, &plain, |choices| {
            Ok::<_, Infallible>(fails(choices))
        });
        shrunk
    }

    fn many() -> Vec<Choice> {
        (0..40).map(|task| held_back(task, 3)).collect()
    }

    #[test]
    fn only_what_is_needed_to_fail_is_left() {
        let needs = |tasks: &'static [u32]| {
            move |choices: &[Choice]| {
                let holds = |task: &u32| {
                    choices.iter().any(
                        |choice| matches!(choice, Choice::HeldBack { at, .. } if at.task == *task),
                    )
                };
                tasks.iter().all(holds)
            }
        };
        assert_eq!(shrunk(many(), needs(&[17])), [held_back(17, 1)]);
        assert_eq!(
            shrunk(many(), needs(&[0, 22, 39])),
            [held_back(0, 1), held_back(22, 1), held_back(39, 1)]
        );
        assert_eq!(shrunk(many(), needs(&[])), []);
    }

    #[test]
    fn a_task_is_held_back_no_longer_than_needed() {
        let fails = |choices: &[Choice]| {
            choices
                .iter()
                .any(|choice| matches!(choice, Choice::HeldBack { turns, .. } if *turns >= 2))
        };
        assert_eq!(shrunk(vec![held_back(1, 3)], fails), [held_back(1, 2)]);
    }

    #[test]
    fn a_draw_comes_as_near_to_its_plain_value_as_still_fails() {
        for (from, least) in [(900, 137), (3, 63)] {
            let fails = |choices: &[Choice]| {
                choices.iter().any(|choice| {
                    matches!(choice, Choice::Drawn { value, .. }
                        if value.abs_diff(100) >= least.max(100_u64).abs_diff(least.min(100)))
                })
            };
            assert_eq!(shrunk(vec![drawn(from)], fails), [drawn(least)]);
        }
    }

    #[test]
    fn it_ends_even_if_every_answer_is_another() {
        let mut answer = false;
        let left = shrunk(many(), |_| {
            answer = !answer;
            answer
        });
        assert!(left.len() <= 40);
    }
}
