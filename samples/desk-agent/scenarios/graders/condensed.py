"""Scores how short the tables are that the model was given: the argument is the most rows that one may show.

Prints {"score", "note"}. A table's text starts with "N found"; a summary line holds " more: ".
"""

import json
import sys


def main() -> None:
    most = int(sys.argv[1])
    tables = []
    with open("/moss/out/transcript.jsonl", encoding="utf-8") as transcript:
        for line in transcript:
            entry = json.loads(line)
            head, *rows = entry.get("text", "").splitlines() or [""]
            if entry.get("role") == "tool" and head.endswith(" found"):
                tables.append(sum(" more: " not in row for row in rows))
    if not tables:
        print(json.dumps({"score": 0, "note": "no table reached the model"}))
    elif max(tables) > most:
        print(json.dumps({"score": 0, "note": f"{max(tables)} rows reached the model, at most {most} may"}))
    else:
        print(json.dumps({"score": 1, "note": f"{max(tables)} rows"}))


if __name__ == "__main__":
    main()
