//! fails
pub async fn answer() -> u32 {
    panic!("\u{1b}]0;owned\u{7}\u{1b}[2J::error file=x::owned\n::stop-commands::x\n=HYPERLINK(\"x\")<script>|");
}
