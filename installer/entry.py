"""What the frozen program starts with: the same command line as everywhere."""

from __future__ import annotations

import sys

from casefile.cli import main

if __name__ == "__main__":
    sys.exit(main())
