#!/usr/bin/env bash
# The steps of the action. Inputs come through the environment, never through the text of a script.
set -euo pipefail

# The oldest Rust that grades: Cargo.toml's rust-version.
root=$(cd "$(dirname "$0")/../../.." && pwd)
rust=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' "$root/Cargo.toml")

toolchain() {
    rustup toolchain install "$rust" --profile minimal
    rustup default "$rust"
}

install_grade() {
    cargo install --locked --quiet --path "$root"
}

# What the submission could misuse is gone before it is touched: tokens, and the addresses they are for.
forget_tokens() {
    local name
    for name in $(compgen -e); do
        case $name in
        GITHUB_TOKEN | GH_TOKEN | ACTIONS_* | *_TOKEN | *_SECRET | *_PASSWORD) unset "$name" ;;
        esac
    done
}

grade_submission() {
    forget_tokens
    local report="${RUNNER_TEMP:-/tmp}/grade-report.json"
    local arguments=("$EXERCISE" --path "$SUBMISSION" --format github --output "json=$report" --require "$REQUIRE")
    if [ -n "$COURSE" ]; then
        arguments+=(--course "$COURSE")
    fi
    local line
    while IFS= read -r line; do
        if [ -n "$line" ]; then
            arguments+=(--output "$line")
        fi
    done <<<"$FORMATS"
    rm -f "$report"
    local code=0
    grade "${arguments[@]}" || code=$?
    # The other outputs are of `grade` itself, as of every run on GitHub.
    if [ -s "$report" ]; then
        echo "report=$report" >>"$GITHUB_OUTPUT"
    fi
    return "$code"
}

case ${1-} in
toolchain) toolchain ;;
install) install_grade ;;
grade) grade_submission ;;
*)
    echo "usage: grade.sh toolchain|install|grade" >&2
    exit 2
    ;;
esac
