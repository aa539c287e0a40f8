"""What must be true of votes and petitions: no link of a chain changed, missing or added; rows say what their events say.

Law: ND61-2018 29; ND20-2008 9
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from motcua.petitions.journal import NO_HASH, event_hash, said_at_the_beginning
from motcua.petitions.models import Petition, PetitionCounter, PetitionEvent
from motcua.petitions.table import TRANSITIONS, PetitionAct
from motcua.ratings.casting import NO_HASH as NO_VOTE
from motcua.ratings.casting import vote_hash
from motcua.ratings.models import Vote, VoteChain
from motcua.reports.audit.findings import Finding, Kind

Tick = Callable[[str, int], None]
CHUNK = 2000
REPEATED = ("state", "kind", "owner_office_id", "owner_id", "due_on", "publish_due_on", "closed_at")


def votes(tick: Tick) -> Iterator[Finding]:
    """Serials run on from 1 to the end of the chain, each vote is what its hash says and follows the one before."""
    expected, previous = 1, NO_VOTE
    numbers: dict[tuple[int | None, int | None], int] = {}
    for vote in Vote.objects.order_by("serial").iterator(chunk_size=CHUNK):
        tick("votes", 1)
        what = (vote.dossier_id, vote.ticket_id)
        number = numbers[what] = numbers.get(what, 0) + 1
        wrong = [
            name
            for name, holds in (
                ("serial", vote.serial == expected),
                ("number", vote.number == number),
                ("previous", bytes(vote.previous_hash) == previous),
                ("hash", bytes(vote.hash) == vote_hash(vote)),
            )
            if not holds
        ]
        if wrong:
            yield Finding(Kind.VOTE, "", f"{vote.serial}: {', '.join(wrong)}")
        expected, previous = vote.serial + 1, bytes(vote.hash)
    end = VoteChain.objects.first()
    if (end.last_serial + 1, bytes(end.last_hash)) != (expected, previous) if end else expected > 1:
        yield Finding(Kind.VOTE, "", f"end of chain {end}, {expected - 1} votes")


def petitions(tick: Tick) -> Iterator[Finding]:
    """Each petition's events chain, its row is its last event, what came in is as it came in, no number is missing."""
    given: dict[int, int] = {}
    rows = Petition.objects.prefetch_related("events").order_by("pk")
    for petition in rows.iterator(chunk_size=CHUNK):
        events = sorted(petition.events.all(), key=lambda event: event.seq)
        tick("petitions", 1)
        tick("petition_events", len(events))
        year = int(petition.code.split("-")[1])
        given[year] = given.get(year, 0) + 1
        for what in _wrong(petition, events):
            yield Finding(Kind.PETITION, "", f"{petition.code}: {what}")
    counted = dict(PetitionCounter.objects.values_list("year", "last"))
    for year in sorted(given.keys() | counted.keys()):
        if given.get(year, 0) != counted.get(year, 0):
            yield Finding(Kind.PETITION, "", f"{year}: {given.get(year, 0)} petitions, counter {counted.get(year, 0)}")


def _wrong(petition: Petition, events: list[PetitionEvent]) -> Iterator[str]:
    previous, state = NO_HASH, ""
    for number, event in enumerate(events, start=1):
        if event.seq != number or bytes(event.previous_hash) != previous:
            yield f"{event.seq}: chain"
        if bytes(event.hash) != event_hash(petition.code, event):
            yield f"{event.seq}: altered"
        row = TRANSITIONS[PetitionAct(event.act)]
        if (state not in row.sources if state else row.sources) or event.state != (row.target or state):
            yield f"{event.seq}: step"
        previous, state = bytes(event.hash), event.state
    if not events or events[0].data.get("said") != said_at_the_beginning(petition):
        yield "content"
    if not events:
        return
    last = events[-1]
    if (petition.last_seq, bytes(petition.last_hash)) != (last.seq, bytes(last.hash)):
        yield "last event"
    said: dict[str, Any] = {name: getattr(last, name) for name in REPEATED}
    said |= {"asked_officer_id": last.data.get("asked_officer"), "concerned": last.data.get("concerned")}
    said["reopened"] = sum(event.act == PetitionAct.REOPEN for event in events)
    if wrong := [name for name, value in said.items() if getattr(petition, name) != value]:
        yield ", ".join(wrong)


VOICES = (votes, petitions)
