"""Staff and their work: case weights and capacity, allocation, planned strength."""
