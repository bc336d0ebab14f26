//! "Did you mean": the nearest of the names there are.

/// The candidate nearest to `wanted`, if it is near enough to be what was meant.
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let distance = |candidate: &&str| strsim::damerau_levenshtein(wanted, candidate);
    let best = candidates.into_iter().min_by_key(distance)?;
    let near = strsim::damerau_levenshtein(wanted, best) <= 1 + wanted.chars().count() / 3;
    near.then_some(best)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_near_miss_is_suggested_and_a_far_one_is_not() {
        let ids = ["exercise-1", "exercise-2", "11a-semaphore"];
        assert_eq!(nearest("exercize-2", ids), Some("exercise-2"));
        assert_eq!(
            nearest("semaphor", ["semaphore", "lock"]),
            Some("semaphore")
        );
        assert_eq!(nearest("quicksort", ids), None);
    }
}
