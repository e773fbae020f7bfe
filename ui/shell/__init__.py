"""The frame: window, navigation, jobs, errors, lock and the ways in. It knows no room."""
