fn main() {
    std::fs::write("@CANARY@", "harmed").unwrap();
}
