"""The ledger against a plain model: a dictionary of lines and a few comparisons. Any order of acts gives the same."""

import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from mingzhang.books.draft import Draft, Line
from mingzhang.books.refusal import Refused
from tests.books.made import FUND, GOODS, OWN, WAGES, book, draft

TRAVEL = GOODS._replace(economic="30211")
LINES = (GOODS, TRAVEL, OWN)
ALL = (*LINES, WAGES, FUND)
AMOUNTS = st.integers(1, 60)


@dataclass
class Plain:
    """One line as a child would keep it. ``had`` are the means of the pool, shared by its lines."""

    budget: int = 0
    carried: int = 0
    allotted: int = 0
    paid: int = 0


@dataclass
class Model:
    lines: dict[Line, Plain] = field(default_factory=lambda: defaultdict(Plain))
    had: dict[Line, int] = field(default_factory=lambda: defaultdict(int))

    def may(self, d: Draft) -> bool:
        """Enters the draft, or leaves all as it is and says no."""
        line, pool = self.lines[d.line], d.line.means
        own = d.line.source in ("business",)
        free = line.budget + line.carried - line.paid
        if not own:
            free = min(free, line.carried + line.allotted - line.paid)
        match d.kind:
            case "approval" | "supplement":
                line.budget += d.amount
            case "carried":
                line.carried += d.amount
            case "opening" | "income":
                if d.kind == "income" and not own:
                    return False
                self.had[pool] += d.amount
            case "cut":
                spare = line.budget + line.carried - line.paid
                spare = min(spare, line.budget if own else line.budget - line.allotted)
                if d.amount > spare:
                    return False
                line.budget -= d.amount
            case "allotment":
                if own or d.amount > line.budget - line.allotted:
                    return False
                line.allotted += d.amount
                self.had[pool] += d.amount
            case "withdrawal":
                spare = min(line.allotted, line.allotted + line.carried - line.paid, self.had[pool])
                if own or d.amount > spare:
                    return False
                line.allotted -= d.amount
                self.had[pool] -= d.amount
            case "payment":
                if d.amount > min(free, self.had[pool]):
                    return False
                line.paid += d.amount
                self.had[pool] -= d.amount
            case "refund":
                if d.amount > line.paid:
                    return False
                line.paid -= d.amount
                self.had[pool] += d.amount
        return True


KINDS = (
    "approval",
    "supplement",
    "carried",
    "opening",
    "income",
    "cut",
    "allotment",
    "withdrawal",
    "payment",
    "refund",
)


class Ledger(RuleBasedStateMachine):
    """Acts on both and compares."""

    empty: Path

    @initialize()
    def begin(self) -> None:
        from mingzhang.office import setup

        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "books.sqlite3"
        path.write_bytes(self.empty.read_bytes())
        setup(path, migrate=False)
        self.own = book()
        self.model = Model()
        self.count = self.papers = 0
        self.payments: list[tuple[int, Draft]] = []

    def teardown(self) -> None:
        from django.db import connection

        connection.close()
        if hasattr(self, "folder"):
            self.folder.cleanup()

    def enter(self, drafts: list[Draft], may: bool) -> int:
        from mingzhang.books import ledger

        try:
            receipt = ledger.append(self.own, drafts, author="甲")
        except Refused as refused:
            assert not may, refused
            return 0
        assert may, drafts
        assert receipt.first == self.count + 1
        self.count = receipt.last
        return receipt.first

    def paper(self) -> str:
        self.papers += 1
        return f"文{self.papers}"

    @rule(
        kind=st.sampled_from((*KINDS, "payment", "payment", "refund", "cut")),
        line=st.sampled_from(LINES),
        amount=AMOUNTS,
    )
    def one(self, kind: str, line: Line, amount: int) -> None:
        d = draft(kind, line.means if kind in ("opening", "income") else line, amount, self.paper())
        number = self.enter([d], self.model.may(d))
        if number and kind == "payment":
            self.payments.append((number, d))

    @rule(line=st.sampled_from(LINES), budget=AMOUNTS, means=AMOUNTS, carried=st.booleans())
    def fund(self, line: Line, budget: int, means: int, carried: bool) -> None:
        """Budget and means of a line, as one import; they need not fit each other."""
        own = line.source == "business"
        given: tuple[tuple[str, Line, int], ...] = (("carried" if carried else "approval", line, budget),)
        if own or carried:
            given += (("opening", line.means, means),)
        elif means <= budget:
            given += (("allotment", line, means),)
        drafts = [draft(kind, at, n, self.paper()) for kind, at, n in given]
        for d in drafts:
            assert self.model.may(d)
        self.enter(drafts, True)

    @rule(line=st.sampled_from(LINES), more=st.integers(0, 1))
    def to_the_last_fen(self, line: Line, more: int) -> None:
        """All that may be paid, or one fen more."""
        p = self.model.lines[line]
        most = min(p.budget + p.carried - p.paid, self.model.had[line.means])
        if line.source != "business":
            most = min(most, p.carried + p.allotted - p.paid)
        if most + more > 0:
            d = draft("payment", line, most + more, self.paper())
            number = self.enter([d], self.model.may(d))
            if number:
                self.payments.append((number, d))

    @rule(
        into=st.sampled_from(ALL),
        out=st.sampled_from(ALL),
        amount=AMOUNTS,
        odd=st.integers(0, 9),
        consent=st.booleans(),
    )
    def virement(self, into: Line, out: Line, amount: int, odd: int, consent: bool) -> None:
        paper, permit = self.paper(), "批复" if consent else ""
        legs = [(into, amount + (odd == 9)), (out, -amount)]
        drafts = [draft("virement", line, n, paper, voucher="v", consent=permit) for line, n in legs]
        there, here = self.model.lines[into], self.model.lines[out]
        spare = here.budget + here.carried - here.paid
        spare = min(spare, here.budget if out.source == "business" else here.budget - here.allotted)
        shares = {into.use, out.use} & {"basic_wages"} and len({into.use, out.use}) > 1
        apart = into.source != out.source or ("project" in into.use) != ("project" in out.use)
        may = into != out and odd != 9 and not apart and not (shares and not consent) and amount <= spare
        if may:
            there.budget += amount
            here.budget -= amount
        self.enter(drafts, bool(may))

    @rule(which=st.integers(0, 50))
    def reverse(self, which: int) -> None:
        """Takes a payment back; a second time is refused, and so is one whose money was refunded."""
        from mingzhang.books import ledger

        if not self.payments:
            return
        number, d = self.payments[which % len(self.payments)]
        line = self.model.lines[d.line]
        again = number in getattr(self, "taken", set())
        may = not again and line.paid >= d.amount
        try:
            self.count = ledger.reverse(self.own, number, author="乙", words="冲").last
        except Refused as refused:
            assert not may, refused
            return
        assert may
        self.taken = getattr(self, "taken", set()) | {number}
        line.paid -= d.amount
        self.model.had[d.line.means] += d.amount

    @invariant()
    def same(self) -> None:
        if not hasattr(self, "own"):
            return
        from mingzhang.books.models import Balance, Means
        from mingzhang.books.tell import accounts
        from mingzhang.books.verify import verify

        from mingzhang.books.ledger import line_of  # isort: skip

        rows = {line_of(b.line): b for b in Balance.objects.select_related("line")}
        told = {line: (b.approved + b.adjusted, b.carried, b.allotted, b.paid) for line, b in rows.items()}
        plain = {line: (p.budget, p.carried, p.allotted, p.paid) for line, p in self.model.lines.items()}
        assert {k: v for k, v in told.items() if any(v)} == {k: v for k, v in plain.items() if any(v)}
        left = {line_of(m.line): m.left for m in Means.objects.select_related("line") if m.left}
        assert left == {line: n for line, n in self.model.had.items() if n}
        self.steps = getattr(self, "steps", 0) + 1
        if self.steps % 5:
            return
        proof = verify(self.own)
        assert proof.fault is None and proof.entries == self.count
        entries = accounts("901", 2024).entries
        assert {(e.unit, e.source, e.item): e.amount for e in entries if e.flow == "closing"} == {
            (p.unit, p.source, p.item): n for p, n in left.items()
        }
        assert sum(e.amount for e in entries if e.flow == "basic") == sum(
            p.paid for line, p in self.model.lines.items() if line != FUND
        )


def test_the_ledger_does_what_a_plain_model_does(migrated: Path) -> None:
    machine = type("Ledger", (Ledger,), {"empty": migrated})
    quick = settings(max_examples=10, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(machine, settings=quick)


@pytest.mark.slow
def test_the_ledger_does_what_a_plain_model_does_for_long(migrated: Path) -> None:
    machine = type("Ledger", (Ledger,), {"empty": migrated})
    long = settings(max_examples=150, stateful_step_count=60, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(machine, settings=long)
