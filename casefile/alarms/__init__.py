"""Alarms: what must not hide. Pure rules over what police knew of a file, their words, and the cached rows.

Read ``spell.py`` and ``seen.py`` first, then a module of ``rules/``; ``replay.py`` puts days together;
``refresh.py`` keeps the cache. What an alarm is called, who is told and its limits stand in
``resources/standards/alarms.toml``.
"""
