#!/usr/bin/env python3
"""Classroom 50 runs this in the student's checkout: grades it, and leaves result.json there."""

import os
import pathlib
import subprocess
import sys
import tempfile

# What is passed to `grade` on top; see README.md.
OPTIONS = []
# Seconds that it may take.
AT_MOST = 900

HERE = pathlib.Path(__file__).resolve().parent
RUSTUP = os.environ.get("RUSTUP_HOME") or str(pathlib.Path.home() / ".rustup")
TOOLCHAIN = pathlib.Path(RUSTUP) / "toolchains" / "{VERSION}-{HOST}" / "bin"

# A bundle that came over the web has lost who may run what.
for program in [HERE / "grade", *HERE.glob("course/prebuilt/*/driver"), *HERE.glob("course/prebuilt/*/judge")]:
    program.chmod(0o755)

# A token of the workflow is nothing that the grader, or what it starts, needs.
names = ["CLASSROOM", "ASSIGNMENT", "ASSIGNMENT_TYPE", "OWNER", "USERNAME", "SUBMISSION_TAG", "SUBMITTED_AT"]
names += ["COMMIT_URL", "RELEASE_URL", "REVIEW_URL"]
environment = {name: os.environ[name] for name in names if name in os.environ}
environment["PATH"] = f"{TOOLCHAIN}:/usr/local/bin:/usr/bin:/bin"
result = pathlib.Path.cwd() / "result.json"
result.unlink(missing_ok=True)
with tempfile.TemporaryDirectory() as cache:
    environment["GRADE_CACHE"] = f"{cache}/grade"
    command = ["timeout", "--kill-after=15", str(AT_MOST), HERE / "grade", "{IDS}", "--path", ".", "--course", HERE / "course"]
    command += ["--output", f"classroom50={result}", "--color", "never", "--quiet", "--exit-zero", *OPTIONS]
    status = subprocess.run(command, env=environment, check=False).returncode
# Without a result the platform has to say that the grading failed, and not the student.
sys.exit(status if result.is_file() else status or 1)
