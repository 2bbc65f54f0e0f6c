"""reference.py: answers questions about what Python's and botocore's own functions make of inputs.

Each line of standard input is a JSON object with the name of a function and a list of inputs; each line of standard output is the JSON list
of the function's results, in the same order. The process ends with its input. A function takes one JSON value and returns one. To add a
function, write it and put it into FUNCTIONS.
"""

import json
import os
import shlex
import sys
import urllib.parse

import botocore.httpsession
import botocore.utils


def words(command):
    """The words of a command, or null where its quotes or escapes are not closed."""
    try:
        return shlex.split(command)
    except ValueError:
        return None


def proxy(given):
    """The parts of the URL of the proxy that a request goes through under these variables, null without a proxy, "malformed" without a host."""
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


FUNCTIONS = {function.__name__: function for function in [proxy, words]}

for line in sys.stdin:
    question = json.loads(line)
    function = FUNCTIONS[question["function"]]
    json.dump([function(given) for given in question["inputs"]], sys.stdout)
    sys.stdout.write("\n")
    sys.stdout.flush()
