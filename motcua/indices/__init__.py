"""How good a service is, in points: the nine indices of officers and agencies, and the index of decision 766."""
