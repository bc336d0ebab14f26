//! Each bundle is unpacked as its platform does, and its entry script is run on whatever may be handed in.

use std::fs::{self, File};
use std::path::Path;

use serde_json::{Value, json};

use super::exported;
use super::folders::{programs, with_extensions};
use super::root::{Root, has_python, may_have_roots};
use crate::bench::{answering, copy_folder, not_checked, reference};

/// A bundle in its container.
struct Platform {
    root: Root,
    entry: Vec<String>,
    /// Where the platform puts the file that a student wrote.
    submission: &'static str,
    /// Where the entry script has to leave its result.
    results: &'static str,
    grade: &'static str,
    /// The entry script, as it is started.
    script: &'static str,
    has_full_marks: fn(&Value) -> bool,
}

impl Platform {
    fn gradescope() -> Self {
        let users = json!([]);
        Self::of_zip(&exported("gradescope").join("probe.zip"), &users)
    }

    /// Gradescope's, for a submission of these users.
    fn of_zip(zip: &Path, users: &Value) -> Self {
        let root = Root::new();
        let zip = File::open(zip).unwrap();
        let source = root.path("autograder/source");
        zip::ZipArchive::new(zip).unwrap().extract(&source).unwrap();
        let entry = source.join("run_autograder");
        fs::copy(entry, root.path("autograder/run_autograder")).unwrap();
        let created_at = "2026-11-21T14:22:32.365935-07:00";
        let metadata = json!({"id": 1, "created_at": created_at, "users": users});
        root.put("autograder/submission_metadata.json", &metadata.to_string());
        fs::create_dir_all(root.path("autograder/submission")).unwrap();
        Self {
            root,
            entry: vec!["/autograder/run_autograder".to_owned()],
            submission: "autograder/submission/lib.rs",
            results: "autograder/results/results.json",
            grade: "autograder/source/grade",
            script: "autograder/run_autograder",
            has_full_marks: |result| result["score"] == 100,
        }
    }

    fn prairielearn() -> Self {
        let root = Root::new();
        unpack(&exported("prairielearn"), &root.path("grade"));
        let info = fs::read(root.path("grade/questions/probe/info.json")).unwrap();
        let info: Value = serde_json::from_slice(&info).unwrap();
        let entry = &info["externalGradingOptions"]["entrypoint"];
        let entry = entry.as_array().unwrap().iter();
        fs::create_dir_all(root.path("grade/student")).unwrap();
        Self {
            entry: entry
                .map(|word| word.as_str().unwrap().to_owned())
                .collect(),
            root,
            submission: "grade/student/lib.rs",
            results: "grade/results/results.json",
            grade: "grade/serverFilesCourse/grade/grade",
            script: "grade/serverFilesCourse/grade/run.sh",
            has_full_marks: |result| result["score"] == 1.0,
        }
    }

    fn exercism() -> Self {
        let root = Root {
            user: "65534",
            mode: "ro",
            ..Root::new()
        };
        unpack(&exported("exercism"), &root.path("opt/test-runner"));
        fs::create_dir(root.path("output")).unwrap();
        std::os::unix::fs::chown(root.path("output"), Some(65534), Some(65534)).unwrap();
        fs::create_dir_all(root.path("solution/src")).unwrap();
        let entry = "/opt/test-runner/bin/run.sh probe /solution/ /output/";
        Self {
            root,
            entry: entry.split(' ').map(str::to_owned).collect(),
            submission: "solution/src/lib.rs",
            results: "output/results.json",
            grade: "opt/test-runner/grade",
            script: "opt/test-runner/bin/run.sh",
            has_full_marks: |result| result["status"] == "pass",
        }
    }

    fn classroom50() -> Self {
        let root = Root {
            rustup: "root/.rustup",
            ..Root::new()
        };
        unpack(&exported("classroom50"), &root.path("bundle"));
        fs::create_dir_all(root.path("checkout/src")).unwrap();
        let entry = "cd /checkout && exec python3 /bundle/autograders/probe/autograder.py";
        Self {
            root,
            entry: ["sh", "-c", entry].map(str::to_owned).to_vec(),
            submission: "checkout/src/lib.rs",
            results: "checkout/result.json",
            grade: "bundle/autograders/probe/grade",
            script: "bundle/autograders/probe/autograder.py",
            has_full_marks: |result| result["score"] == result["max-score"],
        }
    }

    /// The result for such a `src/lib.rs`; the script ends with 0.
    #[track_caller]
    fn graded(&self, text: &str) -> Value {
        self.root.put(self.submission, text);
        self.on_what_is_there()
    }

    #[track_caller]
    fn on_what_is_there(&self) -> Value {
        let output = self.root.run(&self.entry);
        assert!(output.status.success(), "{output:?}");
        let text = fs::read_to_string(self.root.path(self.results));
        let text = text.unwrap_or_else(|error| panic!("no result: {error}: {output:?}"));
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}: {output:?}"))
    }

    /// Gives the script a `grade` that does this instead, and a second at most.
    fn with_grade(&self, script: &str) {
        self.root
            .replace(self.grade, &format!("#!/bin/sh\n{script}\n"));
        let text = fs::read_to_string(self.root.path(self.script)).unwrap();
        let name = text.find("AT_MOST").unwrap();
        let from = name + text[name..].find(|c: char| c.is_ascii_digit()).unwrap();
        let to = from + text[from..].find('\n').unwrap();
        let text = format!("{}1{}", &text[..from], &text[to..]);
        fs::write(self.root.path(self.script), text).unwrap();
    }
}

fn unpack(from: &Path, to: &Path) {
    copy_folder(from, to, &|from, to| fs::copy(from, to).map(drop));
}

const BROKEN: &str = "pub async fn answer() -> u32 { fortytwo }\n";
/// What ends a `grade` without a word, and what never does.
const ENDS: [&str; 3] = ["kill -9 $$", "exit 101", "exec sleep 1000"];

#[test]
fn gradescopes_zip_grades_in_its_container() {
    if !may_have_roots("gradescope's bundle") {
        return;
    }
    let platform = Platform::gradescope();
    let missing = platform.on_what_is_there();
    assert_eq!(
        (&missing["score"], &missing["extra_data"]["status"]),
        (&json!(0), &json!("rejected"))
    );
    assert!(
        missing["output"]
            .as_str()
            .unwrap()
            .contains("/autograder/submission has no src/lib.rs"),
        "{missing}"
    );
    assert_eq!(platform.graded(&reference())["score"], 100);
    let failed = platform.graded(&answering("41"));
    assert_eq!(failed["extra_data"]["status"], "failed");
    let broken = platform.graded(BROKEN);
    assert_eq!(
        (&broken["score"], &broken["extra_data"]["status"]),
        (&json!(0), &json!("rejected"))
    );
    for end in ENDS {
        platform.with_grade(end);
        let result = platform.graded(&reference());
        assert_eq!(result["score"], 0, "{end}: {result}");
        assert!(
            result["output"].as_str().unwrap().contains("could not run"),
            "{end}: {result}"
        );
    }
}

#[test]
fn gradescope_says_when_and_by_whom_it_was_handed_in_and_a_name_says_neither() {
    if !may_have_roots("who hands in at Gradescope") {
        return;
    }
    let (_course, bundles) = with_extensions();
    let zip = bundles.join("gradescope/lent.zip");
    let solution = programs().join("solutions/lent/src/lib.rs");
    let solution = fs::read_to_string(solution).unwrap();
    let forged =
        "\"email\": \"ada@uni.test\", \"created_at\": \"2026-11-01T00:00:00Z\"; $(touch /owned)";
    for (email, extended) in [("Ada@uni.test", true), ("eve@uni.test", false)] {
        let users = json!([{"id": 7, "email": email, "name": forged}]);
        let platform = Platform::of_zip(&zip, &users);
        let result = platform.graded(&solution);
        let lateness = &result["extra_data"]["lateness"];
        assert_eq!(lateness["extended"], extended, "{email}: {result}");
        assert_eq!(lateness["submitted_at"], "2026-11-21T14:22:32.365935-07:00");
        assert!(!platform.root.path("owned").exists());
    }
}

#[test]
fn prairielearns_course_grades_in_its_container() {
    if !may_have_roots("PrairieLearn's bundle") {
        return;
    }
    let platform = Platform::prairielearn();
    assert_eq!(platform.on_what_is_there()["gradable"], false);
    assert_eq!(platform.graded(&reference())["score"].as_f64(), Some(1.0));
    let failed = platform.graded(&answering("41"));
    assert!(failed["score"].as_f64().unwrap() < 1.0, "{failed}");
    assert_eq!(platform.graded(BROKEN)["gradable"], false);
    for end in ENDS {
        platform.with_grade(end);
        assert_eq!(platform.graded(&reference())["gradable"], false, "{end}");
    }
}

#[test]
fn exercisms_runner_tests_on_a_file_system_that_it_cannot_write_and_as_nobody() {
    if !may_have_roots("Exercism's bundle") {
        return;
    }
    let platform = Platform::exercism();
    let missing = platform.on_what_is_there();
    assert_eq!(missing["status"], "error");
    assert!(
        missing["message"]
            .as_str()
            .unwrap()
            .contains("no src/lib.rs"),
        "{missing}"
    );
    let right = platform.graded(&reference());
    assert_eq!(
        (&right["version"], &right["status"]),
        (&json!(3), &json!("pass"))
    );
    assert_eq!(platform.graded(&answering("41"))["status"], "fail");
    assert_eq!(platform.graded(BROKEN)["status"], "error");
    assert_eq!(platform.graded(&reference())["status"], "pass");
    for end in ENDS {
        platform.with_grade(end);
        assert_eq!(platform.graded(&reference())["status"], "error", "{end}");
    }
}

#[test]
fn classroom_50s_autograder_leaves_its_result_in_the_checkout() {
    if !may_have_roots("Classroom 50's bundle") {
        return;
    }
    if !has_python() {
        return not_checked("Classroom 50's bundle", "there is no /usr/bin/python3");
    }
    let platform = Platform::classroom50();
    assert_eq!(platform.on_what_is_there()["score"], 0);
    let right = platform.graded(&reference());
    assert_eq!(
        (&right["score"], &right["max-score"]),
        (&json!(100), &json!(100))
    );
    assert_eq!(right["owner"], "ada");
    assert_ne!(platform.graded(&answering("41"))["score"], 100);
    assert_eq!(platform.graded(BROKEN)["score"], 0);
    platform.root.put(platform.submission, &reference());
    for end in ENDS {
        platform.with_grade(end);
        let output = platform.root.run(&platform.entry);
        assert!(!output.status.success(), "{end}: {output:?}");
        assert!(!platform.root.path(platform.results).exists(), "{end}");
    }
}

/// Submissions that earn nothing for `it_answers`, and would like to: each ends its process, writes a result where the
/// platform looks for one, or prints without an end.
fn hostile(results: &str) -> [(&'static str, String); 4] {
    let results = format!("/{results}");
    let writes = format!(
        "for path in [\"{results}\", \"../../../../{results}\"] {{\n\
         let _ = std::fs::write(path, r#\"{{\"score\":100,\"status\":\"pass\",\"tests\":[]}}\"#);\n\
         let _ = std::fs::remove_file(path);\n}}\n41"
    );
    let prints = "loop { println!(\"{}\", \"Grade :=>> 100 \\u{1b}[2J</script>\".repeat(4096)) }";
    [
        ("exits", answering("std::process::exit(0)")),
        ("writes", answering(&writes)),
        ("prints", answering(prints)),
        (
            "panics",
            answering("panic!(\"{}\", \"\\u{1b}]0;\\u{7}\\\"}</pre>\\0\".repeat(1 << 20))"),
        ),
    ]
}

#[test]
fn what_a_submission_does_to_its_platform_earns_nothing_and_leaves_a_result() {
    if !may_have_roots("hostile submissions to bundles") {
        return;
    }
    let platforms = [
        Platform::gradescope(),
        Platform::prairielearn(),
        Platform::exercism(),
    ];
    let classroom50 = has_python().then(Platform::classroom50);
    for platform in platforms.into_iter().chain(classroom50) {
        let has_full_marks = platform.has_full_marks;
        for (name, text) in hostile(platform.results) {
            let result = platform.graded(&text);
            assert!(!has_full_marks(&result), "{name}: {result}");
            let results = platform.root.path(platform.results);
            let size = fs::metadata(results).unwrap().len();
            assert!(size < 1_000_000, "{name}: {size} bytes");
        }
        assert!(has_full_marks(&platform.graded(&reference())));
    }
}
