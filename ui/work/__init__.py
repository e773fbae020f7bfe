"""My work: what I owe across all files, and my drafts."""
