"""Writes the root of a small system, made of parts of this machine, to standard output as a tar archive: a shell, the usual
commands and Python. usage: make-image.py COMMAND..."""
import glob
import io
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile

ETC = {
    "passwd": "root:x:0:0:root:/root:/usr/sbin/nologin\ntrial:x:1000:1000:trial:/tmp/home:/bin/sh\n",
    "group": "root:x:0:\ntrial:x:1000:\n",
    "nsswitch.conf": "passwd: files\ngroup: files\nhosts: files dns\n",
}
SKIPPED = {"__pycache__", "test", "tests", "idlelib", "tkinter", "turtledemo", "lib2to3", "ensurepip", "dist-packages", "site-packages"}

done = set()
archive = tarfile.open(fileobj=sys.stdout.buffer, mode="w|", format=tarfile.PAX_FORMAT)


def put(path, kind, mode=0o755, link="", content=b""):
    if path in done or path == "/":
        return
    put(os.path.dirname(path), tarfile.DIRTYPE)
    done.add(path)
    entry = tarfile.TarInfo(path.lstrip("/"))
    entry.type, entry.mode, entry.linkname, entry.size = kind, mode, link, len(content)
    archive.addfile(entry, io.BytesIO(content))


def add(path):
    """A file with the links that lead to it, at the place where it really is."""
    path = os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))
    if path in done:
        return
    if os.path.islink(path):
        put(path, tarfile.SYMTYPE, link=os.readlink(path))
        add(os.path.join(os.path.dirname(path), os.readlink(path)))
    else:
        with open(path, "rb") as file:
            put(path, tarfile.REGTYPE, 0o755 if os.access(path, os.X_OK) else 0o644, content=file.read())


def add_with_libraries(paths):
    for path in paths:
        add(path)
    needed = subprocess.run(["ldd", *paths], capture_output=True, text=True).stdout
    for library in sorted(set(re.findall(r"(/\S+) \(0x", needed))):
        add(library)


for top in ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"):
    if os.path.islink(top):
        put(top, tarfile.SYMTYPE, link=os.readlink(top))
        put(os.path.realpath(top), tarfile.DIRTYPE)
for name, text in ETC.items():
    put("/etc/" + name, tarfile.REGTYPE, 0o644, content=text.encode())

add_with_libraries([shutil.which(command, path="/usr/bin:/bin") or sys.exit(f"{command} is not on this machine") for command in sys.argv[1:]])
# What pthread_exit loads by its name when a thread ends.
for gcc in glob.glob("/lib/*/libgcc_s.so.1"):
    add_with_libraries([gcc])
modules = []
for folder, folders, files in os.walk(sysconfig.get_path("stdlib")):
    folders[:] = sorted(name for name in folders if name not in SKIPPED and not name.startswith("config-"))
    for name in sorted(files):
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            (modules.append if name.endswith(".so") else add)(path)
add_with_libraries(modules)
archive.close()
