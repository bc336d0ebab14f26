//! What happens to files. No expected value is in here, and what a file holds comes from the schedule.
//!
//! What a call gave is noted as its value or the kind of its error.

use std::cell::Cell;
use std::future::Future;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use contract::{append_file, copy_all, copy_file, read_file, write_file};
use lab::disk::Disk;
use lab::{Lab, drive};

lab::driver!(contract);

/// How long a path takes to be opened, moved or removed, in virtual milliseconds.
const OPEN_MS: u64 = 5;
/// Bytes per virtual millisecond of a disk on which reading and writing show.
const SLOW: u64 = 64;
/// The same, of one on which no file here takes any time.
const FAST: u64 = 1_000_000;
/// Long enough for a call here to be over, in virtual milliseconds.
const AFTERWARDS_MS: u64 = 300;

fn disk(lab: &Lab, bytes_per_ms: u64) -> Disk {
    lab.disk().open_ms(OPEN_MS).bytes_per_ms(bytes_per_ms)
}

/// A text of about `plain` bytes that is like no other; the schedule makes it longer or shorter.
fn text(lab: &Lab, name: &str, plain: u64) -> String {
    let size = lab.draw(&format!("{name} size"), plain, plain - 60..=plain + 90);
    let number = lab.draw(&format!("{name} number"), 7, 1..=999);
    let line = format!("{name} {number}: grüße aus dem Heft\n");
    let lines = usize::try_from(size).expect("a small size") / line.len();
    line.repeat(lines.max(1))
}

/// About `plain` bytes that are no text.
fn bytes(lab: &Lab, name: &str, plain: u64) -> Vec<u8> {
    let size = lab.draw(&format!("{name} size"), plain, plain - 60..=plain + 90);
    let first = lab.draw(&format!("{name} first"), 200, 0..=255);
    let byte = |n: u64| u8::try_from((first + 7 * n) % 256).expect("below 256");
    (0..size).map(byte).collect()
}

fn kind<T>(result: io::Result<T>) -> Result<T, String> {
    result.map_err(|error| format!("{:?}", error.kind()))
}

/// What a file holds as text, if it is there.
fn holds(disk: &Disk, name: &str) -> Option<String> {
    let bytes = disk.get(name).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// A text, a shorter one, and none, written over each other and read back; files that somebody else wrote;
/// files that cannot be read, and a place where none can be.
#[drive]
async fn writes_and_reads_back(lab: Lab) {
    let disk = disk(&lab, FAST);
    let path = disk.path("note.txt");
    for text in [
        text(&lab, "long", 400),
        text(&lab, "short", 120),
        String::new(),
    ] {
        lab.note("text", &text);
        lab.note("written", kind(write_file(&path, &text).await));
        lab.note("holds", holds(&disk, "note.txt"));
        lab.note("read", kind(read_file(&path).await));
    }
    let theirs = text(&lab, "theirs", 200);
    lab.note("theirs", &theirs);
    let path = disk.put("theirs.txt", theirs);
    lab.note("theirs read", kind(read_file(&path).await));

    lab.note("missing", kind(read_file(&disk.path("missing.txt")).await));
    let path = disk.put("latin1.txt", b"caf\xe9\n");
    lab.note("latin1", kind(read_file(&path).await));
    let path = disk.path("no_folder/note.txt");
    lab.note("no folder", kind(write_file(&path, "x").await));
}

/// Two texts to a file that was not there, one to a file that was, which need not be UTF-8.
#[drive]
async fn appends_at_the_end(lab: Lab) {
    let disk = disk(&lab, FAST);
    let theirs = [b"caf\xe9 ", text(&lab, "theirs", 120).trim_end().as_bytes()].concat();
    disk.put("theirs.txt", &theirs);
    lab.note("before", &theirs);
    let texts = [
        ("log.txt", "first"),
        ("log.txt", "second"),
        ("theirs.txt", "third"),
    ];
    for (name, what) in texts {
        let text = text(&lab, what, 120);
        lab.note("text", &text);
        lab.note("appended", kind(append_file(&disk.path(name), &text).await));
        lab.note("holds", disk.get(name).ok());
    }
}

/// Bytes that are no text: to where nothing was, over a longer file, none at all; and from a file that is not
/// there over one that is.
#[drive]
async fn copies_every_byte(lab: Lab) {
    let disk = disk(&lab, FAST);
    let to = disk.path("copy.bin");
    let files =
        [("long.bin", 400), ("short.bin", 120)].map(|(name, size)| (name, bytes(&lab, name, size)));
    for (name, bytes) in files.into_iter().chain([("empty.bin", Vec::new())]) {
        lab.note("bytes", &bytes);
        let from = disk.put(name, bytes);
        lab.note("copied", kind(copy_file(&from, &to).await));
        lab.note("holds", disk.get("copy.bin").ok());
        lab.note("source", disk.get(name).ok());
    }
    let there = bytes(&lab, "there", 200);
    lab.note("there", &there);
    let to = disk.put("there.bin", there);
    let from = disk.path("missing.bin");
    lab.note("missing", kind(copy_file(&from, &to).await));
    lab.note("there still", disk.get("there.bin").ok());
}

/// What is on a slow disk at the very moment of the answer.
#[drive]
async fn done_means_on_the_disk(lab: Lab) {
    let disk = disk(&lab, SLOW);
    let [written, added] = ["written", "added"].map(|name| text(&lab, name, 500));
    let copied = text(&lab, "copied", 500);
    let from = disk.put("from.txt", &copied);
    lab.note("texts", [&written, &added, &copied]);

    lab.note(
        "write_file",
        kind(write_file(&disk.path("written.txt"), &written).await),
    );
    lab.note("write_file left", holds(&disk, "written.txt"));
    lab.note(
        "append_file",
        kind(append_file(&disk.path("added.txt"), &added).await),
    );
    lab.note("append_file left", holds(&disk, "added.txt"));
    lab.note(
        "copy_file",
        kind(copy_file(&from, &disk.path("copied.txt")).await),
    );
    lab.note("copy_file left", holds(&disk, "copied.txt"));
}

/// Notes a call's answer as `scene`; and what somebody sees who looks at the file in each millisecond
/// meanwhile, whenever that changes.
async fn seen(
    lab: &Lab,
    disk: &Disk,
    (scene, file): (&'static str, &'static str),
    call: impl Future<Output = Result<(), String>>,
) {
    let is_done = Rc::new(Cell::new(false));
    let (told, reader, disk) = (is_done.clone(), lab.clone(), disk.clone());
    let reading = lab.spawn(async move {
        let key = format!("{scene} seen");
        let mut seen = holds(&disk, file);
        reader.note(&key, &seen);
        while !told.get() {
            reader.sleep(1).await;
            let sees = holds(&disk, file);
            if sees != seen {
                reader.note(&key, &sees);
                seen = sees;
            }
        }
    });
    lab.note(scene, call.await);
    is_done.set(true);
    reading.join().await;
}

/// A file that is written, copied to, and not written to its end, while somebody reads it, and dropped wherever
/// that waits.
#[drive(virtual_limit_ms = 600_000)]
async fn nobody_sees_half_a_file(lab: Lab) {
    let disk = disk(&lab, SLOW);
    let [old, new, copied] = ["old", "new", "copied"].map(|name| text(&lab, name, 500));
    let from = disk.put("from.txt", &copied);
    lab.note("texts", [&old, &new, &copied]);

    let writes = async |path: &PathBuf, text: &String| kind(write_file(path, text).await);
    let copies = async |path: &PathBuf| kind(copy_file(&from, path).await.map(|_| ()));
    let first = disk.path("first.txt");
    seen(&lab, &disk, ("first", "first.txt"), writes(&first, &new)).await;
    let there = disk.put("there.txt", &old);
    seen(&lab, &disk, ("written", "there.txt"), writes(&there, &new)).await;
    disk.put("there.txt", &old);
    seen(&lab, &disk, ("copied", "there.txt"), copies(&there)).await;

    is_dropped(&lab, &disk, [&old, &new], &from).await;

    let room = lab.draw("room", 200, 1..=300);
    disk.put("there.txt", &old);
    disk.room(Some(room));
    seen(&lab, &disk, ("full", "there.txt"), writes(&there, &new)).await;
    disk.room(None);
    disk.put("there.txt", &old);
    disk.fail_read("from.txt", room, ErrorKind::TimedOut);
    seen(&lab, &disk, ("torn", "there.txt"), copies(&there)).await;
}

/// A call of `write_file`, and one of `copy_file`, dropped wherever it waits.
async fn is_dropped(lab: &Lab, disk: &Disk, [old, new]: [&String; 2], from: &Path) {
    lab.cancel_everywhere(16, async |cancel| {
        let path = disk.put("dropped.txt", old);
        lab.note("gave", cancel.run(write_file(&path, new)).await.map(kind));
        lab.note("at once", holds(disk, "dropped.txt"));
        lab.sleep(AFTERWARDS_MS).await;
        lab.note("afterwards", holds(disk, "dropped.txt"));
    })
    .await;
    lab.cancel_everywhere(32, async |cancel| {
        let path = disk.put("dropped.txt", old);
        let copied = cancel.run(copy_file(from, &path)).await;
        lab.note("gave", copied.map(|copied| kind(copied.map(|_| ()))));
        lab.note("at once", holds(disk, "dropped.txt"));
        lab.sleep(AFTERWARDS_MS).await;
        lab.note("afterwards", holds(disk, "dropped.txt"));
    })
    .await;
}

/// A disk without room, and a source that breaks off; then there is room again.
#[drive]
async fn an_error_comes_back_and_leaves_nothing(lab: Lab) {
    let disk = disk(&lab, SLOW);
    let text = text(&lab, "new", 500);
    let there = disk.put("there.txt", "there before\n");
    let from = disk.put("from.txt", &text);
    let room = lab.draw("room", 200, 1..=300);
    lab.note("names", disk.names());

    for scene in [
        "full write",
        "full copy",
        "full append",
        "torn copy",
        "write",
        "copy",
    ] {
        disk.room(scene.starts_with("full").then_some(room));
        let torn_at = if scene == "torn copy" { room } else { u64::MAX };
        disk.fail_read("from.txt", torn_at, ErrorKind::TimedOut);
        let given = match scene {
            "full write" | "write" => write_file(&there, &text).await,
            "full append" => append_file(&there, &text).await,
            _ => copy_file(&from, &there).await.map(|_| ()),
        };
        lab.note(scene, kind(given));
        lab.note(&format!("{scene} left"), disk.names());
    }
}

/// Files `source0` and so on, and where each is to be copied.
fn pairs(disk: &Disk, contents: &[Vec<u8>]) -> Vec<(PathBuf, PathBuf)> {
    let contents = contents.iter().enumerate();
    contents
        .map(|(n, bytes)| {
            (
                disk.put(&format!("source{n}"), bytes),
                disk.path(&format!("copy{n}")),
            )
        })
        .collect()
}

/// One file copied alone, and then several just as long.
#[drive]
async fn copies_run_together(lab: Lab) {
    let disk = disk(&lab, SLOW);
    let contents = text(&lab, "alone", 640).into_bytes();
    let alone = disk.put("alone", &contents);
    lab.note("alone", ());
    let _ = copy_file(&alone, &disk.path("copy")).await;
    lab.note("alone done", ());

    let several = usize::try_from(lab.draw("several", 6, 5..=8)).expect("a small number");
    let pairs = pairs(&disk, &vec![contents; several]);
    lab.note("together", several);
    let copied = copy_all(&pairs).await;
    lab.note(
        "together done",
        copied.into_iter().map(kind).collect::<Vec<_>>(),
    );
    let whole =
        (0..several).filter(|n| disk.get(&format!("copy{n}")).ok() == disk.get("alone").ok());
    lab.note("whole", whole.count());
}

/// Files of many sizes; one is missing, one breaks off; and none at all.
#[drive]
async fn each_copy_answers_for_itself(lab: Lab) {
    let disk = disk(&lab, SLOW);
    let sizes =
        [900, 500, 700, 300, 150].map(|size| text(&lab, &format!("of {size}"), size).into_bytes());
    let mut pairs = pairs(&disk, &sizes);
    let missing = usize::try_from(lab.draw("missing", 1, 0..=4)).expect("an index is small");
    pairs.insert(missing, (disk.path("missing"), disk.path("copy")));
    let torn = usize::try_from(lab.draw("torn", 2, 0..=4)).expect("an index is small");
    disk.fail_read(&format!("source{torn}"), 20, ErrorKind::TimedOut);
    lab.note("sizes", sizes.each_ref().map(Vec::len));
    lab.note("missing", missing);
    lab.note("torn", torn);
    let copied = copy_all(&pairs).await;
    lab.note("copied", copied.into_iter().map(kind).collect::<Vec<_>>());
    let left = (0..sizes.len())
        .map(|n| disk.get(&format!("copy{n}")).ok() == disk.get(&format!("source{n}")).ok());
    lab.note("whole", left.collect::<Vec<_>>());
    lab.note("none", copy_all(&[]).await.len());
}

/// Two texts for one file, and one for each of two files that are called alike, all at the same time.
#[drive]
async fn writers_do_not_meet(lab: Lab) {
    let disk = disk(&lab, FAST);
    let names = ["same.txt", "same.txt", "alike.txt", "alike.md"];
    let texts = ["one", "other", "text", "markdown"].map(|name| text(&lab, name, 400));
    lab.note("texts", &texts);
    let writers = names.iter().zip(texts).map(|(name, text)| {
        let path = disk.path(name);
        async move { kind(write_file(&path, &text).await) }
    });
    lab.note("written", lab.all(writers).await);
    lab.note(
        "holds",
        names[1..]
            .iter()
            .map(|name| holds(&disk, name))
            .collect::<Vec<_>>(),
    );
    lab.note("names", disk.names());
}

/// Each function once.
#[drive]
async fn never_holds_the_thread(lab: Lab) {
    let disk = disk(&lab, FAST);
    let text = text(&lab, "all", 300);
    let path = disk.path("one.txt");
    lab.note("written", kind(write_file(&path, &text).await));
    lab.note("appended", kind(append_file(&path, &text).await));
    let copy = disk.path("two.txt");
    lab.note("copied", kind(copy_file(&path, &copy).await));
    lab.note(
        "all",
        copy_all(&[(copy.clone(), disk.path("three.txt"))])
            .await
            .len(),
    );
    lab.note("read", kind(read_file(&copy).await));
}
