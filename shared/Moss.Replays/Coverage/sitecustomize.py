"""Records which lines of the source under trial run, and writes them down at the end and shortly before the deadline.

The interpreter imports this module at start, before the program. The program must not be able to tell: no module is
imported that the interpreter has not loaded anyway, no signal is used, sys.path is as it would be, and the next
sitecustomize, if there is one, still runs.
"""


def _start():
    import sys

    loaded = set(sys.modules)
    import _thread
    import atexit
    import os

    deadline, out, source, here = os.environ["MOSS_LINES"].split("|")
    source += "/"
    start = os.getcwd()
    seen = {}  # file relative to the source -> set of line numbers
    local_of = {}  # co_filename -> local trace function, None for files that are not of the source

    def relative(filename):
        if not filename.startswith("/"):
            if filename.startswith("<"):
                return None
            filename = os.path.normpath(start + "/" + filename)
        return filename[len(source):] if filename.startswith(source) else None

    def lines_of(filename):
        path = relative(filename)
        return None if path is None else seen.setdefault(path, set())

    def text(name):
        return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'

    def write():
        try:
            rows = [
                text(path) + ":[" + ",".join(map(str, sorted(lines))) + "]"
                for path, lines in list(seen.items())
                if path.isprintable()
            ]
            path = "%s/%d" % (out, os.getpid())
            handle = os.open(path + ".part", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            try:
                data = ("{" + ",".join(rows) + "}").encode("utf-8", "replace")
                while data:
                    data = data[os.write(handle, data):]
            finally:
                os.close(handle)
            os.replace(path + ".part", path + ".json")
        except BaseException:
            pass

    def wait():
        lock = _thread.allocate_lock()
        lock.acquire()
        lock.acquire(True, float(deadline))
        write()

    def local_for(filename):
        if filename.endswith("/threading.py"):
            # Threads are traced through the threading module, once the program has loaded it.
            threading = sys.modules.get("threading")
            if not hasattr(threading, "settrace"):
                return None
            threading.settrace(call)
        lines = lines_of(filename)
        if lines is None:
            local_of[filename] = None
            return None
        add = lines.add

        def local(frame, event, argument):
            if event == "line":
                try:
                    add(frame.f_lineno)
                except RecursionError:
                    pass  # The program is at its limit and will find out by itself.
            return local

        local_of[filename] = local
        return local

    def call(frame, event, argument):
        try:
            filename = frame.f_code.co_filename
            return local_of[filename] if filename in local_of else local_for(filename)
        except RecursionError:
            return None

    def monitor():
        monitoring = sys.monitoring
        tool = monitoring.COVERAGE_ID
        sets = {}

        def line(code, number):
            filename = code.co_filename
            if filename not in sets:
                sets[filename] = lines_of(filename)
            if sets[filename] is not None:
                sets[filename].add(number)
            return monitoring.DISABLE

        monitoring.use_tool_id(tool, "moss")
        monitoring.register_callback(tool, monitoring.events.LINE, line)
        monitoring.set_events(tool, monitoring.events.LINE)

    atexit.register(write)
    try:
        _thread.start_new_thread(wait, ())
    except RuntimeError:
        pass
    for name in set(sys.modules) - loaded:
        del sys.modules[name]
    sys.path[:] = [entry for entry in sys.path if entry != here]
    if hasattr(sys, "monitoring"):
        try:
            monitor()
        except ValueError:
            pass  # Another tool has the place.
    else:
        # A trace function needs one frame more than the program has; this keeps the program's own limit where it is.
        sys.setrecursionlimit(sys.getrecursionlimit() + 1)
        sys.settrace(call)


def _next():
    import sys

    this = sys.modules.pop(__name__)
    try:
        import sitecustomize
    except ImportError as missing:
        if missing.name != "sitecustomize":
            raise
        sys.modules[__name__] = this


try:
    _start()
finally:
    _next()
