"""Somebody's bulletin, read: which of its sums, rates and comparisons hold. Pure: no tables, no Django."""
