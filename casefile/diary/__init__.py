"""The diary: everything with a date, for an officer, a file or a team, and what does not go together."""
