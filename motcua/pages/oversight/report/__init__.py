"""The report of any period, its lists, its bulletin, and what was closed of it."""
