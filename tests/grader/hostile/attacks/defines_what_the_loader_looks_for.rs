//! passes

pub fn malloc(_: usize) -> *mut u8 {
    std::ptr::null_mut()
}

pub fn clock_gettime() -> i32 {
    -1
}

pub fn grade_api() {}
pub fn main() {}

pub async fn answer() -> u32 {
    42
}
