"""Whatever any run of the desk left undone, taken up in the order a form goes: intake, validation, reception."""

from dataclasses import dataclass, field

from sangkien.domain.errors import OutsideError
from sangkien.workflow.intake import Intake
from sangkien.workflow.reception import Reception
from sangkien.workflow.validate_pr import Gatekeeper, Verdict


@dataclass(slots=True)
class Swept:
    """What was done, and what the forge refused; one step's trouble keeps no other from its work."""

    intake: dict[int, str] = field(default_factory=dict)
    verdicts: list[Verdict] = field(default_factory=list)
    reception: dict[int, str] = field(default_factory=dict)
    troubles: list[OutsideError] = field(default_factory=list)


def sweep(intake: Intake, gatekeeper: Gatekeeper, reception: Reception, since: str) -> Swept:
    """Do all that waits; `since` is the moment from which what seems finished is looked at again."""
    done = Swept()
    try:
        done.intake |= intake.sweep(since)
    except OutsideError as error:
        done.troubles.append(error)
    try:
        done.verdicts += gatekeeper.sweep()
    except OutsideError as error:
        done.troubles.append(error)
    try:
        done.reception |= reception.sweep(since)
    except OutsideError as error:
        done.troubles.append(error)
    return done
