"""Who gave money or things, and who of them may be thanked by name."""

from sangkien.domain.naming import shown_as
from sangkien.domain.records import PersonRecord
from sangkien.domain.rules.people import consented

THANKS = "sponsor"  # the scope of consent that lets a name stand among those thanked


def may_thank(person: PersonRecord | None) -> bool:
    """Tell whether somebody, or a collective, may be thanked in public by their full name.

    That a name may stand elsewhere does not let it stand beside a gift: a yes to just that is needed, also of a
    collective. Whether thanks are wished for one gift, its own record says (`thanks`).
    """
    return person is not None and THANKS in consented(person) and shown_as(person) == "full"
