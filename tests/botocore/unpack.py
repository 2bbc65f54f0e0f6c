"""unpack.py ARCHIVE FOLDER PART...: unpacks the files of a source distribution that belong to the parts.

A part is a file or a folder, named from the distribution's root. Only regular files are written, and only inside FOLDER.
"""

import pathlib
import shutil
import sys
import tarfile

archive, folder, *parts = sys.argv[1:]
wanted = [pathlib.PurePosixPath(part) for part in parts]

with tarfile.open(archive) as members:
    for member in members:
        # The first component is the distribution's name and version.
        steps = member.name.split("/")[1:]
        path = pathlib.PurePosixPath(*steps)
        if member.isdir() or not any(part in (path, *path.parents) for part in wanted):
            continue
        if not member.isfile() or any(step in ("", ".", "..") or set(step) & set("\\:") for step in steps):
            sys.exit(f"{member.name} in {archive} is not a plain file in a plain place")
        target = pathlib.Path(folder, *steps)
        target.parent.mkdir(parents=True, exist_ok=True)
        with members.extractfile(member) as source, open(target, "wb") as file:
            shutil.copyfileobj(source, file)
