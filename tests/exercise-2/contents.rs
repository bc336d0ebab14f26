//! What is in the small files: the driver puts it on the disk, the judge shows it to the student.

/// A file's name and its bytes.
pub type Contents = (&'static str, &'static [u8]);

/// Files on which it shows what a line, a word and a byte is taken to be.
pub const COUNTED: [Contents; 10] = [
    ("empty.txt", b""),
    ("one_line.txt", b"one two three\n"),
    ("unfinished.txt", b"one\ntwo"),
    ("blank_lines.txt", b"\n\n\n"),
    ("only_spaces.txt", b" \t "),
    ("one_byte.txt", b"x"),
    ("spaces.txt", b"  \ta \t\t b  \r\n\r\n c"),
    ("returns.txt", b"a\rb\r\nc\r"),
    ("no_break.txt", "a\u{a0}b c\u{2003}d\u{3000}e\n".as_bytes()),
    ("signs.txt", b"don't stop-it - 3.14!\n"),
];

/// Files that stand among broken ones, and two that will be broken: by a fault of the disk.
pub const AMONG_BROKEN: [Contents; 7] = [
    ("good_a.txt", b"alpha beta\n"),
    ("locked.txt", b"nobody may open this\n"),
    ("torn.txt", &[b'x'; 1280]),
    ("latin1.txt", b"caf\xe9 \xff\xfe na\xefve\n"),
    ("empty.txt", b""),
    ("cut.txt", b"ok \xe2\x82\n"),
    ("good_b.txt", b"gamma delta epsilon\n"),
];

/// Files on which it shows what the key of a word is taken to be.
pub const ADDED_UP: [Contents; 8] = [
    ("cats.txt", b"the cat\nThe CAT the\n"),
    ("end.txt", b"the end\r\n"),
    ("signs.txt", b"don't, don't\tdon't - stop\r\n"),
    ("no_break.txt", "a\u{a0}b a b\n".as_bytes()),
    ("latin1.txt", b"caf\xe9 caf\xe8 caf\xc3\xa9\n"),
    ("empty.txt", b""),
    ("tail.txt", b"tail"),
    ("tails.txt", b"tail tail"),
];
