"""The request as every page sees it: with the person, and the one instant at which it is answered."""

from datetime import datetime

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from motcua.offices.actors import Actor
from motcua.offices.kiosks import ThisKiosk

# In the session: the account of whom the person chose to act for; it says nothing of whether they may.
ACTING_FOR = "acting_for"


class PersonRequest(HttpRequest):
    """A request that went through the middleware of this room."""

    actor: Actor
    at: datetime
    htmx: HtmxDetails
    kiosk: ThisKiosk | None
