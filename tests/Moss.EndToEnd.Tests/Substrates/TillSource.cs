namespace Moss.EndToEnd.Tests.Substrates;

/// <summary>The files of the smallest substrate that has everything: a defect, a trial, a service with state, an agent.</summary>
internal static class TillSource
{
    public const string PriceFile = "till/price.py";
    public const string ServiceFile = "till/serve.py";
    public const string TipFile = "till/tip.py";
    public const string TrialFile = "till/trial.py";
    public const string AgentFile = "agent.py";

    public const string BrokenPrice = """
        # A sale at a till.
        def total(prices, percent):
            due = sum(prices)
            return due - due * percent // 1000

        """;

    public static readonly string RepairedPrice = BrokenPrice.Replace("1000", "100", StringComparison.Ordinal);

    /// <summary>A second defect, in a file of its own.</summary>
    public const string BrokenTip = """
        def tip(total, percent):
            return total * percent // 1000

        """;

    public static readonly string RepairedTip = BrokenTip.Replace("1000", "100", StringComparison.Ordinal);

    public const string TipTrial = """
        import json, os
        from till.price import total
        from till.tip import tip

        with open(os.environ["MOSS_SCENARIO"]) as file:
            task = json.load(file)["input"]
        due = tip(task["prices"][0], task["percent"]) if task["percent"] < 10 else total(task["prices"], task["percent"])
        with open(os.path.join(os.environ["MOSS_OUT"], "answer.json"), "w") as file:
            json.dump({"total": due}, file)

        """;

    public const string Trial = """
        import json, os
        from till.price import total

        with open(os.environ["MOSS_SCENARIO"]) as file:
            task = json.load(file)["input"]
        with open(os.path.join(os.environ["MOSS_OUT"], "answer.json"), "w") as file:
            json.dump({"total": total(task["prices"], task["percent"])}, file)

        """;

    /// <summary>
    /// Counts what it sold in its state folder and says what a sale of 100 with 10 % off comes to. Before it serves it asks
    /// the desk of the test whether it may.
    /// </summary>
    public const string Service = """
        import json, os, urllib.request
        from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
        from till.price import total

        BOOK = os.path.join(os.environ["MOSS_STATE"], "sales")

        def sales():
            try:
                with open(BOOK) as book:
                    return len(book.read())
            except FileNotFoundError:
                return 0

        class Till(BaseHTTPRequestHandler):
            def answer(self):
                body = json.dumps({"sample": total([100], 10), "sales": sales()}).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = answer

            def do_POST(self):
                with open(BOOK, "a") as book:
                    book.write("x")
                self.answer()

            def log_message(self, *words):
                pass

        urllib.request.urlopen(os.environ["DESK"] + "/boots/" + str(total([100], 10))).read()
        ThreadingHTTPServer(("127.0.0.1", int(os.environ["MOSS_PORT"])), Till).serve_forever()

        """;

    /// <summary>Boots in the trials, which do not need it, and nowhere else.</summary>
    public static readonly string BrokenService = "raise SystemExit('this version does not boot')\n" + Service;

    /// <summary>The agent's program: it asks the desk of the test what to do, and does it.</summary>
    public const string Agent = """
        import json, os, sys, urllib.request

        def post(path, body):
            request = urllib.request.Request(os.environ["DESK"] + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
            with urllib.request.urlopen(request) as answer:
                return json.load(answer)

        def write(path, text):
            try:
                os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
                with open(path, "w") as file:
                    file.write(text)
                return "written"
            except OSError as refused:
                return refused.strerror

        with open("/moss/task/assignment.json") as file:
            assignment = json.load(file)
        order = post("/calls", assignment)
        for _ in range(order["flood"] * 16):
            sys.stdout.write("x" * 65535 + "\n")
        writes = {path: write(path, text) for path, text in order["writes"].items()}
        if order["report"] is not None:
            with open("/moss/out/report.json", "w") as file:
                json.dump(order["report"], file)
        post("/done", {"substrate": assignment["substrate"], "key": assignment["key"], "writes": writes})
        sys.exit(order["exit"])

        """;

    /// <summary>The same, judged by a model alone.</summary>
    public static string JudgedScenario(string id, string prices, int percent, int total) => $$"""
        {
          "id": "{{id}}", "title": "{{id}}", "input": { "prices": {{prices}}, "percent": {{percent}} }, "seed": 1,
          "clock": "2026-01-05T09:00:00Z", "tags": [],
          "graders": [ {
            "id": "says", "kind": "judge", "question": "Does the answer say that the total is {{total}}?",
            "labels": [
              { "text": "{\"total\": {{total}}}", "holds": true }, { "text": "the total is {{total}}.", "holds": true }, { "text": "{{total}}", "holds": true },
              { "text": "{\"total\": {{total}}0}", "holds": false }, { "text": "the total is not known", "holds": false }, { "text": "{}", "holds": false }
            ]
          } ]
        }

        """;

    public static string Scenario(string id, string prices, int percent, int total) => $$"""
        {
          "id": "{{id}}", "title": "{{id}}", "input": { "prices": {{prices}}, "percent": {{percent}} }, "seed": 1,
          "clock": "2026-01-05T09:00:00Z", "tags": [],
          "graders": [ { "id": "total", "kind": "jsonPathEquals", "path": "$.total", "value": {{total}}, "weight": 1, "required": true } ]
        }

        """;
}
