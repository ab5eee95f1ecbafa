"""Few unknowns between bounds: the ranges hold what a search over all integers finds; what contradicts is named."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from mingzhang.figures.solve import FAR, Bound, solve

REACH = range(-6, 7)
bounds = st.lists(
    st.tuples(st.tuples(st.integers(-3, 3), st.integers(-3, 3)), st.integers(-9, 9), st.integers(0, 4)), min_size=1, max_size=5
)


def allowed(rows: list[Bound], point: tuple[int, ...]) -> bool:
    return all(r.low <= sum(c * x for c, x in zip(r.vector, point, strict=True)) <= r.high for r in rows)


@given(bounds)
def test_no_solution_is_lost(drawn) -> None:
    rows = [Bound(v, low, low + width, 1 << n) for n, (v, low, width) in enumerate(drawn)]
    points = [p for p in product(REACH, REACH) if allowed(rows, p)]
    found, conflicts = solve(rows, 2)
    if points and found is not None:
        assert all(low <= p[n] <= high for p in points for n, (low, high) in enumerate(found))
    if found is None:
        assert conflicts
        # The laws that are named contradict each other without the others.
        for laws in conflicts:
            some = [r for n, r in enumerate(rows) if n in laws]
            if len(some) < len(rows):
                assert not any(allowed(some, p) for p in points)


def test_one_unknown_is_exact() -> None:
    assert solve([Bound((2,), 5, 9, 1), Bound((-1,), -4, 0, 2)], 1)[0] == [(3, 4)]


def test_the_two_laws_that_contradict_are_named() -> None:
    found, conflicts = solve([Bound((1,), 0, 3, 1), Bound((1,), 7, 9, 2), Bound((1,), 1, 8, 4)], 1)
    assert found is None
    assert frozenset((0, 1)) in conflicts


def test_an_unknown_that_no_law_speaks_of_is_free() -> None:
    found, _ = solve([Bound((1, 0), 2, 2, 1)], 2)
    assert found == [(2, 2), (-FAR, FAR)]
