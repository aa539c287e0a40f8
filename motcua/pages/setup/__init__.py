"""Set-up: what the administration of the province decides for every office. No tables, no rules."""
