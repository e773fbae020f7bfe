"""The log: what was done and read, by whom and why; a hash chain, its anchor and its proof."""
