"""For the whole house: the province and the cast of people, and how hard the property tests look.

`normal` by default, `nightly` with HYPOTHESIS_PROFILE=nightly.
"""

import os

from hypothesis import settings

pytest_plugins = ["tests.cast"]

settings.register_profile("normal", max_examples=500, deadline=None)
settings.register_profile("nightly", max_examples=20_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "normal"))
