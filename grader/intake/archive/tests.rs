//! Archives of every kind, made here byte by byte where no honest packer would make them.

use std::io::Write;

use super::super::{Intake, judge};
use super::*;

const CODE: &[u8] = b"pub fn answer() -> u32 { 42 }\n";

/// A tar of these entries: name, kind, content.
fn tar_of(entries: &[(&str, tar::EntryType, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, kind, content) in entries {
        let mut header = tar::Header::new_ustar();
        // The builder refuses names that lead out of an archive.
        let field = &mut header.as_old_mut().name;
        field[..name.len()].copy_from_slice(name.as_bytes());
        header.set_entry_type(*kind);
        header.set_mode(0o644);
        header.set_size(content.len() as u64);
        if [tar::EntryType::Symlink, tar::EntryType::Link].contains(kind) {
            header.set_link_name("/etc/passwd").unwrap();
        }
        header.set_cksum();
        builder.append(&header, *content).unwrap();
    }
    builder.into_inner().unwrap()
}

fn files(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let entries: Vec<_> = entries
        .iter()
        .map(|(name, content)| (*name, tar::EntryType::Regular, *content))
        .collect();
    tar_of(&entries)
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn zipped(entries: &[(&str, &[u8], u32)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content, mode) in entries {
        let options = zip::write::SimpleFileOptions::default().unix_permissions(*mode);
        if mode & 0o170_000 == 0o120_000 {
            zip.add_symlink(*name, str::from_utf8(content).unwrap(), options)
                .unwrap();
        } else {
            zip.start_file(*name, options).unwrap();
            zip.write_all(content).unwrap();
        }
    }
    zip.finish().unwrap().into_inner()
}

/// What becomes of an archive: the names of its files, or why it is refused.
fn told(bytes: &[u8]) -> String {
    let kind = Kind::by_magic(bytes).expect("it begins as an archive does");
    match judge(gather_bytes(bytes, kind)) {
        Intake::Accepted(submission) => {
            let names: Vec<_> = submission.files.into_iter().map(|(name, _)| name).collect();
            format!("takes {}", names.join(", "))
        }
        Intake::Refused { diagnostics, .. } => {
            let said: Vec<_> = diagnostics.into_iter().map(|said| said.message).collect();
            said.join("; ")
        }
    }
}

#[test]
fn a_crate_is_found_at_the_top_and_in_one_enclosing_folder() {
    let top = files(&[
        ("src/lib.rs", CODE),
        ("src/main.rs", CODE),
        ("tests/it.rs", CODE),
    ]);
    assert_eq!(told(&top), "takes src/lib.rs");
    let inside = files(&[
        ("work/Cargo.toml", b"[package]"),
        ("work/src/lib.rs", CODE),
        ("work/src/a/b.rs", CODE),
    ]);
    assert_eq!(told(&gzipped(&inside)), "takes src/a/b.rs, src/lib.rs");
    let zip = zipped(&[
        ("work/src/lib.rs", CODE, 0o644),
        ("work/README.md", b"#", 0o644),
    ]);
    assert_eq!(told(&zip), "takes src/lib.rs");
}

#[test]
fn a_lone_lib_rs_stands_for_the_crate() {
    assert_eq!(told(&files(&[("lib.rs", CODE)])), "takes src/lib.rs");
    assert_eq!(told(&files(&[("./work/lib.rs", CODE)])), "takes src/lib.rs");
    assert_eq!(
        told(&files(&[("README.md", b"soon")])),
        "the archive has no src/lib.rs"
    );
}

#[test]
fn what_is_no_plain_file_is_refused() {
    use tar::EntryType::{Block, Char, Fifo, Link, Symlink};
    for (kind, why) in [
        (Symlink, "src/x.rs is a symbolic link"),
        (Link, "src/x.rs is a hard link"),
        (Char, "src/x.rs is not a regular file"),
        (Block, "src/x.rs is not a regular file"),
        (Fifo, "src/x.rs is not a regular file"),
    ] {
        let archive = tar_of(&[
            ("src/lib.rs", tar::EntryType::Regular, CODE),
            ("src/x.rs", kind, b""),
        ]);
        assert!(told(&archive).starts_with(why), "{}", told(&archive));
    }
    let zip = zipped(&[
        ("src/lib.rs", CODE, 0o644),
        ("src/x.rs", b"/etc/passwd", 0o120_777),
    ]);
    assert!(told(&zip).starts_with("src/x.rs is a symbolic link"));
}

#[test]
fn names_that_lead_out_of_it_or_collide_are_refused() {
    for (name, why) in [
        ("../x.rs", "../x.rs leads out of the archive"),
        ("src/../../x.rs", "src/../../x.rs leads out of the archive"),
        ("/etc/x.rs", "/etc/x.rs is an absolute path"),
        ("C:/x.rs", "C:/x.rs is an absolute path"),
        ("src\\x.rs", "src\\x.rs is no name for a file"),
        ("src/lib.rs", "src/lib.rs is there twice"),
        ("src//lib.rs", "src//lib.rs is there twice"),
        ("./src/./lib.rs", "./src/./lib.rs is there twice"),
        ("src/lib.rs/x.rs", "src/lib.rs is a file and a folder"),
        ("src/LIB.rs/x.rs", "src/lib.rs is a file and a folder"),
        (
            "src/LIB.rs",
            "src/LIB.rs and src/lib.rs differ in capitals only",
        ),
    ] {
        let archive = files(&[("src/lib.rs", CODE), (name, CODE)]);
        assert_eq!(told(&archive), why);
    }
    let mut zip = zipped(&[("src/lib.rs", CODE, 0o644), ("src/lic.rs", b"other", 0o644)]);
    let text = b"src/lic.rs";
    for at in 0..zip.len() - text.len() {
        if &zip[at..at + text.len()] == text {
            zip[at + 6] = b'b';
        }
    }
    assert!(
        told(&zip).contains("two entries of one name"),
        "{}",
        told(&zip)
    );
}

/// One entry with what other headers say of it.
fn renamed(says: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    builder.append_pax_extensions(says.iter().copied()).unwrap();
    let mut archive = builder.into_inner().unwrap();
    archive.truncate(archive.len() - 1024);
    archive.extend(files(&[("src/lib.rs", CODE)]));
    archive
}

#[test]
fn what_a_header_of_another_kind_says_of_a_name_counts_and_meets_the_same_rules() {
    let lib: (&str, &[u8]) = ("path", b"src/lib.rs");
    assert_eq!(told(&renamed(&[lib])), "takes src/lib.rs");
    for (path, why) in [
        ("../x.rs", "../x.rs leads out of the archive"),
        ("/x.rs", "/x.rs is an absolute path"),
        ("src/\0.rs", "src/\u{FFFD}.rs is no name for a file"),
        ("x.rs", "the archive has no src/lib.rs"),
    ] {
        assert_eq!(told(&renamed(&[("path", path.as_bytes())])), why);
    }
    let latin: (&str, &[u8]) = ("path", b"src/\xe4.rs");
    let why = "the archive has a name that is not UTF-8";
    assert_eq!(told(&renamed(&[latin])), why);
    // A size that is not the header's moves where the next entry begins.
    for size in ["18446744073709551615", "1099511627776"] {
        let said = told(&renamed(&[("size", size.as_bytes())]));
        assert!(!said.starts_with("takes"), "{said}");
    }
    let long = tar_of(&[
        (
            "././@LongLink",
            tar::EntryType::GNULongName,
            b"../long.rs\0",
        ),
        ("src/lib.rs", tar::EntryType::Regular, CODE),
    ]);
    assert_eq!(told(&long), "../long.rs leads out of the archive");
    let link = tar_of(&[
        (
            "././@LongLink",
            tar::EntryType::GNULongLink,
            b"/etc/passwd\0",
        ),
        ("src/lib.rs", tar::EntryType::Symlink, b""),
    ]);
    assert!(told(&link).contains("symbolic link"), "{}", told(&link));
    let sparse = tar_of(&[("src/lib.rs", tar::EntryType::GNUSparse, CODE)]);
    assert!(!told(&sparse).starts_with("takes"), "{}", told(&sparse));
}

#[test]
fn what_follows_an_archive_is_no_part_of_it_and_an_empty_one_is_refused() {
    let garbage = b"\0garbage PK\x05\x06 ustar".repeat(99);
    let whole = files(&[("src/lib.rs", CODE)]);
    let second = gzipped(&files(&[("src/second.rs", CODE)]));
    for archive in [
        [&whole[..], &garbage[..]].concat(),
        [&gzipped(&whole)[..], &garbage[..]].concat(),
        [&gzipped(&whole)[..], &second[..]].concat(),
    ] {
        assert_eq!(told(&archive), "takes src/lib.rs");
    }
    let none = "the archive has no src/lib.rs";
    assert_eq!(told(&zipped(&[])), none);
    assert_eq!(told(&gzipped(&[0; 1024])), none);
    assert!(!told(&gzipped(b"")).starts_with("takes"));
}

#[test]
fn bombs_are_refused_before_they_are_unpacked() {
    let zeros = vec![0; 40 << 20];
    let bomb = "the archive unpacks to far more than its own size";
    let tar = gzipped(&files(&[("src/lib.rs", CODE), ("big", &zeros)]));
    assert!(told(&tar).contains(bomb), "{}", told(&tar));
    let zip = zipped(&[("src/lib.rs", CODE, 0o644), ("big", &zeros, 0o644)]);
    assert!(told(&zip).contains(bomb), "{}", told(&zip));
    let many: Vec<_> = (0..600).map(|n| format!("src/m{n}.rs")).collect();
    let many: Vec<_> = many.iter().map(|name| (name.as_str(), CODE)).collect();
    assert!(told(&files(&many)).contains("more than 500 files"));
}

#[test]
fn an_archive_with_any_byte_changed_or_cut_off_is_judged_without_a_panic() {
    let entries = files(&[("src/lib.rs", CODE), ("src/a.rs", CODE)]);
    let zip = zipped(&[("src/lib.rs", CODE, 0o644), ("src/a.rs", CODE, 0o644)]);
    for whole in [entries.clone(), gzipped(&entries), zip] {
        for at in 0..whole.len() {
            for flip in [1, 0x80, 0xFF] {
                let mut changed = whole.clone();
                changed[at] ^= flip;
                if let Some(kind) = Kind::by_magic(&changed) {
                    let _ = judge(gather_bytes(&changed, kind));
                }
            }
            if at % 7 == 0
                && let Some(kind) = Kind::by_magic(&whole[..at])
            {
                let _ = judge(gather_bytes(&whole[..at], kind));
            }
        }
    }
}
