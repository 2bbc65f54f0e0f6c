"""reference.py: answers questions about what Python's and botocore's own functions make of inputs.

Each line of standard input is a JSON object with the name of a function and a list of inputs; each line of standard output is the JSON list
of the function's results, in the same order. The process ends with its input. A function takes one JSON value and returns one. To add a
function, write it and put it into FUNCTIONS.
"""

import json
import shlex
import sys


def words(command):
    """The words of a command, or null where its quotes or escapes are not closed."""
    try:
        return shlex.split(command)
    except ValueError:
        return None


FUNCTIONS = {function.__name__: function for function in [words]}

for line in sys.stdin:
    question = json.loads(line)
    function = FUNCTIONS[question["function"]]
    json.dump([function(given) for given in question["inputs"]], sys.stdout)
    sys.stdout.write("\n")
    sys.stdout.flush()
