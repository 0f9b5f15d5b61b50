"""Who holds the N places."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.kits.models import KitState
from services.kits.places import Claim, settle

DAY = datetime(2026, 8, 27, tzinfo=UTC)


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[int, list[Claim]]:
    """Kits as a ledger may hold them: places are distinct, only whole kits have one."""
    declared = draw(st.integers(1, 8))
    whole = draw(st.lists(st.booleans(), max_size=14))
    free = draw(st.permutations(range(1, 12)))
    claims = []
    for number, is_whole in enumerate(whole):
        place = free[number] if is_whole and number < len(free) and draw(st.booleans()) else None
        claims.append(Claim(number, is_whole, place, DAY + timedelta(seconds=draw(st.integers(0, 5)))))
    return declared, claims


@given(ledgers())
def test_places_are_one_to_n_each_held_once_by_a_whole_kit(ledger: tuple[int, list[Claim]]) -> None:
    declared, claims = ledger
    settled = settle(declared, claims)
    held = [one.place for one in settled.values() if one.place is not None]
    whole = sum(claim.whole for claim in claims)
    assert sorted(held) == sorted(set(held))
    assert all(1 <= place <= declared for place in held)
    assert len(held) == min(whole, declared)
    assert all((one.place is not None) == (one.state == KitState.COMPLETE) for one in settled.values())


@given(ledgers())
def test_kits_are_surplus_exactly_when_no_place_is_free(ledger: tuple[int, list[Claim]]) -> None:
    declared, claims = ledger
    settled = settle(declared, claims)
    full = sum(one.state == KitState.COMPLETE for one in settled.values()) == declared
    rest = {one.state for one in settled.values()} - {KitState.COMPLETE}
    assert rest <= {KitState.SURPLUS if full else KitState.PARTIAL}


@given(ledgers())
def test_who_still_has_a_place_keeps_its_number_and_a_second_settling_changes_nothing(
    ledger: tuple[int, list[Claim]],
) -> None:
    declared, claims = ledger
    once = settle(declared, claims)
    for claim in claims:
        if claim.place is not None and claim.place <= declared and once[claim.kit_id].place is not None:
            assert once[claim.kit_id].place == claim.place
    again = [Claim(claim.kit_id, claim.whole, once[claim.kit_id].place, claim.since) for claim in claims]
    assert settle(declared, again) == once


@given(ledgers())
def test_while_nobody_has_declared_n_nothing_is_complete_or_surplus(ledger: tuple[int, list[Claim]]) -> None:
    assert {one.state for one in settle(None, ledger[1]).values()} <= {KitState.PARTIAL}
