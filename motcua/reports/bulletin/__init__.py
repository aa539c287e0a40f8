"""The text that an office publishes of a period, written from the period's report."""
