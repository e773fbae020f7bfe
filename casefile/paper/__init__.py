"""Paper: the model case file and its parts as PDF, in one house style."""
