"""wheel.py FOLDER VERSION DATE NAME MODEL: packs a model of CodeBuild into a wheel of botocore, as pip can fetch it from FOLDER.

NAME is the name of the model's file in the wheel; the file is compressed if the name ends in .gz. DATE, YYYY-MM-DD, is the date of all files.
"""

import gzip
import pathlib
import sys
import zipfile

folder, version, date, name, model = sys.argv[1:]
text = pathlib.Path(model).read_bytes()
info = f"botocore-{version}.dist-info"
members = {
    "botocore/__init__.py": f"__version__ = '{version}'\n",
    f"botocore/data/codebuild/2016-10-06/{name}": gzip.compress(text) if name.endswith(".gz") else text,
    f"{info}/METADATA": f"Metadata-Version: 2.1\nName: botocore\nVersion: {version}\n",
    f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    f"{info}/RECORD": "",
}
with zipfile.ZipFile(pathlib.Path(folder, f"botocore-{version}-py3-none-any.whl"), "w", zipfile.ZIP_DEFLATED) as wheel:
    for path, content in members.items():
        year, month, day = map(int, date.split("-"))
        wheel.writestr(zipfile.ZipInfo(path, (year, month, day, 18, 0, 0)), content)
