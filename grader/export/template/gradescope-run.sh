#!/usr/bin/env bash
# Gradescope runs this for each submission.
set -uo pipefail

# What is passed to `grade` on top; see README.md.
OPTIONS=()
# Seconds that it may take: Gradescope ends a container after ten minutes, and then nobody hears why.
AT_MOST=540

source=/autograder/source
results=/autograder/results/results.json
metadata=/autograder/submission_metadata.json
export PATH=/usr/local/rustup/toolchains/{VERSION}-{HOST}/bin:/usr/local/bin:/usr/bin:/bin
export GRADE_CACHE=/tmp/grade-cache

mkdir -p /autograder/results
rm -f "$results"
# Gradescope shows lateness and takes no points for it: the course's own rule does, if it has one.
# A quote within a name is `\"` in JSON, so that nobody's name can be taken for one of these.
values() { grep -o "\"$1\": *\"[^\"]*\"" "$metadata" 2>/dev/null | cut -d '"' -f 4; }
created=$(values created_at | head -n 1)
if [ -n "$created" ]; then
    OPTIONS+=(--submitted-at "$created")
else
    echo "no time of submission in $metadata: lateness takes nothing" >&2
fi
while IFS= read -r email; do
    OPTIONS+=("--student=$email")
done < <(values email)
chmod +x "$source/grade" "$source"/course/prebuilt/*/driver "$source"/course/prebuilt/*/judge 2>/dev/null
timeout --kill-after=15 "$AT_MOST" "$source/grade" {IDS} --path /autograder/submission --course "$source/course" \
    --output "gradescope=$results" --color never --quiet --exit-zero "${OPTIONS[@]}"
status=$?
if [ ! -s "$results" ]; then
    printf '{"score": 0, "output": "The grader could not run (exit code %s). This says nothing about your work: please tell your instructor."}\n' "$status" >"$results"
fi
