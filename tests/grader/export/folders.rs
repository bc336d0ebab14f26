//! What is written into folders: for students, for other machines, and never over anything.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::exported;
use crate::bench::{copy_folder, course, course_copy, grade, names};

/// Whose exercises hand crates out, and have programs that must not compile.
pub fn programs() -> &'static Path {
    Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/grader/programs/course"
    ))
}

fn export(what: &str, exercises: &[&str], course: &Path) -> (TempDir, PathBuf) {
    let parent = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let folder = parent.path().join("out");
    grade(["export", what])
        .args(exercises)
        .arg("--course")
        .arg(course)
        .arg("-o")
        .arg(&folder)
        .run()
        .exits(0);
    (parent, folder)
}

/// What `grade` says of a course's own solution, with the course in `by`; some of them solve nothing.
fn verdict(exercise: &str, by: &Path, course: &Path) -> (Option<i32>, String) {
    let ran = grade([exercise, "--format", "json", "--course"])
        .arg(by)
        .arg("--path")
        .arg(course.join("solutions").join(exercise))
        .run();
    (ran.code, ran.stdout)
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().flatten();
    let paths = entries.map(|entry| entry.path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

/// The lines of code of what is hidden of an exercise, which nobody would write twice.
fn hidden_lines(exercise: &str, course: &Path) -> Vec<String> {
    let tests = course.join("tests").join(exercise);
    let hidden = ["driver.rs", "judge.rs", "mistakes", "variants"].map(|name| tests.join(name));
    let hidden = hidden
        .into_iter()
        .chain([course.join("solutions").join(exercise).join("src")]);
    let hidden = hidden.filter(|path| path.exists());
    let paths = hidden.flat_map(|path| {
        if path.is_dir() {
            files(&path)
        } else {
            vec![path]
        }
    });
    let given: String = files(&course.join("exercises").join(exercise))
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let texts: Vec<_> = paths
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let lines = texts.iter().flat_map(|text| text.lines()).map(str::trim);
    let lines = lines.filter(|line| line.len() > 30 && !line.starts_with("use "));
    lines
        .filter(|line| !given.contains(line))
        .map(str::to_owned)
        .collect()
}

#[track_caller]
fn has_nothing_hidden(folder: &Path, exercise: &str, course: &Path) {
    let hidden = hidden_lines(exercise, course);
    assert!(!hidden.is_empty());
    for path in files(folder)
        .iter()
        .filter(|path| !path.ends_with("adapter.rs"))
    {
        let bytes = fs::read(path).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let found = hidden.iter().find(|line| text.contains(line.as_str()));
        assert_eq!(found, None, "in {}", path.display());
    }
}

#[test]
fn a_prebuilt_course_grades_as_the_course_does_and_has_no_sources() {
    let bundle = exported("prebuilt");
    let course = course_copy();
    assert_eq!(
        verdict("probe", &bundle, course.path()),
        verdict("probe", course.path(), course.path())
    );
    assert_eq!(names(&bundle.join("tests/probe")), ["exercise.toml"]);
    assert!(!bundle.join("solutions").exists());
    has_nothing_hidden(&bundle.join("prebuilt"), "probe", course.path());
    let refused = |words: &[&str]| {
        grade(words)
            .arg("--course")
            .arg(&bundle)
            .run()
            .exits(2)
            .says("is a prebuilt course: it has no sources");
    };
    refused(&["verify"]);
    refused(&["new", "another"]);
    refused(&["export", "prebuilt", "-o", "nowhere"]);
    refused(&["probe", "--check", "it_answers", "--as-test", "--path", "."]);
}

#[test]
fn handed_crates_and_programs_that_must_not_compile_are_in_a_prebuilt_course() {
    let (_parent, bundle) = export("prebuilt", &["fetch", "lent"], programs());
    for exercise in ["fetch", "lent"] {
        assert_eq!(
            verdict(exercise, &bundle, programs()),
            verdict(exercise, programs(), programs())
        );
        has_nothing_hidden(&bundle.join("prebuilt"), exercise, programs());
    }
    let built = names(&bundle.join("prebuilt/fetch"));
    assert!(
        !built
            .iter()
            .any(|name| name == "source" || name == "handed"),
        "{built:?}"
    );
    let (_parent, given) = export("student", &["fetch", "lent"], programs());
    for exercise in ["fetch", "lent"] {
        has_nothing_hidden(&given, exercise, programs());
    }
    assert!(given.join("fetch/web/Cargo.toml").exists());
}

#[test]
fn a_prebuilt_course_that_is_not_whole_is_refused_in_a_sentence() {
    let copy = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let bundle = copy.path().join("bundle");
    copy_folder(&exported("prebuilt"), &bundle, &|from, to| {
        fs::hard_link(from, to)
    });
    fs::remove_file(bundle.join("prebuilt/probe/judge")).unwrap();
    grade(["probe", "--course"])
        .arg(&bundle)
        .arg("--path")
        .arg(course().join("solutions/probe"))
        .run()
        .exits(2)
        .says("is not whole");
}

#[test]
fn what_a_course_says_of_other_exercises_and_of_students_stays_at_home() {
    let (_course, bundles) = with_extensions();
    let read = |path: &str| fs::read_to_string(bundles.join(path)).unwrap();
    let of_gradescope = read("prebuilt/extensions.toml");
    assert!(
        of_gradescope.contains("ada") && !of_gradescope.contains("grace"),
        "{of_gradescope}"
    );
    assert!(!read("prebuilt/grade.toml").contains("fetch"));
    let public = files(&bundles.join("classroom50/autograders/lent/course/tests"));
    assert!(!public.is_empty());
    assert!(
        !bundles
            .join("classroom50/autograders/lent/course/extensions.toml")
            .exists()
    );
    let settings = read("classroom50/autograders/lent/course/grade.toml");
    assert!(
        !settings.contains("extensions") && settings.contains("points"),
        "{settings}"
    );
    let late = grade([
        "lent",
        "--format",
        "json",
        "--submitted-at",
        "2026-11-21T12:00:00+01:00",
    ])
    .args(["--student", "ada@uni.test", "--course"])
    .arg(bundles.join("prebuilt"))
    .arg("--path")
    .arg(programs().join("solutions/lent"))
    .run()
    .exits(0)
    .json();
    assert_eq!(late["max_score"], 30);
    assert_eq!(late["lateness"]["extended"], true);
    let checks = read("student/lent/CHECKS.md");
    assert!(
        !checks.contains("nothing_leaves") && checks.contains("worth 30 points"),
        "{checks}"
    );
}

/// A course with an extensions file, and what is exported of its `lent`.
pub fn with_extensions() -> (TempDir, PathBuf) {
    let course = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    copy_folder(programs(), course.path(), &|from, to| {
        fs::copy(from, to).map(drop)
    });
    let deadline = "deadline = 2026-11-20T23:59:59+01:00\n";
    let text = format!(
        "exercises = [\"lent\", \"fetch\"]\n{deadline}points = 20\nextensions = \"who.toml\"\n\
         [exercise.fetch]\npoints = 9\n[exercise.lent]\npoints = 30\ndisclosure = \"hint\"\n"
    );
    fs::write(course.path().join("grade.toml"), text).unwrap();
    let later = "deadline = 2026-11-22T23:59:59+01:00\n";
    let text = format!(
        "[[extension]]\nstudent = \"ada@uni.test\"\nexercise = \"lent\"\n{later}\
         [[extension]]\nstudent = \"grace\"\nexercise = \"fetch\"\n{later}"
    );
    fs::write(course.path().join("who.toml"), text).unwrap();
    let bundles = course.path().join("bundles");
    fs::create_dir(&bundles).unwrap();
    for what in ["prebuilt", "classroom50", "student", "gradescope"] {
        grade(["export", what, "lent", "--course"])
            .arg(course.path())
            .arg("-o")
            .arg(bundles.join(what))
            .run()
            .exits(0);
    }
    (course, bundles)
}

#[test]
fn several_exercises_are_a_zip_each_and_one_readme() {
    let (_parent, zips) = export("gradescope", &["lent", "fetch", "lent"], programs());
    assert_eq!(names(&zips), ["README.md", "fetch.zip", "lent.zip"]);
    let readme = fs::read_to_string(zips.join("README.md")).unwrap();
    assert!(
        readme.contains("One zip for each of: lent, fetch."),
        "{readme}"
    );
}

#[test]
fn a_prebuilt_course_of_another_toolchain_is_refused_in_a_sentence() {
    let copy = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let bundle = copy.path().join("bundle");
    copy_folder(&exported("prebuilt"), &bundle, &|from, to| {
        fs::hard_link(from, to)
    });
    let path = bundle.join("bundle.json");
    let text = fs::read_to_string(&path)
        .unwrap()
        .replace("rustc 1.", "rustc 0.");
    fs::remove_file(&path).unwrap();
    fs::write(&path, text).unwrap();
    grade(["probe", "--course"])
        .arg(&bundle)
        .arg("--path")
        .arg(course().join("solutions/probe"))
        .run()
        .exits(2)
        .says("and this is rustc 1.");
}

#[test]
fn students_are_given_the_starter_and_what_is_disclosed_and_nothing_else() {
    let folder = exported("student");
    assert_eq!(names(&folder), ["README.md", "probe"]);
    let given = names(&folder.join("probe"));
    assert_eq!(given, ["CHECKS.md", "Cargo.toml", "README.md", "src"]);
    let starter = course().join("exercises/probe/src/lib.rs");
    let read = |path: &Path| fs::read_to_string(path).unwrap();
    assert_eq!(read(&folder.join("probe/src/lib.rs")), read(&starter));
    assert!(read(&folder.join("probe/CHECKS.md")).contains("`grade probe --check it_answers`"));
}

#[test]
fn nothing_is_overwritten_and_what_is_unknown_is_refused_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |words: &[&str], into: &Path, says: &str| {
        grade(["export"])
            .args(words)
            .arg("--course")
            .arg(course())
            .arg("-o")
            .arg(into)
            .run()
            .exits(2)
            .says(says);
    };
    let new = folder.path().join("new");
    refused(&["gradescope", "probe"], folder.path(), "is there already");
    refused(&["gradescope"], &new, "no exercise is named");
    refused(
        &["gradescope", "prob2"],
        &new,
        "there is no exercise `prob2`",
    );
    refused(&["gradescop", "probe"], &new, "gradescope");
    refused(
        &["student", "probe"],
        &new.join("deeper"),
        "there is no folder",
    );
    refused(
        &["student", "probe"],
        Path::new("/proc/new"),
        "/proc cannot be written",
    );
    assert_eq!(names(folder.path()), [""; 0]);
}
