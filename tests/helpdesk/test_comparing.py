"""A candidate against the live model: gates count messages, and only real losses fail."""

from __future__ import annotations

from bot.helpdesk.releases.comparing import (
    Answers,
    Comparison,
    KeptConversation,
    KeptTurn,
    Limits,
    Understood,
    compare,
)
from bot.helpdesk.releases.versions import Gate
from bot.helpdesk.scoring import Labelled

RIGHT = Understood("answer", ("H13",), "a", 0.9)
WRONG = Understood("clarify", (), "b", 0.4)
REFUSED = Understood("refuse", ("H4",), "c", 0.9)


def run(before: list[Understood] | None, after: list[Understood]) -> Comparison:
    gold = [(Labelled(f"m{n}", ("answer",), ("H13",)), "set") for n in range(len(after))]
    live = None if before is None else Answers(before, [])
    return compare(gold, [], Answers(after, []), live, Limits())


def gate(compared: Comparison, name: str) -> Gate:
    return next(one for one in compared.gates if one.name == name)


def test_one_message_of_three_is_chance_two_are_a_loss() -> None:
    assert gate(run([RIGHT] * 3, [RIGHT, RIGHT, WRONG]), "topic_loss").ok
    lost = gate(run([RIGHT] * 3, [RIGHT, WRONG, WRONG]), "topic_loss")
    assert (lost.ok, lost.value, lost.about) == (False, 0.6667, "H13")


def test_two_of_many_are_within_the_limit() -> None:
    assert gate(run([RIGHT] * 40, [RIGHT] * 38 + [WRONG] * 2), "topic_loss").ok


def test_gains_make_up_for_losses_in_the_same_topic() -> None:
    compared = run([RIGHT] * 3 + [WRONG] * 3, [WRONG] * 3 + [RIGHT] * 3)
    assert gate(compared, "topic_loss").ok
    assert [one.text for one in compared.losses] == ["m0", "m1", "m2"]
    first = compared.gains[0]
    assert (first.text, first.before, first.after) == ("m3", "clarify", "answer H13")


def test_the_outcome_may_fall_by_a_hundredth() -> None:
    assert gate(run([RIGHT] * 100, [RIGHT] * 99 + [WRONG]), "outcome").ok
    assert not gate(run([RIGHT] * 100, [RIGHT] * 98 + [WRONG] * 2), "outcome").ok


def test_what_is_to_be_refused_must_be() -> None:
    gold = [(Labelled(f"m{n}", ("refuse",), ("H4",)), "set") for n in range(10)]
    for refused, ok in ((9, True), (8, False)):
        answers = Answers([REFUSED] * refused + [RIGHT] * (10 - refused), [])
        found = gate(compare(gold, [], answers, None, Limits()), "scope_recall")
        assert (found.ok, found.value) == (ok, refused / 10)


def test_a_kept_conversation_that_was_right_must_stay_right() -> None:
    kept = [KeptConversation("lama", (KeptTurn("a", "answer", ("H13",), ""), KeptTurn("b", "answer", ("H13",), "")))]
    good, bad = Answers([], [[RIGHT, RIGHT]]), Answers([], [[RIGHT, WRONG]])
    lost = gate(compare([], kept, bad, good, Limits()), "kept_conversations")
    assert (lost.ok, lost.value, lost.about) == (False, 1, "lama")
    assert gate(compare([], kept, bad, bad, Limits()), "kept_conversations").ok
    assert compare([], kept, good, bad, Limits()).scores["kept"] == {"right": 1, "all": 1}


def test_without_a_live_model_nothing_is_gained_or_lost() -> None:
    compared = run(None, [WRONG, RIGHT])
    assert (compared.gains, compared.losses, compared.live_scores) == ([], [], None)
    assert [one.name for one in compared.gates] == ["topic_loss", "scope_recall", "kept_conversations"]
