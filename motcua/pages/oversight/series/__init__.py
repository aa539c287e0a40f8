"""One measure over months, across reorganisations."""
