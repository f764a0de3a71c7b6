"""What is to be mended in a record, as a value: code, place, parameters.

The sentence, the cure and the example of each code stand in `render/messages_vi.toml`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Literal

from sangkien.domain.text import discreet

# Parameters that repeat a record's or a form's own words, which may be anybody's name.
_QUOTED = {"value", "field", "key", "tag", "path", "unit"}
_HARMLESS = re.compile(r"[a-z0-9_./:-]*[0-9_-][a-z0-9_./:-]*|[a-z_]{1,20}|[0-9]{4}(?:-[0-9A-Z]{4}){2}")

Severity = Literal["error", "hint"]
Path = tuple[str | int, ...]


class Code(Enum):
    """Every kind of finding, numbered by where it is noticed.

    E1 the text of a file, E2 its shape, E3 its sense, E4 a ballot, E5 a recount, E6 a form,
    E7 a pull request, E8 a register published elsewhere, E9 a clerk's sheet; H is a hint.
    A number once given is never given to another meaning.
    """

    # The text of a file.
    TOO_LARGE = "E101"
    NOT_UTF8 = "E102"
    NOT_YAML = "E103"
    REPEATED_KEY = "E104"
    ANCHOR = "E105"
    TAG = "E106"
    TOO_DEEP = "E107"
    FORBIDDEN_CHARACTER = "E108"
    SYMLINK = "E109"
    NOT_NFC = "E110"
    SEVERAL_DOCUMENTS = "E111"
    MISPLACED_FILE = "E112"
    NOT_A_RECORD = "E113"
    UNREADABLE = "E114"
    NO_IDEA = "E115"

    # The shape of a record.
    MISSING_FIELD = "E201"
    UNKNOWN_FIELD = "E202"
    WRONG_TYPE = "E203"
    NOT_A_CHOICE = "E204"
    TOO_LONG = "E205"
    TOO_SHORT = "E206"
    WRONG_FORM = "E207"
    TOO_FEW = "E208"
    TOO_MANY = "E209"
    OUT_OF_RANGE = "E210"
    REPEATED_ITEM = "E211"
    NO_SUCH_DAY = "E212"
    OTHER_SHAPE = "E213"

    # The sense of a record among the others.
    CHECK_SYMBOL = "E301"
    PATH_MISMATCH = "E302"
    REPEATED_CODE = "E303"
    CODE_YEAR = "E304"
    RUDE_CODE = "E305"
    NO_SUCH_RECORD = "E306"
    UNIT_NOT_IN_FORCE = "E307"
    ROUND_CLOSED = "E308"
    SHARES = "E309"
    NOT_APPLIED = "E310"
    NO_CLEARANCE = "E311"
    DATES_OUT_OF_ORDER = "E312"
    DISPLAY_BEYOND_CONSENT = "E313"
    NO_GUARDIAN = "E314"
    STATEMENTS = "E315"
    FROZEN = "E316"
    NOT_RECOGNISED = "E317"
    UNIT_ID = "E318"
    UNIT_LOOP = "E319"
    RUBRIC_SENSE = "E320"
    SEAT_SENSE = "E321"
    ISSUER_RANK = "E322"
    IMAGE = "E323"
    REPEATED_ENTRY = "E324"
    ROUND_CONTENT = "E325"
    NOT_IN_DECISION = "E326"
    ISSUER_OF_OTHERS = "E327"
    DECISION_RANK = "E328"
    ERASED_NOT_CLEAN = "E329"
    EXTENSION = "E330"

    # A nomination, an appeal, and what a round excludes.
    ROUND_OF_COUNCIL = "E341"
    COUNCIL_OF_UNIT = "E342"
    NOT_HIGHER = "E343"
    APPEAL_UNIT = "E344"
    NOTHING_TO_APPEAL = "E345"
    APPEALED_ALREADY = "E346"
    ANSWER_DIFFERS = "E347"
    EXCLUDED = "E348"
    SAME_AS_UNKNOWN = "E349"
    GIVEN_ALREADY = "E395"

    # What comes after recognition: places that follow, the movement's life, reports and how they go.
    OVERSPENT = "E360"
    REPORT_ID = "E361"
    PERIOD_SENSE = "E362"
    UNKNOWN_FIGURE = "E363"
    OWN_ABOVE_ALL = "E364"
    LEARNED_FROM_NOWHERE = "E365"
    LEARNING_LOOP = "E366"
    BUILDS_ON_UNKNOWN = "E367"
    BUILDING_LOOP = "E368"
    UNKNOWN_CONDITION = "E369"
    DAY_OF_OTHER_STATUS = "E370"

    # A unit's report beside others.
    REPORT_SUM = "E387"
    REPORT_NUMBER = "E388"
    LETTERHEADS_OVERLAP = "E389"
    CERTIFICATE_WORDS = "E390"

    # What must not stand in a public text.
    PHONE = "E331"
    EMAIL = "E332"
    ID_NUMBER = "E333"
    BIRTH_DATE = "E334"
    PERSON_NAME = "E335"

    # A ballot.
    SEVERAL_BALLOTS = "E401"
    BALLOT_LINE = "E402"
    UNKNOWN_KEY = "E403"
    REPEATED_MARK = "E404"
    WRONG_RUBRIC = "E405"
    WRONG_IDEA = "E406"
    NO_VERDICT = "E407"
    UNKNOWN_VERDICT = "E408"
    MISSING_MARK = "E409"
    MARK_FORM = "E410"
    MARK_RANGE = "E411"
    DENOMINATOR = "E412"
    NO_REASON = "E413"
    NEAR_BALLOT = "E414"
    SEALED_FORM = "E415"
    WRONG_MEMBER = "E416"

    # A sitting's block.
    SITTING_LINE = "E421"
    SITTING_MISSING = "E422"
    SITTING_SEAT = "E423"
    SITTING_OUTCOME = "E424"
    SITTING_DAY = "E425"
    SITTING_QUORUM = "E426"

    # A recount.
    DIGEST = "E501"
    RECOUNT = "E502"
    IDEA_CHANGED = "E503"
    RULES_VERSION = "E504"
    REGISTER_DIFFERS = "E505"
    OUTCOME_BEYOND_RESULT = "E506"
    RUBRIC_CHANGED = "E507"
    IMPOSSIBLE_SEAT = "E508"
    ROLL_DIFFERS = "E509"
    CONFLICTS_DIFFER = "E510"
    ASIDE_SENSE = "E511"
    SETTING_DIFFERS = "E512"
    NOT_ON_AGENDA = "E513"
    DECIDED_BEFORE = "E514"
    LOOK_MISSING = "E515"
    HONOUR_VANISHED = "E516"
    HONOUR_CHANGED = "E517"
    NOT_BEFORE_REGISTER = "E518"

    # A nomination received from another desk.
    NOMINATION_BLOCK = "E531"
    NOMINATION_DIFFERS = "E532"

    # A form.
    FORM_NO_HEADING = "E601"
    FORM_NO_ANSWER = "E602"
    FORM_NOT_AN_OPTION = "E603"
    FORM_UNTICKED = "E604"
    UNIT_UNKNOWN = "E611"
    UNIT_SEVERAL = "E612"
    CHOICE_UNKNOWN = "E613"
    AMOUNT_FORM = "E614"
    AUTHOR_LINE = "E615"
    AT_THE_COUNTER = "E616"
    NO_OPEN_ROUND = "E617"
    CODE_UNKNOWN = "E618"
    DAY_FORM = "E619"
    AUTHORS_MANY = "E620"
    MEASURE_LINE = "E621"
    COUNT_FORM = "E622"
    NO_SUCH_PLACE = "E623"
    DAY_AHEAD = "E624"
    CLUB_UNKNOWN = "E625"
    TOLD_ALREADY = "E626"

    # A pull request.
    PATH_NOT_ALLOWED = "E701"
    FILE_MODE = "E702"
    SEVERAL_IDEAS = "E703"
    IDEA_CLOSED = "E704"
    PERSON_NOT_NEW = "E705"
    PERSON_NOT_AUTHOR = "E706"
    MIXED_CHANGE = "E707"
    TOO_MANY_FILES = "E708"
    RECORD_REMOVED = "E709"
    PROGRAM_WRITES = "E710"
    NOT_YOURS_TO_CHANGE = "E711"
    CASE_ALONE = "E721"

    # A register published by another site.
    NOT_A_REGISTER = "E801"
    REGISTER_SHAPE = "E802"
    REGISTER_PART = "E803"
    SITE_ADDRESS = "E804"
    SITE_TWICE = "E805"
    CODE_OF_ANOTHER = "E806"

    # A clerk's sheet.
    SHEET_UNREADABLE = "E901"
    SHEET_SIZE = "E902"
    NO_TABLE = "E903"
    NO_COLUMN = "E904"
    COLUMN_TWICE = "E905"
    CELL_EMPTY = "E906"
    CELL_FAULT = "E907"
    DAY_PART = "E908"
    SHARES_COUNT = "E909"
    SEVERAL_CHOICES = "E910"
    CONSENT_PART = "E911"
    GUARDIAN_PART = "E912"
    CLEARANCE_PART = "E913"
    OLD_ROUND = "E914"
    NO_ROUND = "E915"

    # Hints.
    SAMPLE_UNDER_REAL = "H901"
    BASIS_NOT_IN_FORCE = "H902"
    NO_IDEA_BLOB = "H903"
    NO_STATEMENT = "H904"
    REQUEST_OVERDUE = "H905"
    DECIDED_AFTER_CEREMONY = "H960"
    REPORT_SUM_OPEN = "H970"
    REPORT_BELOW_HALF = "H971"
    REPORT_PART_BLANK = "H972"
    REPORT_FIGURE_BLANK = "H973"
    BASIS_LAPSED = "H974"
    BASIS_REPLACED = "H975"
    BASIS_UNCONFIRMED = "H976"
    LETTERHEAD_MISSING = "H977"
    PAPER_NAME_BLANK = "H978"
    CERTIFICATE_LEFT_OUT = "H979"
    COLUMN_DROPPED = "H921"
    COLUMN_UNKNOWN = "H922"
    LINE_UNREAD = "H923"
    TITLE_TWICE = "H924"
    TITLE_KNOWN = "H925"
    NEAR_IDEA = "H926"
    SHARES_EVEN = "H927"

    @property
    def severity(self) -> Severity:
        return "hint" if self.value.startswith("H") else "error"

    @property
    def is_of_sense(self) -> bool:
        """Tell whether what it is about could be read and has its shape."""
        return self.value[0] == "E" and self.value >= "E3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where: file relative to the repository, line and column from 1 (0 = the whole file), path in the record."""

    file: str = ""
    line: int = 0
    column: int = 0
    path: Path = ()

    @property
    def pointer(self) -> str:
        """Write the path as people read it: `authors[0].share`."""
        text = ""
        for step in self.path:
            text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to mend: what (code), where, and the words that fill its sentence."""

    code: Code
    where: Location = Location()
    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        return self.code.severity

    def veiled(self) -> "Finding":
        """Say the same without quoting what somebody wrote: ids, codes and numbers alone stay."""
        kept = {k: v if k not in _QUOTED or _is_harmless(v) else "…" for k, v in self.params.items()}
        return replace(self, params=kept)

    def inside(self, file: str) -> "Finding":
        """Say the same of `file`."""
        return replace(self, where=replace(self.where, file=file))


def _is_harmless(text: str) -> bool:
    """Tell an id, a code or a number from what may be a name, a phone or an ID number."""
    return _HARMLESS.fullmatch(text) is not None and discreet(text, len(text)) == text


def best_first(findings: list[Finding]) -> list[Finding]:
    """Order findings as a reader mends them: errors before hints, then by file and line, each once."""
    unique = {(f.code.value, f.where, tuple(sorted(f.params.items()))): f for f in findings}
    return sorted(
        unique.values(),
        key=lambda f: (f.severity == "hint", f.where.file, f.where.line, f.where.column, f.code.value),
    )
