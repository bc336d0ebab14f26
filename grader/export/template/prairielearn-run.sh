#!/usr/bin/env bash
# PrairieLearn's entry point, as `run.sh EXERCISE`: grades /grade/student.
set -uo pipefail

# What is passed to `grade` on top; see README.md.
OPTIONS=()
# Seconds that it may take: `timeout` in the question's info.json, less what it takes to say so.
AT_MOST=105

source=/grade/serverFilesCourse/grade
results=/grade/results/results.json
export PATH=/usr/local/rustup/toolchains/{VERSION}-{HOST}/bin:/usr/local/bin:/usr/bin:/bin
export GRADE_CACHE=/tmp/grade-cache

mkdir -p /grade/results
rm -f "$results"
chmod +x "$source/grade" "$source"/course/prebuilt/*/driver "$source"/course/prebuilt/*/judge 2>/dev/null
timeout --kill-after=10 "$AT_MOST" "$source/grade" "${1-}" --path /grade/student --course "$source/course" \
    --output "prairielearn=$results" --color never --quiet --exit-zero "${OPTIONS[@]}"
status=$?
if [ ! -s "$results" ]; then
    printf '{"gradable": false, "message": "The grader could not run (exit code %s). This costs no attempt: please tell your instructor."}\n' "$status" >"$results"
fi
