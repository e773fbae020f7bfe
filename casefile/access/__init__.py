"""Officers and roles, signing in, restricted files and breaking the glass."""
