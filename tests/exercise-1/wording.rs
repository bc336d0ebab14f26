//! URLs and outcomes as a report has them.

use crate::crawl::Told;

/// An outcome as the student's code would print it.
pub fn in_full(told: &Told) -> String {
    match told {
        Ok((status, links)) => format!("Fetched {{ status: {status}, links: {links} }}"),
        Err(why) if why == "TimedOut" => why.clone(),
        Err(why) => format!("Failed({why})"),
    }
}

/// An outcome without the number of links.
pub fn without_links(told: &Told) -> String {
    match told {
        Ok((status, _)) => format!("Fetched {{ status: {status}, .. }}"),
        failed => in_full(failed),
    }
}

/// A URL; of the site that most checks crawl, its path is enough.
pub fn shown(url: &str) -> &str {
    url.strip_prefix("http://pets.test")
        .filter(|path| path.starts_with('/'))
        .unwrap_or(url)
}

/// `/a, /b and 3 more`.
pub fn list<'a>(urls: impl IntoIterator<Item = &'a str>) -> String {
    const LISTED: usize = 4;
    let mut words: Vec<String> = urls.into_iter().map(|url| shown(url).to_owned()).collect();
    if words.len() > LISTED {
        let more = words.split_off(LISTED - 1).len();
        words.push(format!("{more} more"));
    }
    let last = words.pop().unwrap_or_else(|| "none".to_owned());
    if words.is_empty() {
        last
    } else {
        format!("{} and {last}", words.join(", "))
    }
}

/// `/a is` and `/a and /b are`.
pub fn list_is(urls: &[&str]) -> String {
    let verb = if urls.len() == 1 { "is" } else { "are" };
    format!("{} {verb}", list(urls.iter().copied()))
}

/// `/a was` and `/a and /b were`.
pub fn list_was(urls: &[&str]) -> String {
    let verb = if urls.len() == 1 { "was" } else { "were" };
    format!("{} {verb}", list(urls.iter().copied()))
}
