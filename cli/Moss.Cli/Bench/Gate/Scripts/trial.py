"""A trial whose outcome is drawn, not computed: the draw follows from the run's salt, the scenario, the seed and the source."""
import hashlib
import json
import os

with open(os.environ["MOSS_SCENARIO"], encoding="utf-8") as file:
    scenario = json.load(file)
with open("behaviour.py", encoding="utf-8") as file:
    source = file.read()
with open("salt", encoding="utf-8") as file:
    salt = file.read().strip()

behaviour = {}
exec(source, behaviour)
drawn = hashlib.sha256("\n".join([salt, scenario["id"], os.environ["MOSS_SEED"], source]).encode()).digest()
quality = int.from_bytes(drawn[:6], "big") / 2**48
steady = scenario["input"]["steady"]
answer = {"passed": steady or quality >= 1 - behaviour["RATE"], "quality": 1.0 if steady else quality}
with open(os.path.join(os.environ["MOSS_OUT"], "answer.json"), "w", encoding="utf-8") as file:
    json.dump(answer, file)
