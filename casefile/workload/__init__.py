"""What officers carry: case weights, capacity, and the staff record it follows from. Told to judge by, not to reach."""
