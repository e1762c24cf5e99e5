class _MossProbe:
    """Computes expressions where they could stand and tells which of them were worth the same each time."""

    VISITS = 6
    MARK = "MOSS-VALUES "

    def __init__(self, path, plan):
        import atexit
        import itertools
        import json

        self.first = itertools.islice
        self.path = path
        self.plan = {int(at): texts for at, texts in json.loads(plan).items()}
        self.left = dict.fromkeys(self.plan, self.VISITS)
        self.codes, self.rows = {}, {}
        self.total, self.busy = 0, False
        atexit.register(self.tell)

    def __call__(self, at, names, own):
        if self.busy or self.left.get(at, 0) <= 0:
            return
        self.busy = True
        try:
            self.left[at] -= 1
            if at not in self.codes:
                self.codes[at] = [self.code(text) for text in self.plan[at]]
                self.rows[at] = [[] for _ in self.codes[at]]
            scope = dict(names)
            scope.update(own)
            for code, row in zip(self.codes[at], self.rows[at]):
                row.append(self.value(code, scope))
            self.total += 1
            if self.total in (40, 400):
                # It may be killed before it ends.
                self.tell()
        except Exception:
            self.left = {}
        finally:
            self.busy = False

    def code(self, text):
        try:
            return compile(text, "?", "eval")
        except (SyntaxError, ValueError):
            return None

    def value(self, code, scope):
        if code is None or any(hasattr(scope.get(name), "__next__") for name in code.co_names):
            return None
        try:
            value = eval(code, scope)
            kind = type(value)
            if kind in (int, bool, float, str, type(None)):
                return kind.__name__, value if kind is not int or value.bit_length() < 4000 else 0
            if hasattr(value, "__next__"):
                # Made here, as no name that is read is an iterator.
                value = list(self.first(value, 200))
            return kind.__name__, repr(value)[:400] if not hasattr(value, "__len__") or len(value) < 500 else id(value)
        except NameError:
            return None
        except Exception:
            return "!"

    def tell(self):
        import json
        import sys

        told = {}
        for at, rows in list(self.rows.items()):
            seen = {}
            told[at] = [
                -1 if row[:1] == ["!"] else -2 if not row or None in row else seen.setdefault(tuple(row), len(seen))
                for row in rows
            ]
        print("\n" + self.MARK + json.dumps({"path": self.path, "told": told}, separators=(",", ":")), file=sys.stderr, flush=True)


