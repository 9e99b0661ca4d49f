"""The reading room: turns the files under ``catalogs/`` into entries, and faults into sentences."""
