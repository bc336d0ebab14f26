//! What `fetch_all` gave, and what can be required of that.

use judge::{Findings, Run, count};

use crate::wording::{list, shown};

/// What it gave for one URL: the page's URL and status, or the error's name.
pub type Given = Result<(String, u16), String>;

/// The results of each call of `fetch_all`, in order.
pub fn results(run: &Run) -> Vec<Vec<Given>> {
    run.notes("returned").values()
}

/// The pages of the results are these, place by place.
pub fn are_in_order(given: &[Given], expected: &[&str]) -> Findings {
    let got: Vec<String> = given.iter().map(page).collect();
    let (kind, message) = if sorted(&got) == sorted(expected) {
        (
            "wrong-order",
            "the results are not in the order of the URLs",
        )
    } else {
        ("wrong-value", "the results are not one for each URL")
    };
    Findings::unless(got == expected, kind, message)
        .expected(in_order(expected))
        .got(in_order(&got))
}

/// The results are these, wherever they stand.
pub fn are_in_any_order(given: &[Given], expected: &[&str]) -> Findings {
    let got: Vec<String> = given.iter().map(in_full).collect();
    let mut extra = got.clone();
    let mut missing = expected.to_vec();
    missing.retain(|result| {
        let same = extra.iter().position(|other| other == result);
        same.map(|at| extra.remove(at)).is_none()
    });
    let message = if missing.is_empty() {
        format!("{} too many", count(extra.len(), "result"))
    } else {
        let all = count(expected.len(), "result");
        format!(
            "{} of {all} missing: {}",
            missing.len(),
            list(missing.iter().copied())
        )
    };
    let right = missing.is_empty() && extra.is_empty();
    Findings::unless(right, "wrong-value", message)
        .expected("one result for each URL, an `Err` only where the request failed")
        .got(counted(&got))
}

fn in_order(pages: &[impl AsRef<str>]) -> String {
    let pages: Vec<&str> = pages.iter().map(AsRef::as_ref).collect();
    if pages.is_empty() {
        "no results".to_owned()
    } else {
        pages.join(", ")
    }
}

/// Each different text once, with how often it is there.
fn counted(texts: &[String]) -> String {
    let mut times: Vec<(&str, usize)> = Vec::new();
    for text in texts {
        match times.iter_mut().find(|(other, _)| other == text) {
            Some((_, times)) => *times += 1,
            None => times.push((text, 1)),
        }
    }
    let said = |(text, times): (&str, usize)| match times {
        1 => text.to_owned(),
        times => format!("{times} × {text}"),
    };
    let said: Vec<String> = times.into_iter().map(said).collect();
    if said.is_empty() {
        "no results".to_owned()
    } else {
        said.join(", ")
    }
}

fn page(given: &Given) -> String {
    given
        .as_ref()
        .map_or_else(|_| in_full(given), |(url, _)| shown(url).to_owned())
}

fn in_full(given: &Given) -> String {
    match given {
        Ok((url, status)) => format!("Ok({} {status})", shown(url)),
        Err(error) => format!("Err({error})"),
    }
}

fn sorted(pages: &[impl ToString]) -> Vec<String> {
    let mut pages: Vec<_> = pages.iter().map(ToString::to_string).collect();
    pages.sort();
    pages
}
