"""What happens today: the board, reminders, apologies, and data that would spoil the figures."""
