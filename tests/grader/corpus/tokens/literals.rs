const A: &str = r#"unsafe { }"#; const B: &[u8] = b"\x00"; const C: char = '\u{1F600}'; // extern
fn f<'a>(x: &'a str) { let _ = 1e-5_f64; let r#fn = c"x"; }
