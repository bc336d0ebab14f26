//! What numbers in settings may be, wherever they are said.

/// What an exercise is worth at most: platforms get a part for each point.
pub const MOST_POINTS: u32 = 10_000;
/// How many seeded schedules can be asked for.
pub const MOST_SCHEDULES: u32 = 1_000_000;
/// Milliseconds of processor time of a drive.
pub const WALL_MS: (u64, u64) = (100, 600_000);
/// Milliseconds of a compilation.
pub const COMPILE_MS: (u64, u64) = (1_000, 3_600_000);
