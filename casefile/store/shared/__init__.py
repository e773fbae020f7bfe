"""What only the shared store has: what PostgreSQL enforces, keeps and tells by itself."""
