"""What Casefile costs, each figure beside its floor from the same run. `make bench` writes RESULTS.md."""
