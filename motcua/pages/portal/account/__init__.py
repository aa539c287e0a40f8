"""What belongs to a person's own account: signing in, details, notices, own data, organisations."""
