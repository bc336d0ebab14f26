#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the image. The only downloads are here.
set -euo pipefail

apt-get update -qq
apt-get install -y -qq curl ca-certificates gcc libc6-dev
export RUSTUP_HOME=/usr/local/rustup CARGO_HOME=/usr/local/cargo
curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs |
    sh -s -- -y --no-modify-path --profile minimal --default-toolchain {VERSION}

# Shows in the build's log that the program starts on this image, and on what layers it can rely.
chmod +x /autograder/source/grade
/autograder/source/grade --version
PATH=/usr/local/rustup/toolchains/{VERSION}-{HOST}/bin:$PATH GRADE_CACHE=/tmp/grade-cache \
    /autograder/source/grade doctor
