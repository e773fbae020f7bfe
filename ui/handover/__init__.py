"""The room of hand-over: who is away, files that go from one officer to another and come back, and what is outstanding."""
