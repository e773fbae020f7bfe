"""Research made quick: who was searched on which system, what is missing, and recording it."""
