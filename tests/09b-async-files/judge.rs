//! What must be true of files.
//!
//! Every check asks for one thing: half a file that somebody sees is told of by one check, an answer before
//! its time by another, and what is on the disk in the end by the first three.

mod contents;
mod halves;

use std::collections::BTreeSet;

use judge::{Findings, Run, count, judge, ms};

use contents::{Given, against, each, error, fails_with, hold, hold_text, is_ok};
use halves::{Seen, is_old_or_new, sees_no_half};

judge::judges!();

#[judge(
    points = 15,
    title = "what is written is what is read back, and nothing else",
    hint = "a text that is shorter than the one before must leave nothing of it behind",
    hint = "hand errors on with `?`; `read_to_string` has the right one for bytes that are no text"
)]
fn writes_and_reads_back(run: &Run) -> Findings {
    let texts: [String; 3] = each(run.notes("text").values());
    let written: [Given<()>; 3] = each(run.notes("written").values());
    let holds: [Option<String>; 3] = each(run.notes("holds").values());
    let read: [Given<String>; 3] = each(run.notes("read").values());
    let rounds = texts.iter().zip(&written).zip(holds.iter().zip(&read));
    let mut rounds = rounds.map(|((text, written), (holds, read))| {
        is_ok("`write_file`", written)
            .or_else(|| hold_text("the file that was written", text, holds.as_deref()))
            .or_else(|| reads(text, read))
    });
    let found = rounds.find(|found| !found.is_empty()).unwrap_or_default();
    let theirs: String = run.notes("theirs").value();
    found
        .or_else(|| reads(&theirs, &run.notes("theirs read").value()))
        .or_else(|| {
            let missing: Given<String> = run.notes("missing").value();
            fails_with("`read_file` of a missing file", "NotFound", &missing)
        })
        .or_else(|| {
            let latin1: Given<String> = run.notes("latin1").value();
            fails_with("`read_file` of what is not UTF-8", "InvalidData", &latin1)
        })
        .or_else(|| {
            let no_folder: Given<()> = run.notes("no folder").value();
            fails_with(
                "`write_file` in a folder that is not there",
                "NotFound",
                &no_folder,
            )
        })
}

fn reads(text: &str, read: &Given<String>) -> Findings {
    is_ok("`read_file`", read).or_else(|| {
        let read = read.as_deref().unwrap_or_default();
        hold_text("the text that was read", text, Some(read))
    })
}

#[judge(
    points = 10,
    title = "what is appended stands at the end, behind all that was there",
    hint = "`File::options()` opens a file in other ways than `File::open` and `File::create` do",
    hint = "`.append(true).create(true)`: what is in the file stays, whatever bytes it holds"
)]
fn appends_at_the_end(run: &Run) -> Findings {
    let before: Vec<u8> = run.notes("before").value();
    let texts: [String; 3] = each(run.notes("text").values());
    let appended: [Given<()>; 3] = each(run.notes("appended").values());
    let holds: [Option<Vec<u8>>; 3] = each(run.notes("holds").values());
    let [first, second, third] = texts.each_ref().map(String::as_bytes);
    let expected = [
        first.to_vec(),
        [first, second].concat(),
        [&before, third].concat(),
    ];
    let onto = [
        "a file that was not there",
        "what was appended before",
        "bytes that are not UTF-8",
    ];
    let cases = onto.iter().zip(&expected).zip(appended.iter().zip(&holds));
    let mut cases = cases.map(|((onto, expected), (appended, holds))| {
        is_ok(&format!("`append_file` to {onto}"), appended).or_else(|| {
            hold(
                &format!("what is there after appending to {onto}"),
                expected,
                holds.as_deref(),
            )
        })
    });
    cases.find(|found| !found.is_empty()).unwrap_or_default()
}

#[judge(
    points = 10,
    title = "a copy has every byte, and is told how many",
    hint = "not every file is text: a `String` cannot hold every byte, a `Vec<u8>` can",
    hint = "open the source first: when it is not there, what it would be copied to must stay as it is"
)]
fn copies_every_byte(run: &Run) -> Findings {
    let bytes: [Vec<u8>; 3] = each(run.notes("bytes").values());
    let copied: [Given<u64>; 3] = each(run.notes("copied").values());
    let holds: [Option<Vec<u8>>; 3] = each(run.notes("holds").values());
    let sources: [Option<Vec<u8>>; 3] = each(run.notes("source").values());
    let cases = bytes.iter().zip(&copied).zip(holds.iter().zip(&sources));
    let mut cases = cases.map(|((bytes, copied), (holds, source))| {
        is_ok("`copy_file`", copied)
            .or_else(|| hold("the copy", bytes, holds.as_deref()))
            .or_else(|| hold("the source of a copy", bytes, source.as_deref()))
            .or_else(|| counts(bytes.len(), copied))
    });
    let found = cases.find(|found| !found.is_empty()).unwrap_or_default();
    found
        .or_else(|| {
            let missing: Given<u64> = run.notes("missing").value();
            fails_with("`copy_file` of a missing file", "NotFound", &missing)
        })
        .or_else(|| {
            let there: Vec<u8> = run.notes("there").value();
            let still: Option<Vec<u8>> = run.notes("there still").value();
            hold(
                "the file to which a missing one is copied",
                &there,
                still.as_deref(),
            )
        })
}

fn counts(bytes: usize, copied: &Given<u64>) -> Findings {
    let message = "`copy_file` gives another number of bytes";
    let got = copied
        .as_ref()
        .map_or_else(|kind| error(kind), u64::to_string);
    Findings::unless(*copied == Ok(bytes as u64), "wrong-value", message)
        .expected(bytes)
        .got(got)
}

#[judge(
    points = 10,
    title = "`Ok` comes when everything is on the disk, and not before",
    hint = "`write_all` is done when tokio has taken the bytes; on the disk they are when?",
    hint = "`file.flush().await?` waits for what is still under way, and has its error"
)]
fn done_means_on_the_disk(run: &Run) -> Findings {
    let texts: [String; 3] = run.notes("texts").value();
    let calls = ["write_file", "append_file", "copy_file"];
    let mut cases = calls.iter().zip(&texts).map(|(call, text)| {
        let failed: Given<serde_json::Value> = run.notes(call).value();
        let at_ms = run.when(call).unwrap_or_default();
        let left: Option<String> = run.notes(&format!("{call} left")).value();
        let what = format!("when `{call}` gives `Ok`, the file");
        let found = hold_text(&what, text, left.as_deref()).at_ms(at_ms);
        let is_part = left.is_none_or(|left| left.len() < text.len());
        let when = "an answer before its time";
        let found = if is_part {
            found.turned_into("too-early", when)
        } else {
            found
        };
        is_ok(&format!("`{call}`"), &failed).or_else(|| found)
    });
    cases.find(|found| !found.is_empty()).unwrap_or_default()
}

#[judge(
    points = 20,
    title = "nobody ever sees half of a file",
    hint = "while a file is being written, whoever reads it finds a part",
    hint = "write all of it under another name, in the same folder, and let that take the place of the old one",
    hint = "`tokio::fs::rename` replaces a file in one step; call it when everything is written and flushed"
)]
fn nobody_sees_half_a_file(run: &Run) -> Findings {
    let [old, new, copied]: [String; 3] = run.notes("texts").value();
    let scenes = [
        ("first", "`write_file` where nothing was", None, &[&new][..]),
        (
            "written",
            "`write_file` over an older text",
            Some(&old),
            &[&new],
        ),
        (
            "copied",
            "`copy_file` over an older text",
            Some(&old),
            &[&copied],
        ),
        (
            "full",
            "`write_file` on a disk that is full",
            Some(&old),
            &[],
        ),
        (
            "torn",
            "`copy_file` of a file that breaks off",
            Some(&old),
            &[],
        ),
    ];
    let scenes = scenes.map(|(name, setting, before, after)| {
        let notes = run.notes(&format!("{name} seen"));
        let seen = notes.times().into_iter().zip(notes.values()).collect();
        Seen {
            setting,
            before: before.map(String::as_str),
            after,
            seen,
        }
    });
    let found = scenes
        .iter()
        .map(sees_no_half)
        .find(|found| !found.is_empty());
    found
        .unwrap_or_default()
        .or_else(|| run.wherever_cancelled(|one| is_old_or_new(one, &old, &[&new, &copied])))
}

#[judge(
    points = 10,
    title = "an error comes back, and no file is left over",
    hint = "a disk can be full: writing then gives an error that is yours to hand on",
    hint = "what was written under another name has to go when it does not take its place",
    hint = "keep the `Result`, remove the file, and return the first error, not that of removing"
)]
fn an_error_comes_back_and_leaves_nothing(run: &Run) -> Findings {
    let names: BTreeSet<String> = run.notes("names").value();
    let scenes = [
        (
            "full write",
            "`write_file` on a full disk",
            Some("StorageFull"),
        ),
        (
            "full copy",
            "`copy_file` on a full disk",
            Some("StorageFull"),
        ),
        (
            "full append",
            "`append_file` on a full disk",
            Some("StorageFull"),
        ),
        (
            "torn copy",
            "`copy_file` of a file that breaks off",
            Some("TimedOut"),
        ),
        ("write", "`write_file` when there is room again", None),
        ("copy", "`copy_file` when there is room again", None),
    ];
    let mut scenes = scenes.map(|(scene, call, kind)| {
        let given: Given<()> = run.notes(scene).value();
        let left: BTreeSet<String> = run.notes(&format!("{scene} left")).value();
        let at_ms = run.when(scene).unwrap_or_default();
        let gives = match kind {
            Some(kind) => fails_with(call, kind, &given),
            None => is_ok(call, &given),
        };
        gives.or_else(|| leaves(call, &names, &left)).at_ms(at_ms)
    });
    let found = scenes.iter_mut().find(|found| !found.is_empty());
    found.map(std::mem::take).unwrap_or_default()
}

/// Only what was there before is there afterwards.
fn leaves(call: &str, before: &BTreeSet<String>, left: &BTreeSet<String>) -> Findings {
    let more: Vec<&str> = left.difference(before).map(String::as_str).collect();
    let gone: Vec<&str> = before.difference(left).map(String::as_str).collect();
    let message = format!("{call}: other files are in the folder than before");
    let got = match (&more[..], &gone[..]) {
        ([], gone) => format!("without {}", gone.join(", ")),
        (more, _) => format!("{} as well", more.join(", ")),
    };
    Findings::unless(more.is_empty() && gone.is_empty(), "wrong-value", message)
        .expected("no file more and none less")
        .got(got)
}

#[judge(
    points = 10,
    title = "copies are made at the same time",
    hint = "`.await` in a loop finishes one copy before the next begins",
    hint = "`join_all` over the futures of all copies lets them go on together"
)]
fn copies_run_together(run: &Run) -> Findings {
    let [alone, alone_done, together, done] = ["alone", "alone done", "together", "together done"]
        .map(|key| run.when(key).unwrap_or_default());
    let several: usize = run.notes("together").value();
    let (alone_ms, took_ms) = (alone_done - alone, done - together);
    let message = format!("{several} copies wait for each other");
    let late = Findings::unless(took_ms < 3 * alone_ms.max(1), "too-sequential", message)
        .expected(format!(
            "less than {}, three times as long as one alone",
            ms(3 * alone_ms)
        ))
        .got(ms(took_ms))
        .at_ms(done);
    let whole: usize = run.notes("whole").value();
    late.or_else(|| {
        let message = format!("of {several} copies some are not there");
        Findings::unless(whole == several, "wrong-value", message)
            .expected(count(several, "whole copie"))
            .got(whole)
    })
}

#[judge(
    points = 5,
    title = "each copy has its own answer, in the order of the pairs",
    hint = "which copy is done first has nothing to do with where its answer belongs",
    hint = "`try_join_all` ends with the first error and drops the other copies; `join_all` gives a `Vec` of all answers"
)]
fn each_copy_answers_for_itself(run: &Run) -> Findings {
    let sizes: Vec<u64> = run.notes("sizes").value();
    let (missing, torn): (usize, usize) = (run.notes("missing").value(), run.notes("torn").value());
    let mut expected: Vec<Given<u64>> = sizes.iter().copied().map(Ok).collect();
    expected[torn] = Err("TimedOut".to_owned());
    expected.insert(missing, Err("NotFound".to_owned()));
    let copied: Vec<Given<u64>> = run.notes("copied").value();
    let sorted = |answers: &[Given<u64>]| {
        let mut answers = answers.to_vec();
        answers.sort();
        answers
    };
    let is_shuffled = copied != expected && sorted(&copied) == sorted(&expected);
    let (kind, message) = if is_shuffled {
        (
            "wrong-order",
            "the answers are not in the order of the pairs",
        )
    } else {
        ("wrong-value", "other answers than the copies have")
    };
    let found = Findings::unless(copied == expected, kind, message)
        .expected(in_words(&expected))
        .got(in_words(&copied));
    let whole: Vec<bool> = run.notes("whole").value();
    let harmed = (0..whole.len()).find(|n| *n != torn && !whole[*n]);
    let none: usize = run.notes("none").value();
    found
        .or_else(|| {
            let message = "a copy beside one that fails is not whole";
            Findings::unless(harmed.is_none(), "wrong-value", message)
        })
        .or_else(|| {
            let message = "answers for no pairs at all";
            Findings::unless(none == 0, "wrong-value", message)
                .expected("none")
                .got(none)
        })
}

fn in_words(answers: &[Given<u64>]) -> String {
    let answers = answers.iter().map(|answer| match answer {
        Ok(bytes) => bytes.to_string(),
        Err(kind) => kind.clone(),
    });
    answers.collect::<Vec<_>>().join(", ")
}

#[judge(
    points = 5,
    title = "calls at the same time do not get in each other's way",
    hint = "two calls may write at the same time: which other names do they use?",
    hint = "`with_extension` gives `a.txt` and `a.md` the same name: add to the whole name",
    hint = "a `static` counter gives each call a number of its own"
)]
fn writers_do_not_meet(run: &Run) -> Findings {
    let texts: [String; 4] = run.notes("texts").value();
    let written: [Given<()>; 4] = run.notes("written").value();
    let [same, alike_txt, alike_md]: [Option<String>; 3] = run.notes("holds").value();
    let names: BTreeSet<String> = run.notes("names").value();
    let whose = [
        "the same file as another",
        "the same file as another",
        "alike.txt while another writes alike.md",
        "alike.md while another writes alike.txt",
    ];
    let failed = whose.iter().zip(&written);
    let mut failed =
        failed.map(|(whose, given)| is_ok(&format!("a `write_file` of {whose}"), given));
    let found = failed.find(|found| !found.is_empty()).unwrap_or_default();
    let three = ["alike.md", "alike.txt", "same.txt"]
        .map(str::to_owned)
        .into();
    found
        .or_else(|| hold_text("alike.txt", &texts[2], alike_txt.as_deref()))
        .or_else(|| hold_text("alike.md", &texts[3], alike_md.as_deref()))
        .or_else(|| leaves("four of `write_file`", &three, &names))
        .or_else(|| is_one_of(run, &texts[..2], same.as_deref()))
}

/// A file that two have written holds one of their texts; where it is itself written to, piece by piece, that is
/// told of by the check of halves.
fn is_one_of(run: &Run, texts: &[String], same: Option<&str>) -> Findings {
    let is_whole = texts.iter().any(|text| Some(text.as_str()) == same);
    let in_place = run
        .calls("file")
        .iter()
        .any(|call| call.label == "same.txt");
    let message = "the file that two have written holds neither text";
    Findings::unless(is_whole || in_place, "wrong-value", message)
        .expected("all of one of the two texts")
        .got(against(texts[0].as_bytes(), same.map(str::as_bytes)))
}

#[judge(
    points = 5,
    title = "no file ever holds the executor's thread",
    hint = "`std::fs` waits for the disk on the thread that calls it: in a future, that is the executor's",
    hint = "`tokio::fs` has the same names"
)]
fn never_holds_the_thread(run: &Run) -> Findings {
    let read: Given<String> = run.notes("read").value();
    let message = "`read_file` gives nothing of what was written";
    let is_empty = read.as_ref().is_ok_and(String::is_empty);
    run.never_blocks()
        .or_else(|| is_ok("`read_file`", &read))
        .or_else(|| Findings::unless(!is_empty, "wrong-value", message))
}
