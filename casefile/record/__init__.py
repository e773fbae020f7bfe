"""The kernel of the record: case files, people, entries, tasks and documents.

Nothing signed is overwritten; what changes over time is kept as dated rows; every
screen, report and alarm is a way of reading entries and tasks.
"""
