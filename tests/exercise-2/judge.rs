//! What must be true of a student's file processing.
//!
//! Every check asks for one thing. Where doing nothing would satisfy it, it also asks that the work
//! was done, by the sizes of the files alone, so that a mistake about lines or words costs once.

use judge::{Findings, Run, judge, ms};

mod contents;
mod failure;
mod huge;
mod reading;
mod values;
mod work;

use contents::{ADDED_UP, AMONG_BROKEN, COUNTED};
use reading::{Reading, at_every_instant_at_most};
use values::{
    Expected, Stats, are_answers, are_totals, counts_of, error, holding, in_words, words_and_bytes,
};
use work::{are_in_order, sizes_are, words_are};

judge::judges!();

#[judge(
    points = 8,
    title = "lines, words and bytes are counted by the rules",
    hint = "a line ends with `\\n`, and a last line without one counts too; `\\r` ends no line",
    hint = "a word is a run of bytes for which `is_ascii_whitespace` is false, so that a \
            no-break space and punctuation belong to it"
)]
fn counts_lines_words_and_bytes(run: &Run) -> Findings {
    let counts = |lines, words, bytes| Stats {
        lines,
        words,
        bytes,
    };
    let expected = [
        ("empty.txt", counts(0, 0, 0)),
        ("one_line.txt", counts(1, 3, 14)),
        ("unfinished.txt", counts(2, 2, 7)),
        ("blank_lines.txt", counts(3, 0, 3)),
        ("only_spaces.txt", counts(1, 0, 3)),
        ("one_byte.txt", counts(1, 1, 1)),
        ("spaces.txt", counts(3, 3, 17)),
        ("returns.txt", counts(2, 3, 7)),
        ("no_break.txt", counts(1, 2, 15)),
        ("signs.txt", counts(1, 4, 22)),
    ];
    let expected = expected.map(|(file, stats)| Expected {
        file: holding(file, &COUNTED),
        answer: stats.to_string(),
    });
    let [counted, no_files] = Reading::all(run);
    let none = are_answers(&[], &counts_of(&no_files.answers()));
    are_answers(&expected, &counts_of(&counted.answers())).and(none)
}

#[judge(
    points = 6,
    title = "answers come in the order of the paths",
    hint = "which file is finished first has nothing to do with where its answer belongs",
    hint = "take each path's index along, and put the answers in order at the end"
)]
fn keeps_input_order(run: &Run) -> Findings {
    let sizes = [3840, 3200, 2560, 1920, 1280, 640];
    let reading = Reading::only(run);
    sizes_are(&reading, &sizes).or_else(|| are_in_order(&reading, &sizes))
}

#[judge(
    points = 6,
    title = "files are read at the same time",
    hint = "`.await` in a loop finishes one file before the next is opened",
    hint = "join_all, a JoinSet or a stream's buffer_unordered let several files go on together"
)]
fn files_overlap(run: &Run) -> Findings {
    // Each takes 105 ms. One that is read twice, or not before all are open, may take twice as long,
    // and a few ms more where opening is slower.
    const ENOUGH_MS: u64 = 250;
    let reading = Reading::only(run);
    let took = reading.returned_ms - reading.called_ms;
    let message = format!(
        "8 files of 105 ms each took {}, and `max_open` is 8",
        ms(took)
    );
    let overlap = Findings::unless(took <= ENOUGH_MS, "too-sequential", message)
        .expected(format!("about 105 ms, and no more than {}", ms(ENOUGH_MS)))
        .got(ms(took));
    sizes_are(&reading, &[6400; 8]).or_else(|| overlap)
}

#[judge(
    points = 8,
    title = "no more than `max_open` files are ever open",
    hint = "join_all starts everything that it is given; buffer_unordered or a semaphore sets a \
            limit",
    hint = "hold the permit until the file is closed, not only until it is open"
)]
fn never_more_than_max_open(run: &Run) -> Findings {
    let sizes = [640, 1280, 1920, 2560];
    let [three, one] = Reading::all(run);
    let kept = three
        .keeps_to_max_open()
        .or_else(|| one.keeps_to_max_open())
        .or_else(|| at_every_instant_at_most(three.max_open, run));
    sizes_are(&three, &sizes.repeat(3))
        .or_else(|| sizes_are(&one, &sizes))
        .or_else(|| kept)
}

/// The sizes of the files of which the first takes far longer than the others.
const UNEVEN: [u64; 10] = [6400, 640, 640, 640, 640, 640, 640, 640, 640, 640];

#[judge(
    points = 10,
    title = "`max_open` files are open as long as files are left",
    hint = "a batch waits for its slowest file: open the next file as soon as any is finished",
    hint = "`buffered(n)` keeps a finished file in its window until all files before it are \
            finished, so that fewer than n are open; `buffer_unordered(n)` does not"
)]
fn uses_every_slot(run: &Run) -> Findings {
    let [uneven, even] = Reading::all(run);
    // What std::fs reads is never open here; that it blocks is another check's subject.
    let blocks = !run.never_blocks().is_empty();
    let opened = if blocks {
        Findings::none()
    } else {
        uneven.opens_every_file()
    };
    let used = opened
        .or_else(|| uneven.uses_every_slot())
        .or_else(|| even.uses_every_slot());
    sizes_are(&uneven, &UNEVEN)
        .or_else(|| sizes_are(&even, &[640; 8]))
        .or_else(|| used)
}

#[judge(
    points = 10,
    title = "a file that fails or is not UTF-8 harms no other",
    hint = "the error of one file is that file's answer: use `?` inside the work on one file, \
            not around all of them",
    hint = "a file need not be UTF-8: read and count bytes, not text",
    hint = "give the slot back however the work on a file ends: a guard does that when it is \
            dropped"
)]
fn one_bad_file_harms_no_other(run: &Run) -> Findings {
    let reading = Reading::only(run);
    let got = in_words(&reading.answers(), |stats| {
        words_and_bytes(stats.words, stats.bytes)
    });
    // Code that goes around the disk meets none of its faults, and that is another check's subject.
    let fault = |file, kind, without: String| {
        if !reading.opened(file) && got.contains(&without) {
            without
        } else {
            error(kind)
        }
    };
    let holding = |file| holding(file, &AMONG_BROKEN);
    let missing = "missing.txt, which is not there,".to_owned();
    let locked = "locked.txt, which may not be opened,".to_owned();
    let torn = "torn.txt, which breaks off after 640 bytes,".to_owned();
    let expected = [
        (holding("good_a.txt"), words_and_bytes(2, 11)),
        (missing, error("NotFound")),
        (
            locked,
            fault("locked.txt", "PermissionDenied", words_and_bytes(4, 21)),
        ),
        (
            torn,
            fault("torn.txt", "TimedOut", words_and_bytes(1, 1280)),
        ),
        (holding("latin1.txt"), words_and_bytes(3, 14)),
        (holding("empty.txt"), words_and_bytes(0, 0)),
        (holding("cut.txt"), words_and_bytes(2, 6)),
        (holding("good_b.txt"), words_and_bytes(3, 20)),
    ];
    let expected = expected.map(|(file, answer)| Expected { file, answer });
    are_answers(&expected, &got)
}

#[judge(
    points = 10,
    title = "a huge file is read in pieces while other files go on",
    hint = "`tokio::fs::read` does not block, but it holds the whole file",
    hint = "a huge file takes one of the places, like any other: the others are free for other \
            files",
    hint = "read into one buffer of some kilobytes again and again, and remember between pieces \
            whether you are inside a word"
)]
fn huge_file_in_pieces(run: &Run) -> Findings {
    let reading = Reading::only(run);
    huge::holds_less_than_half(&reading, "huge.txt")
        .and(huge::others_go_on_beside(&reading, "huge.txt"))
        .and(huge::is_counted(&reading.answers()))
}

#[judge(
    points = 6,
    title = "a huge file of a single line is read in pieces too",
    hint = "a line can be as long as the file: read pieces of a fixed size, not lines"
)]
fn huge_line_in_pieces(run: &Run) -> Findings {
    let reading = Reading::only(run);
    let read = huge::answer(&reading.answers()).err().unwrap_or_default();
    huge::holds_less_than_half(&reading, "huge_line.txt").and(read)
}

#[judge(
    points = 6,
    title = "reading never blocks the executor",
    hint = "`std::fs` waits for the disk with the whole thread; `tokio::fs` lets other tasks run \
            meanwhile"
)]
fn never_blocks_the_executor(run: &Run) -> Findings {
    sizes_are(&Reading::only(run), &[640; 4]).or_else(|| run.never_blocks())
}

#[judge(
    points = 6,
    title = "`word_totals` adds up whole words over all files",
    hint = "the key is the whole word, with its case and its punctuation",
    hint = "decode a word with `String::from_utf8_lossy`: several words may become one key, and \
            then their counts add up",
    hint = "the end of a file ends its last word"
)]
fn totals_whole_words(run: &Run) -> Findings {
    let expected = [
        ("the", 3),
        ("cat", 1),
        ("The", 1),
        ("CAT", 1),
        ("end", 1),
        ("don't,", 1),
        ("don't", 2),
        ("-", 1),
        ("stop", 1),
        ("a\u{a0}b", 1),
        ("a", 1),
        ("b", 1),
        ("caf\u{fffd}", 2),
        ("café", 1),
        ("tail", 3),
    ];
    let [added_up, no_files] = Reading::all(run);
    let none = are_totals(&[], &no_files.totals(), &[]);
    are_totals(&expected, &added_up.totals(), &ADDED_UP).and(none)
}

#[judge(
    points = 6,
    title = "`word_totals` keeps `max_open` files open, and no more",
    hint = "both functions have the limit: at most `max_open` files are open, and that many \
            while files are left",
    hint = "a sum does not depend on the order: `buffer_unordered(max_open)` is enough"
)]
fn totals_keep_to_max_open(run: &Run) -> Findings {
    let reading = Reading::only(run);
    let used = run
        .never_blocks()
        .or_else(|| reading.opens_every_file())
        .or_else(|| reading.uses_every_slot());
    let kept = reading
        .keeps_to_max_open()
        .or_else(|| at_every_instant_at_most(reading.max_open, run));
    words_are(&reading, UNEVEN.iter().sum()).or_else(|| used.and(kept))
}

#[judge(
    points = 6,
    title = "`word_totals` reads a huge file in pieces",
    hint = "keep only the totals and the word that the piece broke off in",
    hint = "a character can lie across two pieces: decode a word when it is whole"
)]
fn totals_of_a_huge_file(run: &Run) -> Findings {
    let words = ["grüße", "from", "€uros€€", "naïve", "q7"].map(|word| (word, 28_340));
    let expected: Vec<_> = words
        .into_iter()
        .chain([("0123456789abcde", 1024)])
        .collect();
    let [lines, line] = Reading::all(run);
    let judged = |reading: &Reading, file| {
        huge::holds_less_than_half(reading, file).and(are_totals(&expected, &reading.totals(), &[]))
    };
    judged(&lines, "huge.txt").or_else(|| judged(&line, "huge_line.txt"))
}

#[judge(
    points = 6,
    title = "`word_totals` returns the error that came first in time",
    hint = "look at results as they come, not in the order of the list: the first `Err` that \
            comes is the answer"
)]
fn first_error_in_time(run: &Run) -> Findings {
    let [two_torn, one_missing, one_locked] = Reading::all(run);
    let missing = || {
        Findings::one(
            "wrong-value",
            "missing.txt is not there, and that is no error",
        )
    };
    failure::is_returned(&two_torn, || words_are(&two_torn, 6400 + 3200 + 3200 + 64))
        .and(failure::is_returned(&one_missing, missing))
        .and(failure::is_returned(&one_locked, || {
            words_are(&one_locked, 640 + 64 + 640)
        }))
}

#[judge(
    points = 6,
    title = "after an error nothing is opened and nothing left running",
    hint = "when you return early, drop the futures that are still reading: dropping stops them",
    hint = "a dropped JoinHandle leaves its task running; a dropped JoinSet does not"
)]
fn stops_at_the_first_error(run: &Run) -> Findings {
    let reading = Reading::only(run);
    failure::nothing_is_opened_after_it(&reading, || words_are(&reading, 12 * 640)).and(
        run.nothing_runs_after("returned")
            .or_else(|| failure::no_file_stays_open(&reading)),
    )
}
