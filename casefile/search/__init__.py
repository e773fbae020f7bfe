"""Finding what is known: people however they were written, and who in one file likely stands in another."""
