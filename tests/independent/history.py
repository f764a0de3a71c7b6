"""Write an invented register of the years 2015 to 2026, for two ways of counting to be held against each other.

    .venv/bin/python tests/independent/history.py OUT [--seed 1]

Every seed tells another story on the same ground: ideas with one or two councils' conclusions, decisions that
recognise, correct and revoke, and all that comes after recognition, reports of the units included.
"""

import argparse
import hashlib
from pathlib import Path
from typing import Any

from history_activity import activities
from history_ground import (
    CITY,
    CITY_EVE,
    CONTENTS,
    COUNCILS,
    CRITERIA,
    DISTRICT,
    FIELDS,
    FIRST,
    KINDS,
    MERGED,
    METROPOLIS,
    NEW,
    OLD_END,
    PROVINCE,
    TODAY,
    Ground,
    Record,
    city_of,
    verdicts,
)
from history_reports import reports

from places import ROOT
from sangkien.adapters.store import Store
from sangkien.domain import by_decision, idea_code, notation
from sangkien.domain.digest import record_digest, scored_digest
from sangkien.workflow.reading import load_schemas

IDEAS = 150
OLD_STYLE = 2017  # the last year whose decisions are all there is
OPEN_AT_ONCE = "dot-huyen-2021"  # a round that publishes what its council concludes, without a decision


class History:
    """The story of the ideas: what is sent, concluded, decided, corrected and taken back."""

    def __init__(self, ground: Ground) -> None:
        self.ground, self.random = ground, ground.random
        self.ideas: list[Record] = []
        self.recognised: list[Record] = []  # by some council's newest conclusion
        self._verdicts = verdicts(ground, load_schemas(Store(ROOT)))
        self._waiting: dict[tuple[str, str], list[tuple[str, Record]]] = {}  # council, half year → day, idea
        self._decisions: list[Record] = []
        self._nominated: set[str] = set()

    def tell(self) -> None:
        self._rounds()
        for number in range(IDEAS):
            self._idea(number)
        self._decide()
        self._above()
        self._decide()
        self._outside()
        self._correct()
        self._revoke()
        self._samples()

    def _rounds(self) -> None:
        spans = [(f"dot-huyen-{y}", "hd-huyen", f"{y}-01-01", min(f"{y}-12-31", OLD_END)) for y in range(FIRST, 2026)]
        spans += [(f"dot-tinh-{y}", "hd-tinh", f"{y}-01-01", min(f"{y}-12-31", OLD_END)) for y in range(FIRST, 2026)]
        spans += [("dot-moi-2025", "hd-moi", NEW, "2025-12-31"), ("dot-moi-2026", "hd-moi", "2026-01-01", "2026-12-31")]
        spans += [("dot-xa-2025", "hd-xa", NEW, "2026-12-31")]
        for key, council, opens, closes in spans:
            old = int(opens[:4]) <= OLD_STYLE
            unit = METROPOLIS if opens >= CITY else COUNCILS[council][0]
            self.ground.put(
                "round", key, name=key, unit=unit, rubric="thu-1", council=council, opens_on=opens, closes_on=closes,
                before_register=True if old else None, ballots="open",
                publish="on-conclusion" if key == OPEN_AT_ONCE else "on-decision",
            )  # fmt: skip

    # Ideas and what councils say of them.

    def _idea(self, number: int) -> None:
        ground = self.ground
        day = ground.day(FIRST + number % (2027 - FIRST))
        day = "2025-06-10" if "2025-06-10" < day <= OLD_END else day
        unit, code = ground.unit(day), ground.code(int(day[:4]))
        if ground.chance(0.06):
            digest = hashlib.sha256(code.encode()).hexdigest()
            self._beside(code, "withdrawn", date=ground.later(day, 60), digest=digest, tokens=["thu"])
            if ground.chance(0.5):
                return  # the text went as well
        round_ = f"dot-huyen-{day[:4]}" if day < NEW else f"dot-moi-{day[:4]}"
        if day >= NEW and unit in {MERGED, "truong-mot-2010"}:
            round_ = "dot-xa-2025"
        idea = self._text(code, unit, round_, day, number)
        self.ideas.append(idea)
        self._applications(idea)
        if ground.chance(0.1):
            return  # nobody has looked at it yet
        council = {"huyen": "hd-huyen", "moi": "hd-moi", "xa": "hd-xa"}[round_.split("-")[1]]
        if int(day[:4]) <= OLD_STYLE:
            if ground.chance(0.8):
                self._waits(council, day, idea)
            return
        self._looks(idea, council, round_, day)

    def _text(self, code: str, unit: str, round_: str, day: str, number: int) -> Record:
        ground, r = self.ground, self.random
        people = r.sample(ground.people, r.choice((1, 1, 2)))
        content = r.choice(CONTENTS)
        record: Record = {
            "version": 1,
            "code": code,
            "kind": r.choice(KINDS),
            "title": f"Cách làm thử số {number}",
            "content": content,
            "field": r.choice(FIELDS),
            "unit": unit,
            "round": round_,
            "submitted_on": day,
            "authors": [{"person": person, "share": 100 // len(people)} for person in people],
            "summary": "Một cách làm nhỏ, ai cũng làm theo được.",
            "before": "Trước đây làm tay.",
            "after": "Nay chỉ còn nửa giờ.",
            "how_to": "Làm thử một lần.",
            "statements": dict.fromkeys(CRITERIA, "Chưa thấy nơi nào làm như vậy."),
            "cost": {"amount": 0},
            "applied": ground.chance(0.5),
            "source": {"door": "yeu-cau-keo"},
        }
        if record["kind"] == "sang-kien":
            record["applied"] = True
        if content == "nd4" and ground.chance(0.6):
            record["clearance"] = {"number": "1/XN", "date": day, "issuer": "Ban Chỉ huy thử"}
        ground.records[f"{idea_code.folder(code)}/idea.yml"] = record
        return record

    def _beside(self, code: str, name: str, /, **fields: Any) -> None:
        """Put a record into an idea's folder."""
        self.ground.records[f"{idea_code.folder(code)}/{name}.yml"] = {"version": 1, "code": code} | fields

    def _looks(self, idea: Record, council: str, round_: str, since: str) -> str:
        """Let a council conclude, a second time where it asked for more; gives the last outcome."""
        until = OLD_END if COUNCILS[council][0] in (DISTRICT, PROVINCE) else TODAY
        day, outcome, number = since, "bo-sung", 1
        while outcome == "bo-sung" and number <= 2:
            day = self.ground.later(day, 120, until)
            outcome = self.random.choices(("cong-nhan", "bo-sung", "khong-cong-nhan"), (75, 15, 10))[0]
            self._conclude(idea, council, round_, day, outcome, number)
            number += 1
        if outcome == "cong-nhan":
            self.recognised.append(idea)
            if self.ground.chance(0.3 if round_ == OPEN_AT_ONCE else 0.93):
                self._waits(council, day, idea)
        return outcome

    def _conclude(self, idea: Record, council: str, round_: str, day: str, outcome: str, number: int) -> None:
        data = notation.write(idea).encode()
        record = self.random.choice(self._verdicts[council][outcome]) | {
            "code": idea["code"],
            "number": number,
            "round": round_,
            "concluded_on": day,
            "idea_blob": hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest(),
            "scored_digest": scored_digest(idea),
        }
        record["digest"] = record_digest(record)
        self._beside(idea["code"], f"conclusions/{council}-{number}", **record)

    def _waits(self, council: str, day: str, idea: Record) -> None:
        half = f"{day[:4]}-{1 if day[5:7] <= '06' else 2}"
        self._waiting.setdefault((council, half), []).append((day, idea))

    # Decisions.

    def _decide(self) -> None:
        """Let one decision list all that a council recognised in half a year, or two decisions half of it each."""
        for (council, half), listed in sorted(self._waiting.items()):
            unit = COUNCILS[council][0]
            for number, some in enumerate((listed[::2], listed[1::2])):
                if not some:
                    continue
                last = max(day for day, _ in some)
                date = self.ground.later(last, 40, OLD_END if unit in (DISTRICT, PROVINCE) else TODAY)
                issuer = city_of(date) if council == "hd-moi" else unit
                key = f"qd-{council}-{half}-{number}-{len(self._decisions)}"
                codes = [idea["code"] for _, idea in some]
                decision = self.decision(key, "cong-nhan", date, issuer, council=council, codes=codes)
                for _, idea in some:
                    self._by_decision(idea, decision)
        self._waiting.clear()

    def decision(self, key: str, kind: str, date: str, issuer: str, **fields: Any) -> Record:
        made = self.ground.put(
            "decision", key, kind=kind, number=f"{len(self._decisions) + 1}/QĐ", date=date, issuer=issuer,
            body="Ban Thường trực thử", signer={"position": "Chủ tịch"}, legal_bases=[], **fields,
        )  # fmt: skip
        self._decisions.append(made)
        return made

    def _by_decision(self, idea: Record, decision: Record) -> None:
        if int(idea["submitted_on"][:4]) <= OLD_STYLE:
            record = by_decision.conclusion(idea, decision)
            self._beside(idea["code"], f"conclusions/{decision['council']}-1", **record)
            if idea not in self.recognised:
                self.recognised.append(idea)

    def _above(self) -> None:
        """Put some recognised ideas before the council above."""
        for idea in list(self.recognised):
            code, low = idea["code"], idea["round"].split("-")[1]
            since = self._public_since(idea)
            if low == "moi" or since is None or self.ground.chance(0.65):
                continue
            high = "hd-tinh" if low == "huyen" else "hd-moi"
            until = OLD_END if low == "huyen" else CITY_EVE
            sent = self.ground.later(since, 90, until)
            if sent > until:
                continue
            if int(idea["submitted_on"][:4]) <= OLD_STYLE:
                self._waits(high, sent, idea)
                continue
            round_ = f"dot-{'tinh' if low == 'huyen' else 'moi'}-{sent[:4]}"
            status = self._looks(idea, high, round_, sent)
            answers = {"cong-nhan", "khong-cong-nhan"}
            path = f"{idea_code.folder(code)}/conclusions/{high}"
            last = max(p for p in self.ground.records if p.startswith(path))
            self._nominate(
                f"dn-{code.lower()}-1", idea, COUNCILS[COUNCIL_OF[low]][0], COUNCILS[high][0], sent,
                status=status if status in answers else "da-gui", council=high, round=round_,
                answered_on=self.ground.records[last]["concluded_on"] if status in answers else None,
            )  # fmt: skip

    def _public_since(self, idea: Record) -> str | None:
        """Give the day from which the first council's recognition is public."""
        dates = [str(d["date"]) for d in self._decisions if idea["code"] in d.get("codes", ())]
        if not dates and idea["round"] == OPEN_AT_ONCE:
            folder = idea_code.folder(idea["code"])
            return max(str(r["concluded_on"]) for p, r in self.ground.records.items() if p.startswith(f"{folder}/conc"))
        return dates[0] if dates else None

    def _nominate(self, key: str, idea: Record, low: str, high: str, sent: str | None, **fields: Any) -> None:
        self._nominated.add(idea["code"])
        self.ground.put("nomination", key, code=idea["code"], from_unit=low, to_unit=high, sent_on=sent, **fields)

    def _outside(self) -> None:
        """Send some ideas to a level that keeps no books here, and ask again for some that were refused."""
        for number, idea in enumerate(self.recognised[::3]):
            listing = [d for d in self._decisions if idea["code"] in d.get("codes", ())]
            if not listing or listing[0]["council"] not in ("hd-huyen", "hd-xa") or idea["code"] in self._nominated:
                continue
            low = COUNCILS[listing[0]["council"]][0]
            sent = self.ground.later(listing[0]["date"], 200, OLD_END if low == DISTRICT else TODAY)
            status = self.random.choice(("cong-nhan", "cong-nhan", "khong-cong-nhan", "da-gui", "dang-soan"))
            answered = self.ground.later(sent, 300) if status in ("cong-nhan", "khong-cong-nhan") else None
            self._nominate(
                f"dn-ngoai-{number}", idea, low, city_of(sent), None if status == "dang-soan" else sent, status=status,
                answered_on=answered,
            )  # fmt: skip
        for path, record in list(self.ground.records.items()):
            if "/conclusions/hd-huyen-1" in path and record["outcome"] == "khong-cong-nhan":
                sent = self.ground.later(record["concluded_on"], 30, OLD_END)
                if sent > record["concluded_on"]:
                    idea = self.ground.records[f"{path.split('/conclusions')[0]}/idea.yml"]
                    self._nominate(
                        f"dn-lai-{record['code'].lower()}", idea, DISTRICT, DISTRICT, sent, status="da-gui",
                        purpose="xet-lai", council="hd-huyen", round=record["round"], reason="Xin xem lại.",
                    )  # fmt: skip

    def _correct(self) -> None:
        for number, decision in enumerate(self.random.sample(self._recognising(), 6)):
            date = self.ground.later(decision["date"], 300)
            codes = decision["codes"][:1] if number % 2 else None
            self.amend(f"dc-{number}", "dinh-chinh", date, decision, codes=codes)

    def _revoke(self) -> None:
        """Take back one decision wholly, and single ideas of others: before, and across the change of 2025."""
        known = self._recognising()
        whole = next(d for d in known if d["date"][:4] in ("2016", "2017") and d["council"] == "hd-huyen")
        self.amend("th-ca", "thu-hoi", self.ground.later(whole["date"], 300), whole)
        for number, decision in enumerate(self.random.sample([d for d in known if d is not whole], 12)):
            most = 200 if number % 3 else 3000
            code = self.random.choice(decision["codes"])
            date = self.ground.later(decision["date"], most)
            # Nobody can speak for a council whose unit is gone and has no heir.
            names_it = number % 2 and date <= self.ground.units[decision["issuer"]].get("valid_to", TODAY)
            council = decision["council"] if names_it else None
            self.amend(f"th-{number}", "thu-hoi", date, decision, codes=[code], council=council)

        for number, decision in enumerate(d for d in known if d["council"] == "hd-tinh"):
            # What the council below published at once stands, though no decision tells of it.
            codes = [code for code in decision["codes"] if code in self._at_once()]
            if codes:
                self.amend(
                    f"th-tren-{number}", "thu-hoi", decision["date"], decision, codes=codes, council="hd-tinh"
                )  # fmt: skip

    def _at_once(self) -> set[str]:
        below = {code for d in self._recognising() if d["council"] == "hd-huyen" for code in d["codes"]}
        return {idea["code"] for idea in self.recognised if idea["round"] == OPEN_AT_ONCE} - below

    def _recognising(self) -> list[Record]:
        return [d for d in self._decisions if d["kind"] == "cong-nhan"]

    def amend(self, key: str, kind: str, date: str, amended: Record, **fields: Any) -> Record:
        """Correct or take back a decision, in the name of whoever carries its issuer on that day."""
        issuer = amended["issuer"]
        if date > self.ground.units[issuer].get("valid_to", "9999"):
            issuer = city_of(date)
        return self.decision(key, kind, date, issuer, amends=amended["id"], reason="Đã kiểm tra lại.", **fields)

    # What comes after.

    def _applications(self, idea: Record) -> None:
        r, ground = self.random, self.ground
        for number in range(1, r.choice((0, 0, 0, 1, 2, 3)) + 1):
            since = ground.later(idea["submitted_on"], 900)
            unit = idea["unit"] if ground.chance(0.4) else ground.unit(since)
            if since > ground.units[unit].get("valid_to", "9999"):
                unit = ground.unit(since)
            visits: list[Record] = []
            for _ in range(r.choice((0, 1, 2))):
                day = ground.later(visits[-1]["date"] if visits else since, 250)
                visits.append({"date": day, "still": r.choice(("con-lam", "lam-rong-hon", "da-thoi"))})
            followed = {"follow_ups": visits} if visits else {}
            self._beside(
                idea["code"],
                f"applications/{number}",
                number=number,
                unit=unit,
                since=since,
                result="Có ích.",
                **followed,
            )

    def _samples(self) -> None:
        """Leave some samples among the real ones: counted by whoever does not ask to have them left out."""
        day, code = "2019-04-02", self.ground.code(2019)
        idea = self._text(code, self.ground.unit(day), "dot-huyen-2019", day, IDEAS) | {"sample": True}
        idea.pop("clearance", None)
        idea["content"] = "nd1"
        self.ground.records[f"{idea_code.folder(code)}/idea.yml"] = idea
        verdict = self._verdicts["hd-huyen"]["cong-nhan"][0]
        self._conclude(idea, "hd-huyen", "dot-huyen-2019", "2019-05-05", "cong-nhan", 1)
        path = f"{idea_code.folder(code)}/conclusions/hd-huyen-1.yml"
        marked = self.ground.records[path] | {"sample": True}
        self.ground.records[path] = marked | {"digest": record_digest(marked), "rating": verdict["rating"]}
        self.ground.records[path]["digest"] = record_digest(self.ground.records[path])
        decided = self.decision("qd-mau", "cong-nhan", "2019-05-20", DISTRICT, council="hd-huyen", codes=[code])
        decided["sample"] = True


COUNCIL_OF = {"huyen": "hd-huyen", "xa": "hd-xa", "moi": "hd-moi"}


def write(root: Path, seed: int) -> None:
    """Write the whole register of a seed."""
    ground = Ground(seed)
    history = History(ground)
    history.tell()
    activities(ground, list(dict.fromkeys(idea["code"] for idea in history.recognised)), history)
    reports(ground)
    ground.write(root)


def main() -> None:
    parser = argparse.ArgumentParser(description="Write an invented register of the years 2015 to 2026.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    write(asked.out, asked.seed)


if __name__ == "__main__":
    main()
