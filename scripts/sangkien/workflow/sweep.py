"""Whatever any run of the desk left undone, taken up in the order a form goes: intake, validation, reception."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from sangkien.domain.errors import OutsideError
from sangkien.workflow.filing import Result
from sangkien.workflow.intake import Intake
from sangkien.workflow.reception import Reception
from sangkien.workflow.reception import Result as Received
from sangkien.workflow.validate_pr import Gatekeeper, Verdict

_Done = TypeVar("_Done")
_PATIENCE = 3  # troubles in a row after which the forge itself must be in trouble


@dataclass(slots=True)
class Swept:
    """What was done, and what the forge refused; one thing's trouble keeps no other from being done."""

    intake: dict[int, Result] = field(default_factory=dict)
    verdicts: dict[int, Verdict] = field(default_factory=dict)
    reception: dict[int, Received] = field(default_factory=dict)
    troubles: list[OutsideError] = field(default_factory=list)

    def each(self, waiting: Callable[[], list[int]], do: Callable[[int], _Done], done: dict[int, _Done]) -> None:
        """Do one thing after the other, until too many in a row fail."""
        in_a_row = 0
        try:
            for number in waiting():
                try:
                    done[number] = do(number)
                    in_a_row = 0
                except OutsideError as error:
                    self.troubles.append(error)
                    in_a_row += 1
                    if in_a_row == _PATIENCE:
                        return
        except OutsideError as error:  # not even the list could be had
            self.troubles.append(error)


def sweep(intake: Intake, gatekeeper: Gatekeeper, reception: Reception, since: str) -> Swept:
    """Do all that waits; `since` is the moment from which what seems finished is looked at again."""
    swept = Swept()
    swept.each(lambda: intake.waiting(since), intake.take, swept.intake)
    swept.each(gatekeeper.waiting, gatekeeper.judge, swept.verdicts)
    swept.each(lambda: reception.waiting(since), reception.attend, swept.reception)
    return swept
