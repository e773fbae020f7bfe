"""Supervision: returned work and endorsement, challenges across the team."""
