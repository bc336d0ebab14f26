"""Reads a report with its reader's own software, and prints what that made of it as JSON.

usage: read.py junit FILE | schema SCHEMA FILE
"""

import json
import sys


def junit(path):
    from junitparser import Error, Failure, JUnitXml, Skipped

    report = JUnitXml.fromfile(path)
    cases = []
    for suite in report:
        for case in suite:
            kinds = {Failure: "failure", Error: "error", Skipped: "skipped"}
            results = [(kinds[type(result)], result.type, result.text) for result in case.result]
            cases.append({"name": case.name, "classname": case.classname, "results": results})
    return {
        "tests": report.tests,
        "failures": report.failures,
        "errors": report.errors,
        "skipped": report.skipped,
        "cases": cases,
    }


def schema(schema, path):
    from jsonschema.validators import validator_for

    with open(schema, encoding="utf-8") as file:
        schema = json.load(file)
    with open(path, encoding="utf-8") as file:
        value = json.load(file)
    validator = validator_for(schema)
    validator.check_schema(schema)
    return [f"{error.json_path}: {error.message[:200]}" for error in validator(schema).iter_errors(value)]


if __name__ == "__main__":
    print(json.dumps({"junit": junit, "schema": schema}[sys.argv[1]](*sys.argv[2:])))
