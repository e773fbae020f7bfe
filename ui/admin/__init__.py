"""Administration: officers and roles, settings of this computer, backups."""
