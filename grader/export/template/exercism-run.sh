#!/usr/bin/env bash
# Exercism's test runner, as `bin/run.sh SLUG /solution/ /output/`: ends with 0 whatever the solution does.
set -uo pipefail

# What is passed to `grade` on top; see README.md.
OPTIONS=()
# Seconds that it may take: Exercism's limit is 20.
AT_MOST=17

if [ $# -ne 3 ]; then
    echo "usage: bin/run.sh SLUG SOLUTION_FOLDER OUTPUT_FOLDER" >&2
    exit 2
fi
source=$(cd "$(dirname "$0")/.." && pwd)
results=${3%/}/results.json
export PATH=/usr/local/rustup/toolchains/{VERSION}-{HOST}/bin:/usr/local/bin:/usr/bin:/bin
export GRADE_CACHE=/tmp/grade-cache

rm -f "$results"
timeout --kill-after=2 "$AT_MOST" "$source/grade" "$1" --path "${2%/}" --course "$source/course" \
    --output "exercism=$results" --color never --quiet --exit-zero "${OPTIONS[@]}" >/dev/null
status=$?
if [ ! -s "$results" ]; then
    printf '{"version": 3, "status": "error", "message": "The test runner could not run (exit code %s).", "tests": []}\n' "$status" >"$results"
fi
exit 0
