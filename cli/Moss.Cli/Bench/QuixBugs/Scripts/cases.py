"""Prints the test cases of one QuixBugs program as a JSON list of Python bodies, each self-contained but for the program itself.

Usage: cases.py CLONE PROGRAM. Cases that the data set's own test skips are left out.
"""
import ast
import json
import pathlib
import sys
import types

clone, program = pathlib.Path(sys.argv[1]), sys.argv[2]
test_file = clone / "python_testcases" / f"test_{program}.py"
data_file = clone / "json_testcases" / f"{program}.json"
tree = ast.parse(test_file.read_text(encoding="utf-8"))


def load_json_testcases(_name):
    with open(data_file, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def table():
    """The (input, expected) rows as the test file prepares them."""
    stub = types.SimpleNamespace(__name__=program)
    scope = {"load_json_testcases": load_json_testcases, program: stub}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            exec(compile(ast.Module([node], []), str(test_file), "exec"), scope)
    return scope["testdata"]


def skips(statement, row):
    """True when the statement is the data set's own skip, and it applies to this row."""
    if not (isinstance(statement, ast.If) and "pytest.skip" in ast.unparse(statement)):
        return False
    pytest = types.SimpleNamespace(run_slow=False)
    return bool(eval(compile(ast.Expression(statement.test), "<skip>", "eval"), {"pytest": pytest, "input_data": row}))


def text(statements):
    kept = [s for s in statements if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))]
    return "\n".join(ast.unparse(s) for s in kept if "pytest.skip" not in ast.unparse(s))


cases = []
for node in tree.body:
    if not (isinstance(node, ast.FunctionDef) and node.name.startswith("test")):
        continue
    if [argument.arg for argument in node.args.args] == ["input_data", "expected"]:
        for row, expected in table():
            if not any(skips(statement, row) for statement in node.body):
                cases.append(f"input_data = {row!r}\nexpected = {expected!r}\n{text(node.body)}")
    else:
        cases.append(text(node.body))
print(json.dumps(cases))
