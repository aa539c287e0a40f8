"""Which papers somebody needs in their own case: what they say of it decides about the papers that the text makes conditional.

Pure over an offer. Nothing is guessed: a paper whose text is not certain stays, with the word that a person has to say.
Law: ND61-2018 15
"""

from collections.abc import Collection
from dataclasses import dataclass

from motcua.catalogue.offers import Offer, OfferedComponent


@dataclass(frozen=True, slots=True)
class Question:
    """Something that holds for somebody or not, in the source's words; it decides about `papers`, by id."""

    key: str
    text: str
    papers: frozenset[int]


@dataclass(frozen=True, slots=True)
class Needed:
    """The papers of one person: to hand in, only to show, found by the office itself, and not theirs by their answers."""

    hand_in: tuple[OfferedComponent, ...]
    show: tuple[OfferedComponent, ...]
    found_by_office: tuple[OfferedComponent, ...]
    not_yours: tuple[OfferedComponent, ...]


def questions(terms: Offer) -> tuple[Question, ...]:
    """What is to be asked: one question for a heading whose papers are all conditional, else one for each such paper."""
    of_section: dict[str, list[OfferedComponent]] = {}
    for one in terms.components:
        of_section.setdefault(one.section, []).append(one)
    asked: dict[str, Question] = {}
    for one in terms.components:
        if not _is_conditional(one):
            continue
        together = of_section[one.section] if one.section else [one]
        if len(together) > 1 and all(map(_is_conditional, together)):
            key = f"m{together[0].id}"
            asked[key] = Question(key, one.section, frozenset(paper.id for paper in together))
        else:
            asked[f"g{one.id}"] = Question(f"g{one.id}", one.name, frozenset([one.id]))
    return tuple(asked.values())


def needed(terms: Offer, yes: Collection[str]) -> Needed:
    """The papers when the questions with these keys are answered with yes and all others with no; unknown keys are nothing."""
    mine = {paper for question in questions(terms) if question.key in yes for paper in question.papers}
    hand_in: list[OfferedComponent] = []
    by_office: list[OfferedComponent] = []
    not_yours: list[OfferedComponent] = []
    for one in terms.components:
        if _is_conditional(one) and one.id not in mine:
            not_yours.append(one)
        elif one.replaced_by_database:
            by_office.append(one)
        else:
            hand_in.append(one)
    return Needed(tuple(hand_in), terms.to_show, tuple(by_office), tuple(not_yours))


def _is_conditional(paper: OfferedComponent) -> bool:
    return not paper.mandatory and not paper.needs_person
