"""Casefile: the model case file of every child at risk, for child abuse investigation teams.

This package knows police work and storage and has never heard of Qt.
``desk`` is the only door; see ``docs/architecture.md`` for a map of the house.
"""

__version__ = "0.1.0"
