"""reference.py: calls functions of Python and botocore with the inputs of the differential tests.

Each line of standard input is a JSON object with the name of a function and a list of inputs; each line of standard output is the JSON list
of the results, in the same order. The process ends with its standard input. A function takes one JSON value and returns one. A new function
has to be added to FUNCTIONS.
"""

import configparser
import datetime
import io
import json
import os
import re
import shlex
import sys
import urllib.parse

import botocore.configloader
import botocore.credentials
import botocore.exceptions
import botocore.httpsession
import botocore.utils


def words(command):
    """The words of a command, or null if a quote or escape is not complete."""
    try:
        return shlex.split(command)
    except ValueError:
        return None


def profile_file(given):
    """Reads a profile file with botocore, extended by the comments of AWS's guide.

    The input has the file's text, and is_config for the config file. The result has the profiles, sessions and services; or "refused" with
    botocore's reason; or "skipped" with the reason why the file is not compared.
    """
    Setting.is_header = False
    configparser.open = lambda *_, **__: io.TextIOWrapper(io.BytesIO(given["text"].encode()), encoding="utf-8")
    try:
        # Any existing path will do, because open() is replaced above.
        parsed = botocore.configloader.raw_config_parse(__file__)
    except botocore.exceptions.ConfigParseError as error:
        return {"refused": type(error.kwargs["error"]).__name__}
    if Setting.is_header:
        return {"skipped": "a section without a ']' is read as a setting"}
    stripped = [(name.strip(), settings) for name, settings in parsed.items()]
    if not given["is_config"]:
        sections = [[(unquoted(name), settings) for name, settings in stripped if not is_of_config(name)], [], []]
    else:
        maps = [botocore.configloader.build_profile_map({name: settings}) for name, settings in stripped]
        sections = [[named for one in maps for named in one[kind].items()] for kind in ("profiles", "sso_sessions", "services")]
    if any(len(dict(kind)) < len(kind) for kind in sections):
        return {"skipped": "two sections have the same name"}
    return {"sections": [dict(kind) for kind in sections]}


def is_of_config(name):
    """True if a section's name has a form that only the config file has."""
    return name.startswith(("profile", "sso-session", "services")) and len(words(name) or []) == 2


def unquoted(name):
    quoted = re.fullmatch(r"""(["'])((?:(?!\1).)+)\1""", name, re.DOTALL)
    return quoted[2] if quoted else name


TOKENS = re.compile(r"""(?P<quoted>"(?:[^"\\]|\\.)*"|'[^']*')|(?<=\s)(?P<comment>[#;])|.""", re.DOTALL)


def uncommented(value):
    """Removes the comment that begins with # or ; after white space and outside of quotes."""
    comments = (token.start() for token in TOKENS.finditer(value) if token["comment"])
    return value[: next(comments, len(value))]


class Header:
    """Matches a section's header without the comment after it."""

    original = configparser.RawConfigParser.SECTCRE

    def match(self, line):
        return self.original.match(re.sub(r"(?s)^(\[[^\]]*\].*?)\s[#;].*$", r"\1", line))


class Setting:
    """Matches a setting without the comment after it. is_header becomes true when a section's header is read as a setting."""

    original = configparser.RawConfigParser.OPTCRE
    is_header = False

    def match(self, line):
        Setting.is_header |= line.startswith("[")
        found = self.original.match(line)
        return found and self.original.match(line[: found.end("vi")] + uncommented(line[found.end("vi") :]))


def nested(text, original=botocore.configloader._parse_nested):
    """Nested settings without comments. The case of keys does not matter, and a blank value does not replace an earlier one."""
    settings = {}
    for line in text.splitlines():
        key, equals, value = line.partition("=")
        for key, value in original(key + equals + uncommented(value)).items():
            settings[key.lower()] = value or settings.get(key.lower(), "")
    return settings


configparser.RawConfigParser.SECTCRE = Header()
configparser.RawConfigParser.OPTCRE = Setting()
botocore.configloader._parse_nested = nested


EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def expiration(text):
    """The expiration of credentials in microseconds since 1970, or null if botocore cannot compare it with the present time."""
    try:
        return (botocore.credentials.parse(text) - EPOCH) // datetime.timedelta(microseconds=1)
    except (ValueError, OverflowError, TypeError):
        return None


def proxy(given):
    """The parts of the proxy's URL for a request with these variables; null without a proxy, "malformed" without a host."""
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        del os.environ[name]
    os.environ.update(given["variables"])
    configuration = botocore.httpsession.ProxyConfiguration(botocore.utils.get_environ_proxies(given["url"]))
    url = configuration.proxy_url_for(given["url"])
    if not url:
        return None
    try:
        parts = urllib.parse.urlparse(url)
        user, password = (part and urllib.parse.unquote(part) for part in (parts.username, parts.password))
        found = {"scheme": parts.scheme, "host": parts.hostname, "port": parts.port, "user": user, "password": password}
    except ValueError:
        return "malformed"
    return found if found["host"] else "malformed"


FUNCTIONS = {function.__name__: function for function in [words, profile_file, expiration, proxy]}

for line in sys.stdin:
    question = json.loads(line)
    function = FUNCTIONS[question["function"]]
    json.dump([function(given) for given in question["inputs"]], sys.stdout)
    sys.stdout.write("\n")
    sys.stdout.flush()
