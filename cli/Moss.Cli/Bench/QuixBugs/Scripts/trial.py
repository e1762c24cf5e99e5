"""Runs one test case of a QuixBugs program: reads MOSS_SCENARIO, writes MOSS_OUT/answer.json."""
import importlib
import json
import os
import pathlib


class Approx:
    """What the data set's tests use of pytest.approx."""

    def __init__(self, expected, abs):
        self.expected, self.tolerance = expected, abs

    def __eq__(self, actual):
        return -self.tolerance <= actual - self.expected <= self.tolerance


class Pytest:
    approx = Approx


def run(task):
    program = importlib.import_module("python_programs." + task["program"])
    scope = {"pytest": Pytest, "Node": importlib.import_module("node").Node, task["program"]: getattr(program, task["program"])}
    try:
        exec(task["body"], scope)
        return {"passed": True}
    except BaseException as error:
        return {"passed": False, "error": f"{type(error).__name__}: {error}"[:500]}


if __name__ == "__main__":
    with open(os.environ["MOSS_SCENARIO"], encoding="utf-8") as scenario:
        answer = run(json.load(scenario)["input"])
    (pathlib.Path(os.environ["MOSS_OUT"]) / "answer.json").write_text(json.dumps(answer), encoding="utf-8")
