"""Words as they are searched: cut and folded in one way for both engines, what is asked read, hits marked. Knows no store."""
