"""Which papers somebody needs, by what they say of their case."""

from dataclasses import replace

from motcua.catalogue.needed import needed, questions
from motcua.catalogue.offers import Offer, OfferedComponent


def paper(number: int, section: str = "", *, mandatory: bool = True, **more: object) -> OfferedComponent:
    facts = {"form_name": "", "originals": 1, "copies": 0, "kind": "hand_in", "needs_person": False}
    facts |= {"replaced_by_database": "", **more}
    return OfferedComponent(id=number, name=f"Giấy {number}", section=section, mandatory=mandatory, **facts)  # type: ignore[arg-type]


def terms(*papers: OfferedComponent, show: tuple[OfferedComponent, ...] = ()) -> Offer:
    return Offer(
        1, "9.1", "Thử", "", None, 1, 1, "published", 1, "", 1, True, None, None, "", "", (), papers, show, (), 1, ()
    )


def test_what_is_demanded_of_all_is_never_asked_about() -> None:
    offer = terms(paper(1), paper(2))
    assert questions(offer) == ()
    assert [one.id for one in needed(offer, ()).hand_in] == [1, 2]


def test_a_heading_whose_papers_are_all_conditional_is_one_question() -> None:
    offer = terms(paper(1), paper(2, "Nếu ủy quyền", mandatory=False), paper(3, "Nếu ủy quyền", mandatory=False))
    (question,) = questions(offer)
    assert (question.text, question.papers) == ("Nếu ủy quyền", {2, 3})
    assert [one.id for one in needed(offer, {question.key}).hand_in] == [1, 2, 3]
    no = needed(offer, ())
    assert ([one.id for one in no.hand_in], [one.id for one in no.not_yours]) == ([1], [2, 3])


def test_a_conditional_paper_among_demanded_ones_is_asked_by_its_own_words() -> None:
    offer = terms(paper(1, "Hồ sơ"), paper(2, "Hồ sơ", mandatory=False))
    (question,) = questions(offer)
    assert (question.text, question.papers) == ("Giấy 2", {2})


def test_what_a_person_must_say_stays_on_the_list() -> None:
    offer = terms(paper(1, mandatory=False, needs_person=True))
    assert questions(offer) == ()
    assert [one.id for one in needed(offer, ()).hand_in] == [1]


def test_what_a_database_replaces_is_not_handed_in_and_showing_is_apart() -> None:
    offer = terms(paper(1, replaced_by_database="CSDL dân cư"), show=(paper(9, kind="show"),))
    found = needed(offer, ())
    assert ([one.id for one in found.found_by_office], [one.id for one in found.show], found.hand_in) == ([1], [9], ())


def test_unknown_answers_are_nothing() -> None:
    offer = terms(paper(1), paper(2, mandatory=False))
    assert needed(offer, {"x", "g999"}) == needed(offer, ())
    assert replace(offer, components=()).components == ()
    assert needed(terms(), {"g1"}).hand_in == ()
