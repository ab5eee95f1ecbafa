"""One amount with everything that a statement sorts it by."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One amount of the books, in the smallest unit its maker counts in (fen in the books, the last printed digit on paper).

    ``flow`` says what it is. Budget: ``year`` (of this year's means) or
    ``carry`` (of last year's); ``adjust`` is what supplements, cuts and
    virements changed since. Final accounts: ``opening``, ``income``,
    ``use_surplus``, ``distribution``, ``closing``, or a kind of expenditure:
    ``basic``, ``project``, ``remit_superior``, ``operating``,
    ``subsidiary_subsidy``. ``use`` is the budget's column: ``basic_wages``,
    ``basic_family``, ``basic_goods``, ``basic_capital``,
    ``project_operating`` or ``project_specific``. ``item`` is the functional
    code (7 digits), ``economic`` and ``government`` the departmental and
    governmental economic codes (5 digits), ``source`` who pays: ``general``,
    ``fund``, ``state_capital``, ``special_account``, ``superior_subsidy``,
    ``business``, ``operating``, ``subsidiary_remittance``, ``other``.
    ``unit`` and ``project`` are codes; ``appropriation`` marks 其中：财政拨款
    (else a transfer from above that is not the county's own).
    """

    amount: int
    item: str
    source: str
    flow: str
    use: str = ""
    unit: str = ""
    economic: str = ""
    government: str = ""
    project: str = ""
    appropriation: bool = True
