"""Runs a module as a program until its standard input ends.

The test process holds the other end of that pipe. When it ends, even by a kill, the pipe closes and the server ends too.
"""

import os
import runpy
import sys
import threading


def end_with_the_test():
    while os.read(0, 1024):
        pass
    os._exit(0)


threading.Thread(target=end_with_the_test, daemon=True).start()
sys.argv = sys.argv[1:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
