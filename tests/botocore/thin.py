"""thin.py WHEEL TARGET PART...: copies a wheel with only its metadata and the files that belong to the parts, with their names and times.

A part is a file or a folder, named from the wheel's root. TARGET appears when it is whole.
"""

import os
import pathlib
import sys
import zipfile

wheel, target, *parts = sys.argv[1:]
wanted = [pathlib.PurePosixPath(part) for part in parts]

with zipfile.ZipFile(wheel) as source, zipfile.ZipFile(target + ".part", "w") as thin:
    for member in source.infolist():
        path = pathlib.PurePosixPath(member.filename)
        if path.parts[0].endswith(".dist-info") and path.name != "RECORD" or any(part in (path, *path.parents) for part in wanted):
            thin.writestr(member, source.read(member))

os.replace(target + ".part", target)
