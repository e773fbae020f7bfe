"""Casefile from a terminal: the same acts as the window, with the same rights and the same log.

Wiring only: what a command does stands in the rooms. ``docs/unattended.md`` lists the exit codes
and what the environment may hold.
"""

from __future__ import annotations

from casefile.cli.main import main

__all__ = ["main"]
