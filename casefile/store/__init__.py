"""Opening and keys, embedded and shared engines, units of work, migrations, backup."""
