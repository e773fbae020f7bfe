"""The room of the team: what officers carry, and the staff record."""
