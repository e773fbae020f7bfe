"""The small grammar every room is written in: work, actions, queries, permissions, ids."""
