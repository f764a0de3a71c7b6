"""What a phone sends is stored before it is answered, or refused with the reason."""

import io
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image
from relay_room import FIELDS, Phone, Relay

from sangkien.adapters.sealing import new_key, seal
from sangkien.domain import idea_code, notation
from sangkien.relay.gate import Turnstile
from sangkien.relay.refusal import RefusedError

pytest_plugins = ["relay_fixtures"]
pytestmark = pytest.mark.long  # real servers and processes: together they take longer than one should


def errand(relay: Relay, code: str) -> dict[str, str | bytes]:
    found = relay.service.outbox.waiting(f"idea:{code}")
    assert found
    return dict(found.paper.files)


def picture(kind: str = "JPEG", size: tuple[int, int] = (800, 600)) -> bytes:
    made = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "0912345678"  # a description with a phone number
    Image.new("RGB", size, "green").save(made, kind, exif=exif)
    return made.getvalue()


def test_an_idea_is_stored_and_its_slip_given(relay: Relay) -> None:
    answer = relay.phone.send("1" * 32, display="Đủ họ tên", agreement="yes")

    assert answer.status_code == 201, answer.text
    slip = answer.json()
    assert idea_code.is_sound(slip["code"])
    files = errand(relay, slip["code"])
    records = {path: notation.parse(str(text).encode()).record for path, text in files.items()}
    (idea,) = [record for path, record in records.items() if path.startswith("ideas/")]
    assert idea["source"] == {"door": "trang-gui"}
    first, second = [records[f"content/register/people/{a['person'][2:4]}/{a['person']}.yml"] for a in idea["authors"]]
    assert (first["display"], second["display"]) == ("full", "hidden")
    assert first["consents"][0]["how"] == "trang-gui"
    assert relay.phone.look(slip)["state"] == "queued"


def test_the_same_key_gives_the_same_slip_and_one_idea(relay: Relay) -> None:
    proof = relay.phone.proof()
    first = relay.phone.send("2" * 32, altcha=proof)

    again = relay.phone.send("2" * 32, altcha=proof)

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert relay.service.ledger.read(
        lambda c: c.execute("SELECT count(*) FROM slips WHERE code = ?", (first.json()["code"],)).fetchone()
    ) == (1,)


def test_a_proof_serves_once(relay: Relay) -> None:
    proof = relay.phone.proof()
    assert relay.phone.send("3" * 32, altcha=proof).status_code == 201

    answer = relay.phone.send("4" * 32, altcha=proof)

    assert (answer.status_code, answer.json()["error"]) == (403, "proof")


@pytest.mark.parametrize("proof", ["", "x", "e30=", "bnVsbA==", "W10=", "eyJjaGFsbGVuZ2UiOiB7fX0="])
def test_what_is_no_proof_is_refused(relay: Relay, proof: str) -> None:
    assert relay.phone.send("5" * 32, altcha=proof).status_code == 403


def test_all_there_is_to_mend_is_told_at_once_and_nothing_is_used_up(relay: Relay) -> None:
    proof = relay.phone.proof()
    wrong = {"title": "Ngắn", "unit": "xã Không Đâu", "before": None, "how_to": "Gọi 0912 345 678 để hỏi cách làm"}

    answer = relay.phone.send("6" * 32, altcha=proof, **wrong)

    assert answer.status_code == 422
    findings = answer.json()["findings"]
    assert {row["key"] for row in findings} == {"title", "unit", "before", "how_to"}
    assert all(row["sentence"] and row["cure"] for row in findings)
    assert "678" not in answer.text
    assert relay.phone.send("6" * 32, altcha=proof).status_code == 201


def test_what_is_amiss_in_a_summary_nobody_wrote_is_said_where_it_was_written(relay: Relay) -> None:
    answer = relay.phone.send("5" * 32, summary=None, after="Hỏi 0912 345 678, nay ba ngày mới châm nước một lần.")

    (row,) = answer.json()["findings"]
    assert row["key"] == "after"


def test_the_armed_forces_are_sent_to_the_counter(relay: Relay) -> None:
    answer = relay.phone.send("7" * 32, content="nd4")

    assert answer.status_code == 422
    (row,) = answer.json()["findings"]
    assert row["key"] == "content"


def test_photos_are_made_anew_and_carry_nothing(relay: Relay) -> None:
    polyglot = picture() + b"<script>alert(1)</script>PK\x03\x04"
    sent = {
        "photo-1": (polyglot, "text/html"),
        "photo-1-alt": "Lá đang ủ",
        "photo-1-shows": "Sau khi áp dụng",
        "photo-2": (picture("PNG"), "image/png"),
        "photo-2-alt": "Vườn tiêu",
        "photo_consent": "yes",
    }

    answer = relay.phone.send("8" * 32, **sent)

    assert answer.status_code == 201, answer.text
    files = errand(relay, answer.json()["code"])
    images = {path: data for path, data in files.items() if path.endswith(".webp")}
    assert [path.rpartition("/")[2] for path in sorted(images)] == ["anh-1.webp", "anh-2.webp"]
    for data in images.values():
        assert isinstance(data, bytes)
        assert data[:4] == b"RIFF"
        assert len(data) == int.from_bytes(data[4:8], "little") + 8
        assert b"script" not in data
        assert b"0912" not in data
    people = [notation.parse(str(text).encode()).record for path, text in files.items() if "/people/" in path]
    assert [p["consents"][0]["scope"] for p in people if p["consents"]] == [["photo"]]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"photo-1": (b"GIF89a" + b"x" * 99, "image/png"), "photo-1-alt": "x", "photo_consent": "yes"}, 415),
        ({"photo-1": (b"\xff\xd8\xff" + b"x" * 999, "image/jpeg"), "photo-1-alt": "x", "photo_consent": "yes"}, 415),
        ({"photo-1": (b"<svg/>", "image/svg+xml"), "photo-1-alt": "x", "photo_consent": "yes"}, 415),
        ({"photo-1": (b"\xff\xd8\xff", "image/jpeg"), "photo-1-alt": "x"}, 422),
        ({"photo-1": (b"\xff\xd8\xff", "image/jpeg"), "photo_consent": "yes"}, 422),
    ],
)
def test_other_photos_are_refused(relay: Relay, sent: dict[str, object], status: int) -> None:
    assert relay.phone.send("9" * 32, **sent).status_code == status


def test_a_bomb_is_refused_and_others_go_on(relay: Relay) -> None:
    made = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(made, "PNG")
    sent = {"photo-1-alt": "x", "photo_consent": "yes"}

    assert relay.phone.send("ab" * 16, **{"photo-1": (made.getvalue(), "image/png")}, **sent).status_code == 415

    assert relay.phone.send("ab" * 16, **{"photo-1": (picture(), "image/png")}, **sent).status_code == 201


def test_a_minor_s_name_needs_a_guardian(relay: Relay) -> None:
    sent = {"authors": "Trần Thị Ví Dụ", "display": "Chữ cái đầu", "agreement": "yes", "minor": "yes"}

    alone = relay.phone.send("bc" * 16, **sent).json()["code"]
    guarded = relay.phone.send("cd" * 16, **sent, guardian="yes", guardian_relation="Cha hoặc mẹ").json()["code"]

    people = [
        notation.parse(str(text).encode()).record
        for code in (alone, guarded)
        for path, text in errand(relay, code).items()
        if "/people/" in path
    ]
    assert [(p["minor"], p["display"]) for p in people] == [(True, "hidden"), (True, "initials")]
    assert people[1]["guardian"]["relation"] == "cha-me"


def test_only_a_sealed_contact_is_taken(relay: Relay) -> None:
    armour = seal("0912345678", [new_key()[1]])
    dressed = "-----BEGIN AGE ENCRYPTED FILE-----\nMDkxMjM0NTY3OA==\n-----END AGE ENCRYPTED FILE-----\n"

    plain = relay.phone.send("de" * 16, contact="0912345678")
    coded = relay.phone.send("de" * 16, contact=dressed)
    sealed = relay.phone.send("de" * 16, contact=armour)

    assert (plain.status_code, coded.status_code, sealed.status_code) == (422, 422, 201)
    assert "0912345678" not in plain.text
    files = errand(relay, sealed.json()["code"])
    assert sum("BEGIN AGE" in str(text) for path, text in files.items() if "/people/" in path) == 1


def test_nothing_told_to_the_operator_names_anybody(relay: Relay, capfd: pytest.CaptureFixture[str]) -> None:
    code = relay.phone.send("ef" * 16).json()["code"]
    relay.phone.send("ef" * 16, title="x")

    told = capfd.readouterr().err + relay.phone.ask("GET", "/so-do").text

    for word in (code, "Ví Dụ", "127.0.0.1", FIELDS["title"]):
        assert word not in told
    for line in told.splitlines():
        if line.startswith("{"):
            json.loads(line)


def test_a_code_is_followed_with_its_pin_alone(relay: Relay) -> None:
    slip = relay.phone.send("0a" * 16).json()
    other = relay.phone.send("0b" * 16).json()

    wrong = relay.phone.post("/theo-doi", code=slip["code"], pin=other["pin"])
    nobody = relay.phone.post("/theo-doi", code="2019-B8M4-R0XT", pin=slip["pin"])
    typed = relay.phone.post("/theo-doi", code=slip["code"].lower().replace("-", " "), pin=slip["pin"].lower())

    assert (wrong.status_code, nobody.status_code, typed.status_code) == (403, 403, 200)
    assert wrong.json() == nobody.json()
    assert wrong.headers["cache-control"] == "no-store"


def test_pins_cannot_be_guessed_on_and_on(relay: Relay) -> None:
    slip = relay.phone.send("0c" * 16).json()
    seen = [relay.phone.post("/theo-doi", code=slip["code"], pin=f"AAAA-AAA{n}").status_code for n in range(10)]

    last = relay.phone.post("/theo-doi", code=slip["code"], pin=slip["pin"])

    assert seen == [403] * 10
    assert (last.status_code, last.json()["error"]) == (429, "no_more_guesses")


def test_many_guesses_at_once_are_as_many_guesses(relay: Relay) -> None:
    slip = relay.phone.send("1c" * 16).json()

    def guess(number: int) -> int:
        return relay.phone.post("/theo-doi", code=slip["code"], pin=f"AAAA-AA{number:02d}").status_code

    with ThreadPoolExecutor(30) as people:
        seen = list(people.map(guess, range(30)))

    assert seen.count(403) <= 10


def test_somebody_else_s_guesses_shut_nobody_out(relay: Relay) -> None:
    turnstile = Turnstile(relay.service.settings)
    for number in range(10):
        turnstile.guess("2026-AAAA-AAAA", "192.0.2.1", number)
    with pytest.raises(RefusedError):
        turnstile.guess("2026-AAAA-AAAA", "192.0.2.1", 10)

    for number in range(50):  # whoever has the PIN comes as often as they like
        turnstile.guess("2026-AAAA-AAAA", "192.0.2.2", number)
        turnstile.guessed_right("2026-AAAA-AAAA", "192.0.2.2")

    for number in range(40):  # codes typed wrong are no code's guesses
        turnstile.guess("", f"192.0.2.{number + 3}", number)


def test_an_idea_on_its_way_may_be_mended_and_withdrawn(relay: Relay) -> None:
    slip = relay.phone.send("0d" * 16).json()
    state = relay.phone.look(slip)
    answers = relay.phone.post("/y/doc", token=state["token"]).json()["answers"]
    assert set(answers) >= {"title", "kind", "unit", "before", "cost"}
    assert "Ví Dụ" not in json.dumps(answers, ensure_ascii=False)

    answers["title"] = "Ủ lá chôm chôm làm phân bón cho tiêu"
    changed = relay.phone.ask(
        "POST", "/y/sua", files={k: (None, v) for k, v in {**answers, "token": state["token"]}.items()}
    )

    assert changed.status_code == 200, changed.text
    files = errand(relay, slip["code"])
    assert len(files) == 3
    assert any("làm phân bón cho tiêu" in str(text) for text in files.values())
    gone = relay.phone.post("/y/rut", token=state["token"], proof=relay.phone.proof())
    assert gone.status_code == 200, gone.text
    assert [path.rpartition("/")[2] for path in errand(relay, slip["code"])] == ["withdrawn.yml"]
    assert relay.phone.look(slip)["can"] == ["erase"]


@pytest.mark.parametrize("token", ["", "x", "2019-B8M4-R0XT.9999999999.00", None, 7])
def test_a_forged_token_opens_nothing(relay: Relay, token: object) -> None:
    assert relay.phone.post("/y/doc", token=token).status_code == 403


def test_likenesses_are_public_ideas_alone(relay: Relay) -> None:
    relay.wait(lambda: relay.service.ground.likeness is not None)
    told = relay.phone.post("/y-giong", text="Tưới nhỏ giọt bằng chai nhựa cũ cho hồ tiêu mùa khô").json()["ideas"]

    assert told
    assert len(told) <= 3
    assert all(relay.service.ground.verdict(row["code"]).public for row in told)
    assert relay.phone.post("/y-giong", text="x" * 2001).status_code == 400


def test_what_costs_the_desk_is_counted_as_sending(relay: Relay) -> None:
    token = relay.phone.look(relay.phone.send("2c" * 16).json())["token"]
    service = relay.service
    before = service.turnstile
    service.turnstile = type(before)(type(service.settings)({**service.settings.values, "limits.per_address": 2}))
    try:
        seen = [relay.phone.post("/y/doc", token=token).status_code for _ in range(3)]
    finally:
        service.turnstile = before

    assert seen == [200, 200, 429]


def test_who_sends_too_often_waits(relay: Relay) -> None:
    other = Phone(relay.phone.address)
    service = relay.service
    before = service.turnstile
    service.turnstile = type(before)(type(service.settings)({**service.settings.values, "limits.per_address": 2}))
    try:
        seen = [other.send(f"{n:032x}").status_code for n in range(3)]
    finally:
        service.turnstile = before

    assert seen == [201, 201, 429]
