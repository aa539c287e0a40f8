"""What every page shares: the frame, the parts, the guards around a request. No tables, no rules."""
