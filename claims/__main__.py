"""`python -m claims` is the command `claims`."""

import sys

from claims.cli.main import run

if __name__ == "__main__":
    sys.exit(run())
