"""Supervision: the review queue, what changed since the last review, the note, challenge, campaigns."""
