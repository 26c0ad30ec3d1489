"""The root of the processes behind a crew: `python -m keiretsu.workers DESCRIPTOR MODULE`, by the crew alone."""

import socket
import sys
from importlib import import_module

from keiretsu.workers.keeper import serve_root

if __name__ == "__main__":
    module = import_module(sys.argv[2])
    module.import_all()
    serve_root(socket.socket(fileno=int(sys.argv[1])), module.JOBS)
