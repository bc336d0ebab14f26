//! The Dockerfile: what of it needs no network and no container engine is run, step by step.

use std::fs;
use std::path::Path;
use std::process::Output;

use super::root::{Root, may_have_roots};
use crate::bench::{answering, cache_copy, copy_folder, course, kits, make_executable, reference};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// The one step that is not run: it downloads crates, and compiles what cargo has compiled for these tests.
const BUILD: &str = "cargo build --locked --release";

/// One stage of the Dockerfile, as far as it is read.
#[derive(Debug, Default)]
struct Stage {
    from: String,
    /// Each instruction with what follows it.
    steps: Vec<(String, String)>,
}

impl Stage {
    fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let of_name = self.steps.iter().filter(move |(step, _)| step == name);
        of_name.map(|(_, rest)| rest.as_str())
    }

    fn one(&self, name: &str) -> &str {
        let mut all = self.all(name);
        let one = all.next().unwrap();
        assert_eq!(all.next(), None, "{name}");
        one
    }

    /// `NAME=VALUE` of its ENV lines.
    fn environment(&self) -> Vec<String> {
        self.all("ENV").map(str::to_owned).collect()
    }
}

fn stages() -> Vec<Stage> {
    let text = fs::read_to_string(Path::new(ROOT).join("Dockerfile")).unwrap();
    let mut stages: Vec<Stage> = Vec::new();
    let lines = text.lines().map(str::trim);
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (name, rest) = line.split_once(' ').unwrap();
        let known = [
            "FROM",
            "ARG",
            "WORKDIR",
            "COPY",
            "RUN",
            "ENV",
            "USER",
            "ENTRYPOINT",
            "CMD",
        ];
        assert!(known.contains(&name) && !rest.ends_with('\\'), "{line}");
        if name == "FROM" {
            let from = rest.to_owned();
            stages.push(Stage {
                from,
                ..Stage::default()
            });
        } else {
            let step = (name.to_owned(), rest.to_owned());
            stages.last_mut().unwrap().steps.push(step);
        }
    }
    stages
}

/// What Docker's own image of Rust sets.
const OF_RUST: &str =
    "PATH=/usr/local/cargo/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

fn words(line: &str) -> Vec<String> {
    line.split(' ').map(str::to_owned).collect()
}

/// Runs a line in a root as `RUN` does; it has to succeed.
#[track_caller]
fn run(root: &Root, environment: &[String], folder: &str, line: &str) -> Output {
    let line = format!("cd {folder} && {line}");
    let mut command = vec!["env".to_owned(), OF_RUST.to_owned()];
    command.extend(environment.iter().cloned());
    command.extend(["sh".to_owned(), "-c".to_owned(), line]);
    let output = root.run(&command);
    assert!(output.status.success(), "{output:?}");
    output
}

/// The first stage, of the tests' own course: its root, in which the program and the course are.
fn built(stage: &Stage) -> Root {
    let root = Root::new();
    let source = root.path("src");
    let grade = source.join("target/release/grade");
    fs::create_dir_all(grade.parent().unwrap()).unwrap();
    fs::copy(env!("CARGO_BIN_EXE_grade"), &grade).unwrap();
    make_executable(&grade);
    let copy = |from: &Path, to: &Path| fs::copy(from, to).map(drop);
    copy_folder(course(), &source.join("own"), &copy);
    // The kit is in the cache: building it takes the network.
    let cache = cache_copy(kits);
    fs::create_dir_all(root.path("root/.cache")).unwrap();
    copy_folder(
        cache.path(),
        &root.path("root/.cache/grade"),
        &|from, to| fs::copy(from, to).map(drop),
    );
    let private = std::os::unix::fs::PermissionsExt::from_mode(0o700);
    fs::set_permissions(root.path("root/.cache/grade"), private).unwrap();
    let arguments: Vec<_> = stage.all("ARG").collect();
    assert_eq!(arguments, ["COURSE=\"\"", "EXERCISES=\"\""]);
    let arguments = ["COURSE=own", "EXERCISES=probe"].map(str::to_owned);
    let steps: Vec<_> = stage.all("RUN").filter(|line| *line != BUILD).collect();
    assert_eq!(stage.all("RUN").count(), steps.len() + 1);
    for line in steps {
        run(&root, &arguments, stage.one("WORKDIR"), line);
    }
    root
}

/// The second stage, with what it copies from the first.
fn image(stage: &Stage, built: &Root) -> Root {
    let root = Root::new();
    for line in stage.all("COPY") {
        let [from, source, to] = &words(line)[..] else {
            panic!("{line}");
        };
        assert_eq!(from, "--from=build");
        let (source, to) = (built.path(&source[1..]), root.path(&to[1..]));
        if source.is_dir() {
            copy_folder(&source, &to, &|from, to| fs::copy(from, to).map(drop));
        } else {
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(source, to).unwrap();
        }
    }
    for (name, line) in [
        ("passwd", "root:x:0:0:root:/root:/bin/sh\n"),
        ("group", "root:x:0:\n"),
        ("shadow", "root:*:19000:0:99999:7:::\n"),
        // As Debian has it: who is added has a group of the same name.
        ("login.defs", "USERGROUPS_ENAB yes\n"),
    ] {
        root.put(&format!("etc/{name}"), line);
    }
    for line in stage.all("RUN") {
        run(&root, &stage.environment(), "/", line);
    }
    root
}

#[test]
fn the_images_steps_make_a_grade_that_grades_without_network_or_privilege() {
    if !may_have_roots("the Dockerfile") {
        return;
    }
    let stages = stages();
    let [build, last] = &stages[..] else {
        panic!("{stages:?}");
    };
    let manifest = fs::read_to_string(Path::new(ROOT).join("Cargo.toml")).unwrap();
    let version = build
        .from
        .strip_prefix("rust:")
        .unwrap()
        .split('-')
        .next()
        .unwrap();
    assert!(
        manifest.contains(&format!("rust-version = \"{version}\"")),
        "{version}"
    );
    assert!(
        last.from.starts_with(&format!("rust:{version}-")),
        "{}",
        last.from
    );
    let image = image(last, &built(build));
    let image = Root {
        user: "grader",
        mode: "ro",
        ..image
    };
    assert_eq!(last.one("USER"), image.user);
    let entry: Vec<String> = serde_json::from_str(last.one("ENTRYPOINT")).unwrap();
    let graded = |text: &str| {
        image.put("work/src/lib.rs", text);
        let mut command = vec!["env".to_owned(), OF_RUST.to_owned()];
        command.extend(last.environment());
        command.extend(entry.clone());
        command.extend(words("probe --path /work --format json"));
        let output = image.run(&command);
        let verdict: serde_json::Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{error}: {output:?}"));
        (output.status.code(), verdict["score"].as_u64())
    };
    assert_eq!(graded(&reference()), (Some(0), Some(100)));
    assert_eq!(graded(&answering("41")), (Some(1), Some(40)));
    assert_eq!(graded("pub fn answer() {"), (Some(3), Some(0)));
    assert!(image.path("opt/grade/course/NOTICE").exists());
    assert!(!image.path("opt/grade/course/solutions").exists());
}
