"""The shared store: a PostgreSQL server on which every officer is a role of their own."""
