"""The room of the team: staff, their work, allocation, planned strength."""
