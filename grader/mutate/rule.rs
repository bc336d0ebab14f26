//! The rules that mutants are made by. They were fixed before it was known what the checks catch.

/// A way to change an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// A call that stands for itself is left out: a cancel, a wake-up, an await.
    DropStatement,
    /// Two neighbouring statements, one of which waits or spawns, change places.
    SwapStatements,
    /// A `return` or `continue` is left out.
    DropJump,
    /// `tokio::time::sleep` becomes `std::thread::sleep`.
    BlockingSleep,
    /// What is spawned is awaited first.
    SpawnAfterAwait,
    /// What runs together runs in turn.
    OneByOne,
    /// Things come in another order: `buffered` for `buffer_unordered`, the back of a queue for its front, a list
    /// from its end.
    Reorder,
    /// The first of a list is left out.
    SkipFirst,
    /// Two arguments, or the halves of a pair, change places.
    SwapPair,
    /// A text that is printed or returned says one letter more.
    Reword,
    /// A limit is one more.
    WidenLimit,
    /// A limit is as good as none.
    DropLimit,
    /// A limit is 1.
    NarrowLimit,
    /// A time is twice as long.
    DoubleTime,
    /// A timeout is a day.
    DropTimeout,
    /// A number is one more; a range ends one later, or one earlier.
    OffByOne,
    /// `<` becomes `<=`, `==` becomes `!=`, and so on.
    Compare,
    /// `+` becomes `-`, and the other way round.
    Arithmetic,
    /// A condition is turned round; `&&` becomes `||`; `true` becomes `false`.
    Negate,
}

impl Rule {
    /// As a table shows it, and `equivalent.toml` names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::DropStatement => "drop-statement",
            Self::SwapStatements => "swap-statements",
            Self::DropJump => "drop-jump",
            Self::BlockingSleep => "blocking-sleep",
            Self::SpawnAfterAwait => "spawn-after-await",
            Self::OneByOne => "one-by-one",
            Self::Reorder => "reorder",
            Self::SkipFirst => "skip-first",
            Self::SwapPair => "swap-pair",
            Self::Reword => "reword",
            Self::WidenLimit => "widen-limit",
            Self::DropLimit => "drop-limit",
            Self::NarrowLimit => "narrow-limit",
            Self::DoubleTime => "double-time",
            Self::DropTimeout => "drop-timeout",
            Self::OffByOne => "off-by-one",
            Self::Compare => "compare",
            Self::Arithmetic => "arithmetic",
            Self::Negate => "negate",
        }
    }
}
