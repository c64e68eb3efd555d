"""Hands out emulated accounts. It loads moto once, which takes seconds, and makes a copy of its own process for each line
on its standard input. The copy serves an empty account, and its facts are one line of JSON on standard output.
"""

import gc
import os
import random
import signal
import sys
import threading

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "sandbox", "emulator"))

from moto.moto_api._internal import mock_random  # noqa: E402
from serve import prepare, serve  # noqa: E402


def end_with(pipe):
    os.read(pipe, 1)
    os._exit(0)


def copy(emulator, theirs, ours):
    # The end that only the original holds: reading ends when the original has ended, however that was.
    os.close(ours)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    threading.Thread(target=end_with, args=(theirs,), daemon=True).start()
    # Otherwise all copies would make up the same ids and keys.
    random.seed()
    mock_random.seed()
    serve(emulator)


def main():
    emulator = prepare()
    emulator.load()
    # What is never collected is never written to, and stays shared memory.
    gc.freeze()
    # Nobody waits for the copies.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    theirs, ours = os.pipe()
    for _ in sys.stdin:
        if os.fork() == 0:
            copy(emulator, theirs, ours)


main()
