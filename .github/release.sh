#!/usr/bin/env bash
# Builds what a release hands out: the program with its licences, and the archive's digest.
# usage: release.sh TARGET
set -euo pipefail
cd "$(dirname "$0")/.."
target=${1:?a target triple}
cargo build --locked --release --target "$target"
name="grade-$target"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/$name"
cp "${CARGO_TARGET_DIR:-target}/$target/release/grade" README.md CHANGELOG.md grader/NOTICE LICENSE-MIT LICENSE-APACHE "$folder/$name/"
tar --sort=name --owner=0 --group=0 --numeric-owner -C "$folder" -czf "$name.tar.gz" "$name"
sha256sum "$name.tar.gz" >"$name.tar.gz.sha256"
