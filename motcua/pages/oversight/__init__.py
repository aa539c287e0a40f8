"""Oversight: the report of any period, the dossiers behind every figure, what is late. No tables, no rules."""
