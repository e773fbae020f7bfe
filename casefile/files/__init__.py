"""Keeping the model file: opening files, people, drafts, signing, documents, tasks, dividers."""
