"""Write a whole data repository with N honoured ideas of invented people, none of them marked as a sample.

    .venv/bin/python tests/benchmark/crowd.py 1000 --out DIR [--seed 1] [--titles T.tsv]

Pages, schemas and the registers that are no samples are this repository's. `sangkien validate`, `verify --all` and
`publish` work there. Of every seventeen ideas one is not honoured: refused, or withdrawn. A hundred and fifty ideas at
most have pictures, however many there are.
"""

import argparse
import hashlib
import os
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from crowd_ground import (
    CITY,
    DISTRICT,
    MERGED,
    PROVINCE,
    ROOT,
    RUBRIC,
    SEATS,
    Record,
    Repository,
    copy_shelves,
    councils,
    own_rubric,
    paint,
    people_of,
    unit_on,
    units_of,
)
from invention import WORDS, Invention, invent

from sangkien.adapters.store import Store
from sangkien.domain import conclusion, idea_code, layout, novelty
from sangkien.domain.digest import SCORED_FIELDS
from sangkien.domain.schema import SchemaSet
from sangkien.workflow.ballot import tally
from sangkien.workflow.reading import load_schemas

YEARS = range(2018, 2027)
CITY_SINCE = "2026-04-30"
SEVENTEENTH = 17
PICTURED = 150


class Round:
    """Half a year's call: who is asked, which days it spans, who judges and who decides."""

    def __init__(self, year: int, half: int) -> None:
        self.key = f"dot-{year}-{half}"
        self.year, self.half = year, half
        months = ("01-02", "05-31", "06-10", "06-25") if half == 1 else ("07-01", "09-30", "10-15", "11-10")
        self.opens, self.closes, self.sits, self.decides = (f"{year}-{day}" for day in months)
        self.council = "hd-dong-nai-2025" if self.opens >= MERGED else "hd-thong-nhat-2018"
        self.codes: list[str] = []
        self.honoured: list[str] = []
        self.makers: dict[str, str] = {}

    def above(self, day: str) -> str:
        """Name the unit that calls and decides on a day."""
        return DISTRICT if day < MERGED else PROVINCE if day < CITY_SINCE else CITY

    def day(self, r: random.Random) -> str:
        """Choose a day on which an idea comes in."""
        return f"{self.year}-{r.randint(2, 5) if self.half == 1 else r.randint(7, 9):02d}-{r.randint(1, 28):02d}"


def write_repository(root: Path, count: int, seed: int = 1, titles: Sequence[str] = (), *, processes: int = 1) -> None:
    """Write everything; whatever the number of processes, the same comes of it."""
    repository = Repository(root)
    shelves = copy_shelves(repository)
    rubric = own_rubric(repository)
    schemas = load_schemas(Store(ROOT))
    verdicts = {key: _verdicts(schemas, rubric, council) for key, council in councils(repository)}
    if processes == 1:
        _fill(repository, count, seed, titles, shelves, verdicts)
        return
    with ProcessPoolExecutor(processes) as pool:
        for done in [
            pool.submit(_fill, Repository(root, share, processes), count, seed, titles, shelves, verdicts)
            for share in range(processes)
        ]:
            done.result()


def _fill(
    repository: Repository,
    count: int,
    seed: int,
    titles: Sequence[str],
    shelves: dict[str, Any],
    verdicts: dict[str, dict[bool, list[Record]]],
) -> None:
    """Invent everything, since chance goes on from one thing to the next, and write what is ours to write."""
    r = random.Random(seed)
    units = units_of(repository, shelves["units"], count, r)
    people = people_of(repository, units, count, r)
    rounds = [Round(year, half) for year in YEARS for half in (1, 2)]
    every = max(8, count // PICTURED)
    pictures = paint()
    number = honoured = 0
    while honoured < count:
        made = invent(seed, number, titles)
        round_ = rounds[(number * 7) % len(rounds)]
        code = _code_of(made.code, round_.year)
        if idea_code.denied(code, _rude()):
            number += 1
            continue
        if number % (SEVENTEENTH * 4) == SEVENTEENTH * 2:
            _withdraw(repository, made, code, round_)
        else:
            idea = _idea(made, code, round_, units, people, shelves, r)
            if number % every == 0:
                _add_pictures(repository, idea, pictures, r)
            text = repository.write(layout.path_of("idea", code), idea)
            good = number % SEVENTEENTH != 0
            _conclude(repository, idea, text, round_, r.choice(verdicts[round_.council][good]))
            round_.codes.append(code)
            if good:
                honoured += 1
                round_.honoured.append(code)
                round_.makers[code] = idea["authors"][0]["person"]
                _follow(repository, code, round_, units, r)
        number += 1
    for round_ in rounds:
        _close(repository, round_)
    _commend(repository, rounds, r)


@cache
def _rude() -> list[str]:
    """Give the runs of letters that no code may hold."""
    found: list[str] = Store(ROOT).read(layout.path_of("lists", "lists")).record["code_deny"]
    return found


def _code_of(code: str, year: int) -> str:
    seven = code[5:].replace("-", "")[:7]
    return idea_code.make(year, seven)


def _idea(
    made: Invention,
    code: str,
    round_: Round,
    units: list[Record],
    people: list[str],
    shelves: dict[str, Any],
    r: random.Random,
) -> Record:
    pick, day = r.choice, round_.day(r)
    unit = unit_on(units, day, r)
    kind = pick(("sang-kien", "sang-kien", "y-tuong-moi", "cach-lam-moi", "cach-lam-moi"))
    content = pick(shelves["contents"])
    names = [people[min(int(r.random() ** 2 * len(people)), len(people) - 1)] for _ in range(pick((1, 1, 1, 2, 2, 3)))]
    names = list(dict.fromkeys(names))
    shares = {1: (100,), 2: (60, 40), 3: (50, 30, 20)}[len(names)]
    record: Record = {"version": 1, "code": code, "kind": kind, "title": made.title, "content": content}
    record |= {"field": pick(shelves["fields"]), "unit": unit, "round": round_.key, "submitted_on": day}
    record["authors"] = [{"person": who, "share": share} for who, share in zip(names, shares, strict=True)]
    record |= {"summary": made.summary, "before": made.before, "after": made.after, "how_to": made.how_to}
    if r.random() < 0.5:
        record["how_to"] += f"\n{pick(WORDS['warnings'])}"
    if r.random() < 0.4:
        before = r.randint(8, 90)
        record["figures"] = {"label": f"{made.gain} mỗi tuần", "unit": "phần", "before": str(before)}
        record["figures"]["after"] = str(before * r.randint(2, 8) // 10)
    answers = ("novelties", "fits", "shares", "proofs", "prices")
    criteria = ("tinh-moi", "tinh-phu-hop", "tinh-tap-the", "thiet-thuc-hieu-qua", "tinh-kinh-te")
    record["statements"] = {name: pick(WORDS[told]) for name, told in zip(criteria, answers, strict=True)}
    record["cost"] = {"amount": pick((0, 0, 50_000, 150_000, 400_000, 1_200_000, 5_500_000))}
    record["applied"] = kind == "sang-kien" or r.random() < 0.5
    if content == "nd4":
        record["clearance"] = {"number": f"{r.randint(1, 90)}/XN", "date": day, "issuer": "Ban Chỉ huy quân sự"}
    record["source"] = {"door": "giay", "entered_by": unit} if r.random() < 0.5 else {"door": "bieu-mau"}
    return record


def _withdraw(repository: Repository, made: Invention, code: str, round_: Round) -> None:
    path = f"{idea_code.folder(code)}/withdrawn.yml"
    if not repository.owns(path):
        return
    texts = (made.summary, made.before, made.after, made.how_to)
    record = {"version": 1, "code": code, "date": round_.closes, "digest": hashlib.sha256(code.encode()).hexdigest()}
    record["tokens"] = [*novelty.kept_tokens(made.title, texts)]
    repository.write(path, record)


def _verdicts(schemas: SchemaSet, rubric: Record, council: Record) -> dict[bool, list[Record]]:
    """Count invented ballots and conclude: what a council may say, by whether it recognises."""
    r = random.Random(council["id"])
    said: dict[bool, list[Record]] = {True: [], False: []}
    while len(said[True]) < 40 or len(said[False]) < 8:
        level = r.uniform(0.35, 0.95)
        reviews = []
        for account in range(5001, 5008):
            marks = "".join(
                f"{c['id']}: {round(2 * min(1, max(0, r.gauss(level, 0.06))) * c['max_score']) / 2}\n"
                for c in rubric["criteria"]
            )
            verdict = "cong-nhan" if level > 0.6 else "khong-cong-nhan"
            body = f"```phieu-cham\nbo-tieu-chi: {rubric['id']}\n{marks}ket-luan: {verdict}\n```"
            reviews.append(
                {
                    "id": r.randint(10**6, 10**7),
                    "user": {"id": account, "type": "User"},
                    "state": "COMMENTED",
                    "submitted_at": "2019-06-01T00:00:00Z",
                    "commit_id": "c",
                    "body": body,
                }
            )
        counted = tally(rubric, council, {}, reviews, None, council["seats"][0]["terms"][0]["from"])
        if counted.count.result not in ("cong-nhan", "khong-cong-nhan"):
            continue
        good = counted.count.result == "cong-nhan"
        setting = conclusion.Setting(
            council=council["id"], number=1, round="", session="", on="", idea_blob="", pull=None
        )
        reason = r.choice(WORDS["reasons" if good else "lacks"])
        record = conclusion.conclude(counted, rubric, "", setting, None, reason)
        said[good].append(schemas.ordered("conclusion", record))
    return said


def _conclude(repository: Repository, idea: Record, text: str, round_: Round, verdict: Record) -> None:
    path = f"{idea_code.folder(idea['code'])}/conclusions/{verdict['council']}-1.yml"
    if not repository.owns(path):
        return
    data = text.encode()
    record = verdict | {
        "code": idea["code"],
        "round": round_.key,
        "session": f"phien-{round_.key}-{len(round_.codes) // 100 + 1}",
        "concluded_on": round_.sits,
        "idea_blob": hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest(),
        "scored_digest": _digest({field: idea[field] for field in SCORED_FIELDS if field in idea}),
    }
    record["digest"] = _digest({key: value for key, value in record.items() if key != "digest"})
    repository.write(path, record)


def _digest(record: Record) -> str:
    """Digest as the program does, only quicker: our texts are NFC and trimmed, our keys are ASCII."""
    return hashlib.sha256(orjson.dumps(record, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _follow(repository: Repository, code: str, round_: Round, units: list[Record], r: random.Random) -> None:
    """Tell where an honoured idea was taken up, and now and then mend it."""
    folder = idea_code.folder(code)
    if r.random() < 0.15:
        for number in range(1, r.randint(2, 4)):
            day = f"{round_.year}-12-{r.randint(1, 28):02d}"
            record = {"version": 1, "code": code, "number": number, "unit": unit_on(units, day, r), "since": day}
            record["result"] = r.choice(WORDS["results"])
            repository.write(f"{folder}/applications/{number}.yml", record)
    if r.random() < 0.03:
        record = {"version": 1, "code": code, "number": 1, "date": f"{round_.year}-12-20", "by": "nguoi-de-xuat"}
        record["text"] = r.choice(WORDS["warnings"]).removeprefix("Lưu ý: ").capitalize()
        repository.write(f"{folder}/corrections/1.yml", record)


def _close(repository: Repository, round_: Round) -> None:
    """Write a round with its sittings and decisions, a hundred ideas each."""
    words = "sáu tháng đầu" if round_.half == 1 else "sáu tháng cuối"
    repository.put(
        "round", round_.key, name=f"Đợt {words} năm {round_.year}", unit=round_.above(round_.opens), rubric=RUBRIC,
        council=round_.council, opens_on=round_.opens, closes_on=round_.closes, ballots="open", publish="on-decision",
        publish_marks=round_.half == 1,
    )  # fmt: skip
    seats = [f"ghe-{n}" for n in range(1, len(SEATS) + 1)]
    for number, codes in enumerate(_hundreds(round_.codes), 1):
        repository.put(
            "session", f"phien-{round_.key}-{number}", council=round_.council, date=round_.sits, starts="08:00",
            place="Phòng họp Mặt trận", present=seats, agenda=codes, chair="ghe-1", secretary="ghe-3",
        )  # fmt: skip
    above = round_.above(round_.decides)
    for number, codes in enumerate(_hundreds(round_.honoured), 1):
        repository.put(
            "decision", f"qd-{round_.year}-{round_.half}-{number}", kind="cong-nhan",
            number=f"{number:02d}/QĐ-{round_.half}-{round_.year}", date=round_.decides,
            title=f"Công nhận sáng kiến, ý tưởng mới, cách làm mới {words} năm {round_.year}", issuer=above,
            body="Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam", signer={"position": "Chủ tịch"},
            legal_bases=["de-an-15-mttw"], council=round_.council, codes=codes,
        )  # fmt: skip


def _hundreds(codes: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(codes), 100):
        yield codes[start : start + 100]


def _commend(repository: Repository, rounds: list[Round], r: random.Random) -> None:
    """Commend one person for every twenty honoured ideas."""
    for round_ in rounds:
        above = round_.above(f"{round_.year}-12-20")
        keys = []
        for number, code in enumerate(round_.honoured[::20], 1):
            key = f"bd-{round_.key[4:]}-{number}"
            keys.append(key)
            repository.put(
                "commendation", key, award="bieu-duong", person=round_.makers[code], date=f"{round_.year}-12-20",
                issuer=above, reason=r.choice(WORDS["commended"]), codes=[code],
            )  # fmt: skip
        for number, some in enumerate(_hundreds(keys), 1):
            repository.put(
                "decision", f"kt-{round_.key[4:]}-{number}", kind="khen-thuong",
                number=f"{number:02d}/QĐ-KT-{round_.half}-{round_.year}", date=f"{round_.year}-12-20",
                title="Biểu dương người tiêu biểu", issuer=above,
                body="Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam", signer={"position": "Chủ tịch"},
                legal_bases=[], commendations=some,
            )  # fmt: skip


def _add_pictures(repository: Repository, idea: Record, pictures: list[bytes], r: random.Random) -> None:
    source = idea.pop("source")
    idea["source"] = source
    idea["images"] = []
    for place, (shows, told) in enumerate((("truoc", "pictures_before"), ("sau", "pictures_after"))):
        idea["images"].append({"file": f"{shows}.jpg", "alt": r.choice(WORDS[told]), "shows": shows})
        data = pictures[2 * r.randrange(len(pictures) // 2) + place]
        path = f"{idea_code.folder(idea['code'])}/images/{shows}.jpg"
        if repository.owns(path):
            Path(repository.place(path)).write_bytes(data)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--titles", type=Path)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    lines = given.titles.read_text(encoding="utf-8").splitlines()[1:] if given.titles else []
    told = [line.split("\t")[0].strip() for line in lines]
    write_repository(given.out, given.count, given.seed, told, processes=given.processes)


if __name__ == "__main__":
    main()
