"""The index of service quality and the nine indices."""
