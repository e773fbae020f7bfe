"""Hand-over: who is away, from when until when, and what that means for the files they hold."""
