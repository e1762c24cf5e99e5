"""Writes evidence.json anew: the failures that customers reported, each with the transcript that the desk leaves today.

Run in the folder that holds scenarios/ and reports.json: ``python3 -m desk_agent.record``.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from desk_agent.trial import replay


def record(report: dict[str, Any], folder: Path) -> dict[str, Any]:
    """One item of evidence: the report, and the transcript of its scenario."""
    scenario = json.loads((folder / "scenarios" / f"{report['scenario']}.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as out:
        replay(scenario, Path(out))
        transcript = (Path(out) / "transcript.jsonl").read_text(encoding="utf-8")
    return {"substrate": "desk-agent", "source": "session", "sessionId": scenario["input"]["session"], **report, "transcript": transcript}


def main() -> None:
    folder = Path.cwd()
    reports = json.loads((folder / "reports.json").read_text(encoding="utf-8"))
    evidence = [record(report, folder) for report in reports]
    (folder / "evidence.json").write_text(json.dumps(evidence, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"{len(evidence)} failures recorded")


if __name__ == "__main__":
    main()
