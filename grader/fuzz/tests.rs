//! Inputs of the corpus, changed at random: a short run beside the other tests, and the same every time.
//! `GRADE_FUZZ=100000 cargo test --lib fuzz` makes it as long as one likes.

use std::fs;
use std::path::Path;

/// How many inputs of each kind are tried.
fn tries() -> u64 {
    let asked = std::env::var("GRADE_FUZZ").ok();
    asked.and_then(|asked| asked.parse().ok()).unwrap_or(3_000)
}

/// splitmix64: the same numbers in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % most.max(1) as u64).expect("it is below a usize")
    }
}

/// The corpus of one kind.
fn corpus(kind: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/grader/corpus")
        .join(kind);
    let mut paths: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "nothing in {}", folder.display());
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// One input with a few changes: bytes changed, cut out, put in, or taken from another input.
fn changed(corpus: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut input = corpus[random.below(corpus.len())].clone();
    for _ in 0..=random.below(4) {
        let at = random.below(input.len());
        let some = random.below(16);
        match random.below(5) {
            0 if !input.is_empty() => input[at] = random.next().to_le_bytes()[0],
            1 if !input.is_empty() => input[at] ^= 1 << random.below(8),
            2 => drop(input.drain(at..(at + some).min(input.len()))),
            3 => {
                let bytes = random.next().to_le_bytes();
                input.splice(at..at, bytes.into_iter().cycle().take(some));
            }
            _ => {
                let other = &corpus[random.below(corpus.len())];
                let from = random.below(other.len());
                let end = (from + some * 4).min(other.len());
                input.splice(at..at, other[from..end].iter().copied());
            }
        }
    }
    input
}

fn each(kind: &str, look: fn(&[u8])) {
    let corpus = corpus(kind);
    for input in &corpus {
        look(input);
    }
    let mut random = Random(7);
    for _ in 0..tries() {
        look(&changed(&corpus, &mut random));
    }
}

#[test]
fn no_stream_of_frames_breaks_the_decoder() {
    each("frames", super::frames);
}

#[test]
fn no_archive_breaks_the_intake() {
    each("archives", super::archive);
}

#[test]
fn no_text_breaks_the_scan() {
    each("tokens", super::tokens);
}

#[test]
fn no_stored_trace_breaks_its_reader() {
    each("stored", super::stored);
}
