"""An agent that changes what it was told to and praises it: a comment, and the rate when the run is about a true effect."""
import json
import re
import sys

with open("/moss/task/assignment.json", encoding="utf-8") as file:
    iteration = re.search(r"\.i(\d+)\.", json.load(file)["key"]).group(1)
with open("order.json", encoding="utf-8") as file:
    after = json.load(file)["after"]

role = sys.argv[1]
if role == "implement":
    with open("behaviour.py", encoding="utf-8") as file:
        source = file.read()
    if after is not None:
        source = re.sub(r"RATE = .*", f"RATE = {after}", source)
    with open("behaviour.py", "w", encoding="utf-8") as file:
        file.write(source + f"# looked at in iteration {iteration}\n")

reports = {
    "locate": {
        "summary": "It fails.", "failureClass": "structural",
        "files": [{"path": "behaviour.py", "lines": [{"start": 1, "end": 2}], "reason": "It is all there is."}],
    },
    "plan": {"rootCause": "Unknown.", "change": "Look at it.", "files": ["behaviour.py"]},
    "review-plan": {"decision": "approve", "reason": "It can do no harm."},
    "implement": {"subject": "Look at it", "body": "It was looked at."},
    "review-code": {"decision": "approve", "reason": "It can do no harm."},
    "propose-verdict": {"proposal": "converged", "reason": "It looks repaired."},
}
with open("/moss/out/report.json", "w", encoding="utf-8") as file:
    json.dump(reports[role], file)
