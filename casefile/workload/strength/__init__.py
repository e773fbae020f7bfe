"""Planned strength: how many posts each team needs for its work, beside what it has."""
