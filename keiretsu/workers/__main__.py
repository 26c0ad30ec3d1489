"""The root of the processes behind a crew: `python -m keiretsu.workers DESCRIPTOR`, started by the crew alone."""

import socket
import sys

from keiretsu.jobs import JOBS, import_all
from keiretsu.workers.keeper import serve_root

if __name__ == "__main__":
    import_all()
    serve_root(socket.socket(fileno=int(sys.argv[1])), JOBS)
