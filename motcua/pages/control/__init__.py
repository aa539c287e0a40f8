"""The control room: the board of today, reminders, apologies, the view ahead. No tables, no rules."""
