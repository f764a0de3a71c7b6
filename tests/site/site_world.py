"""A small world of records, made in code so that a test may plant anything anywhere."""
# ruff: noqa: E501  # records are data and read better a record to a line

import io
import shutil
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from places import ROOT
from sangkien.domain import idea_code, layout, notation
from sangkien.domain.books import Books, Dossier
from sangkien.domain.digest import record_digest, scored_digest
from sangkien.domain.register import Register, build

Record = dict[str, Any]
RUBRIC = "2019-1"
COUNCIL = "hd-suoi-mau"
ROUND = "dot-2019-1"
CRITERIA = ("tinh-moi", "tinh-kinh-te")
# What each of three seats gave: two marks and their sum.
SHEETS = (("50.41", "35.17", "85.58"), ("52.58", "37.4", "89.98"), ("51.42", "36.27", "87.69"))


def code(seven: str, year: int = 2019) -> str:
    """Make a sound code of seven symbols."""
    return idea_code.make(year, seven)


class World:
    """Records by path, written to a folder when asked."""

    def __init__(self) -> None:
        self.records: dict[str, Record] = {}
        self.files: dict[str, bytes] = {}

    def put(self, kind: str, key: str, /, **fields: Any) -> Record:
        """Shelve a register's record."""
        record = {"version": 1} | ({} if kind in layout.SINGLE else {"id": key}) | fields
        self.records[layout.path_of(kind, key)] = record
        return record

    def person(self, key: str, name: str, /, **fields: Any) -> Record:
        record = {
            "kind": "ca-nhan",
            "name": name,
            "unit": "xa-suoi-mau-2010",
            "display": "full",
            "consents": [{"form": "dong-y-2019-1", "scope": ["full"], "date": "2019-03-01", "how": "giay"}],
        } | fields
        return self.put("person", key, **record)

    def idea(self, code_: str, title: str, **fields: Any) -> Record:
        record: Record = {
            "version": 1,
            "code": code_,
            "kind": "sang-kien",
            "title": title,
            "content": "nd2",
            "field": "nong-nghiep",
            "unit": "xa-suoi-mau-2010",
            "round": ROUND,
            "submitted_on": f"{code_[:4]}-03-18",
            "authors": [{"person": "p-0a1b2c3d", "share": 100}],
            "summary": "Một cách làm nhỏ, ai cũng làm theo được ngay tại nhà.",
            "before": "Trước đây làm tay, mất cả buổi.",
            "after": "Nay chỉ còn nửa giờ.",
            "how_to": "Chuẩn bị đồ nghề.\nLàm thử một lần.\nLưu ý: mang găng tay.",
            "statements": dict.fromkeys(CRITERIA, "Chưa thấy nơi nào trong vùng làm như vậy."),
            "cost": {"amount": 150000, "note": "tiền mua dây và vòi"},
            "applied": True,
            "source": {"door": "yeu-cau-keo"},
        }
        record |= fields
        self.records[f"{idea_code.folder(code_)}/idea.yml"] = record
        return record

    def inside(self, code_: str, name: str, **fields: Any) -> Record:
        """Put a record beside an idea: `applications/1`, `corrections/1`, `withdrawn`."""
        record = {"version": 1, "code": code_} | fields
        self.records[f"{idea_code.folder(code_)}/{name}.yml"] = record
        return record

    def conclude(self, code_: str, outcome: str = "cong-nhan", *, number: int = 1, **fields: Any) -> Record:
        """Write the council's conclusion; its result follows the outcome."""
        idea = self.records[f"{idea_code.folder(code_)}/idea.yml"]
        record: Record = {
            "version": 1,
            "code": code_,
            "council": COUNCIL,
            "number": number,
            "round": ROUND,
            "concluded_on": "2019-06-10",
            "rubric": RUBRIC,
            "rubric_digest": record_digest(self.records.get(layout.path_of("rubric", RUBRIC), {})),
            "rules": 1,
            "members": 3,
            "base": 3,
            "roll": [{"seat": f"ghe-{n}", "role": "uy-vien", "github_id": 770000 + n} for n in (1, 2, 3)],
            "counted": [
                {
                    "seat": f"ghe-{n}",
                    "review_id": 880000 + n,
                    "marks": {"tinh-moi": novelty, "tinh-kinh-te": economy},
                    "total": total,
                    "verdict": "cong-nhan",
                }
                for n, (novelty, economy, total) in enumerate(SHEETS, 1)
            ],
            "set_aside": [{"review_id": 990001, "user_id": 990002, "reason": "cu"}],
            "abstained": [],
            "recused": [],
            "conflicted": [],
            "quorum": {"needed": 2, "have": 3, "met": True},
            "criteria": [
                {"id": "tinh-moi", "mean": "51.47", "median": "51.42", "spread": "2.17", "pass": True},
                {"id": "tinh-kinh-te", "mean": "36.28", "median": "36.27", "spread": "2.23", "pass": True},
            ],
            "total": {"mean": "87.75", "median": "87.69", "spread": "4.40"},
            "agree": 3,
            "result": outcome if outcome != "rut" else "khong-cong-nhan",
            "outcome": outcome,
            "scored_digest": scored_digest(idea),
            "digest": "",
        }
        if outcome == "cong-nhan":
            record["rating"] = "xuat-sac"
            record["reasons"] = "Đã thấy làm thật ở ba hộ. Ít tốn, dễ làm theo."
        record |= fields
        record["digest"] = record_digest(record)
        self.records[f"{idea_code.folder(code_)}/conclusions/{record['council']}-{number}.yml"] = record
        return record

    def decide(self, key: str, kind: str = "cong-nhan", /, **fields: Any) -> Record:
        record: Record = {
            "kind": kind,
            "number": f"{key.upper()}/QĐ-MT",
            "date": "2019-07-05",
            "issuer": "xa-suoi-mau-2010",
            "body": "Ban Thường trực Ủy ban MTTQ Việt Nam xã Suối Mẫu",
            "signer": {"position": "Chủ tịch"},
            "legal_bases": ["luat-mau"],
        }
        if kind == "cong-nhan":
            record["council"] = COUNCIL
        return self.put("decision", key, **(record | fields))

    def commend(self, key: str, person: str, decision: str, **fields: Any) -> Record:
        record = {
            "award": "bieu-duong",
            "person": person,
            "date": "2019-08-01",
            "issuer": "xa-suoi-mau-2010",
            "reason": "Có nhiều cách làm hay cho bà con.",
        }
        self.decide(decision, "khen-thuong", commendations=[key], date="2019-08-01")
        return self.put("commendation", key, **(record | fields))

    def recognise(self, code_: str, decision: str) -> None:
        """Conclude an idea and list it in a decision."""
        self.conclude(code_)
        record = self.records.get(layout.path_of("decision", decision)) or self.decide(decision, codes=[])
        record["codes"] = [*record["codes"], code_]

    def read(self) -> tuple[Books, list[Dossier]]:
        """Give the records as the program holds them, unjudged."""
        shelved: list[tuple[str, str, Record]] = []
        folders: dict[str, dict[str, list[Any]]] = {}
        for path, record in self.records.items():
            place = layout.place_of(path)
            assert place, path
            if place.folder:
                folders.setdefault(place.folder, {}).setdefault(place.kind, []).append(record)
            else:
                shelved.append((place.kind, place.key, record))
        dossiers = [
            Dossier(
                folder=folder,
                idea=next(iter(kinds.get("idea", ())), None),
                withdrawn=next(iter(kinds.get("withdrawn", ())), None),
                conclusions=tuple(kinds.get("conclusion", ())),
                corrections=tuple(kinds.get("correction", ())),
                applications=tuple(kinds.get("application", ())),
            )
            for folder, kinds in folders.items()
        ]
        return Books.gather(shelved), dossiers

    def register(self, *, without_samples: bool = False) -> Register:
        """Make the public register of these records."""
        return build(*self.read(), without_samples=without_samples)

    def write(self, root: Path) -> Path:
        """Write everything down, with the project's schemas and site configuration."""
        for path, record in self.records.items():
            place = root / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(notation.write(record), encoding="utf-8")
        for path, data in self.files.items():
            place = root / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        shutil.copytree(ROOT / "schemas", root / "schemas", dirs_exist_ok=True)
        (root / "content").mkdir(exist_ok=True)
        for page in ("index.md", "tim-kiem/index.md", "xac-minh/index.md"):
            (root / "content" / page).parent.mkdir(exist_ok=True)
            shutil.copy(ROOT / "content" / page, root / "content" / page)
        for page, title in (
            ("du-lieu/index.md", "Dữ liệu mở"),
            ("huong-dan/cau-lac-bo.md", "Câu lạc bộ"),
            ("huong-dan/xem-giay.md", "Xem giấy"),
        ):
            (root / "content" / page).parent.mkdir(exist_ok=True)
            (root / "content" / page).write_text(f"# {title}\n", encoding="utf-8")
        (root / "content" / "phong-trao").mkdir(exist_ok=True)
        for name, mark in (("index", "movement-life"), ("lich", "calendar")):
            text = f'# Phong trào\n\n<div id="sk-{mark}"></div>\n'
            (root / "content" / "phong-trao" / f"{name}.md").write_text(text, encoding="utf-8")
        config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
        theme = str(ROOT / "scripts" / "sangkien" / "render" / "theme")
        (root / "mkdocs.yml").write_text(
            config.replace("custom_dir: scripts/sangkien/render/theme", f"custom_dir: {theme}"), encoding="utf-8"
        )
        return root


def picture(text: str, colour: str) -> bytes:
    """Draw a plain picture that carries a comment in its metadata."""
    image = Image.new("RGB", (1600, 1000), colour)
    ImageDraw.Draw(image).ellipse((500, 200, 1100, 800), fill="#c8694b")
    exif = Image.Exif()
    exif[0x010E] = text
    made = io.BytesIO()
    image.save(made, "JPEG", exif=exif)
    return made.getvalue()


DRIP = code("B8M4R0X")
SOAP = code("7K3QF2T")
READ = code("R3ADH0B")


def small_world(*, sample: bool = False) -> World:
    """Make a commune with three recognised ideas, people, units that changed, and something of every kind."""
    w = World()
    mark = {"sample": True} if sample else {}
    w.put(
        "movement", "movement", name="Phong trào “Đoàn kết sáng tạo”", short_name="Đoàn kết sáng tạo",
        site_title="Bảng vàng sáng tạo", site_description="Nơi ghi công những ý hay của bà con và cán bộ cơ sở.",
        organiser="Ban Thường trực Ủy ban MTTQ Việt Nam xã Suối Mẫu", unit="xa-suoi-mau-2010",
        time_zone="Asia/Ho_Chi_Minh", topology="closed", intake="Văn phòng Mặt trận xã, sáng thứ Hai đến thứ Sáu",
        clearance_contents=["nd4"],
    )  # fmt: skip
    w.put(
        "lists", "lists",
        levels=[
            {"id": "tinh", "name": "tỉnh", "group": "dia-ban", "rank": 1},
            {"id": "huyen", "name": "huyện", "group": "dia-ban", "rank": 2},
            {"id": "xa", "name": "xã", "group": "dia-ban", "rank": 3},
            {"id": "truong", "name": "trường", "group": "truong-hoc"},
            {"id": "kieu-bao", "name": "cộng đồng", "group": "kieu-bao"},
        ],
        strata=[{"id": "nong-dan", "name": "Nông dân"}, {"id": "giao-vien", "name": "Giáo viên"}],
        awards=[
            {"id": "bieu-duong", "name": "Biểu dương", "issuer_levels": ["xa", "huyen"]},
            {"id": "giay-khen", "name": "Giấy khen", "issuer_levels": ["huyen"]},
        ],
        titles=[{"id": "tieu-bieu", "name": "Người Việt đoàn kết sáng tạo"}],
        outreach_forms=[{"id": "toa-dam", "name": "Tọa đàm, trao đổi"}, {"id": "loa", "name": "Loa truyền thanh"}],
        audiences=[{"id": "can-bo", "name": "Cán bộ"}, {"id": "nhan-dan", "name": "Bà con ở khu dân cư"}],
        report_calendar=[
            {"kind": "sau-thang", "from_levels": ["xa"], "due": "06-15", "from": "2018-01-01"},
            {"kind": "nam", "from_levels": ["xa", "truong"], "due": "01-10", "next_year": True, "from": "2018-01-01"},
        ],
        code_deny=["ZZZ"],
        office_contacts=[],
    )  # fmt: skip
    contents = (
        ("nd1", "Cơ quan, chính quyền, Mặt trận"),
        ("nd2", "Sản xuất, kinh doanh, hộ gia đình"),
        ("nd3", "Trường học, trạm y tế, nghiên cứu"),
        ("nd4", "Lực lượng vũ trang"),
        ("nd5", "Người Việt Nam ở nước ngoài"),
    )
    for order, (key, name) in enumerate(contents, 1):
        w.put(
            "content",
            key,
            order=order,
            name=name,
            summary=f"{name}: cùng nghĩ cách làm tốt hơn.",
            valid_from="2017-08-18",
        )
    for order, (key, name) in enumerate(
        (("nong-nghiep", "Nông nghiệp"), ("giao-duc", "Giáo dục"), ("doi-song", "Đời sống")), 1
    ):
        w.put("field", key, order=order, name=name)
    w.put("unit", "tinh-mau-1991", level="tinh", name="Mẫu", valid_from="1991-12-26")
    w.put("unit", "huyen-mau-2003", level="huyen", name="Mẫu", valid_from="2003-08-21", valid_to="2025-06-30",
          parents=[{"unit": "tinh-mau-1991", "from": "2003-08-21"}])  # fmt: skip
    w.put("unit", "xa-suoi-mau-2003", level="xa", name="Suối Mẫu", valid_from="2003-08-21", valid_to="2009-12-31",
          parents=[{"unit": "huyen-mau-2003", "from": "2003-08-21", "to": "2009-12-31"}])  # fmt: skip
    w.put("unit", "xa-suoi-mau-2010", level="xa", name="Suối Mẫu", valid_from="2010-01-01", valid_to="2025-06-30",
          parents=[{"unit": "huyen-mau-2003", "from": "2010-01-01", "to": "2025-06-30"}],
          predecessors=["xa-suoi-mau-2003"], legal_basis="luat-mau")  # fmt: skip
    w.put("unit", "xa-dat-do-2025", level="xa", name="Đất Đỏ", valid_from="2025-07-01",
          parents=[{"unit": "tinh-mau-1991", "from": "2025-07-01"}],
          predecessors=["xa-suoi-mau-2010", "huyen-mau-2003"])  # fmt: skip
    w.put("unit", "truong-hoa-mai-2012", level="truong", name="Trường Tiểu học Hoa Mai", valid_from="2012-09-05",
          parents=[{"unit": "xa-suoi-mau-2010", "from": "2012-09-05", "to": "2025-06-30"}])  # fmt: skip
    w.put(
        "legal_basis", "luat-mau", kind="Kế hoạch", number="05/KH-MT", title="Tổ chức phong trào thi đua",
        issuer="Ủy ban MTTQ Việt Nam xã", issued_on="2019-01-10", effective_from="2019-01-10", confirmed=False,
    )  # fmt: skip
    w.put(
        "rubric", RUBRIC, name="Bộ tiêu chí 2019",
        criteria=[
            {"id": "tinh-moi", "label": "Tính mới", "max_score": 60, "pass_score": 30},
            {"id": "tinh-kinh-te", "label": "Tính kinh tế", "max_score": 40, "pass_score": 20},
        ],
        quorum="2/3", min_ballots=2, pass_total=60, majority="1/2",
        ratings=[{"id": "xuat-sac", "label": "Xuất sắc", "min_total": 85}, {"id": "dat", "label": "Đạt", "min_total": 60}],
    )  # fmt: skip
    w.put(
        "council", COUNCIL, name="Hội đồng sáng kiến xã Suối Mẫu", unit="xa-suoi-mau-2010",
        seats=[
            {"seat": f"ghe-{n}", "role": role, "voting": True, "terms": [{"from": "2019-01-01", "github_id": 770000 + n}]}
            for n, role in ((1, "chu-tich"), (2, "thu-ky"), (3, "uy-vien"))
        ],
    )  # fmt: skip
    w.put(
        "round", ROUND, name="Đợt 1 năm 2019", unit="xa-suoi-mau-2010", rubric=RUBRIC, council=COUNCIL,
        opens_on="2019-01-02", closes_on="2019-05-31", ballots="open", publish="on-decision", **mark,
    )  # fmt: skip
    w.person("p-0a1b2c3d", "Nguyễn Mẫu An", stratum="nong-dan", occupation="trồng tiêu", **mark)
    w.person("p-4e5f6g7h", "Trần Thị Mẫu Em", stratum="giao-vien", display="initials", **mark)
    w.person("p-2c2c2c2c", "Tổ hợp tác Vườn Xanh", kind="tap-the", consents=[], **mark)
    w.person("p-9d9d9d9d", "Lê Văn Giấu", display="hidden", consents=[], **mark)
    w.idea(
        DRIP, "Tưới nhỏ giọt cho tiêu bằng chai nhựa cũ",
        authors=[{"person": "p-0a1b2c3d", "share": 60}, {"person": "p-4e5f6g7h", "share": 30}, {"person": "p-9d9d9d9d", "share": 10}],
        summary="Treo ngược chai nhựa cũ đục lỗ bên gốc tiêu để nước thấm từ từ. Mùa khô tưới một lần đủ ba ngày, không phải kéo ống giữa trưa.",
        before="Mùa khô mỗi sáng kéo ống tưới tràn từng gốc, hết gần hai tiếng. Nước chảy ra ngoài rãnh, gốc vẫn khô.\n\nNhà xa giếng phải mua nước từng xe.",
        after="Chiều đổ đầy chai một lượt là xong. Đất quanh gốc ẩm đều, rễ tơ không bị xối trơ ra.",
        how_to="1. Rửa sạch chai 1,5 lít, đục ba lỗ nhỏ bằng đầu đinh ở nắp chai.\n2. Cắt đáy chai, buộc ngược vào cọc, miệng chai cách gốc một gang tay.\n3. Lót một miếng vải mùng trong nắp để khỏi nghẹt.\n4. Đổ đầy nước vào buổi chiều, ba ngày một lần.\nLưu ý: không đục lỗ to, nước xuống nhanh thì như tưới tràn.\nLưu ý: thay miếng vải khi thấy nước xuống chậm.",
        figures={"label": "nước tưới mỗi gốc một ngày", "unit": "lít", "before": "20", "after": "7.5"},
        **mark,
    )  # fmt: skip
    w.idea(
        SOAP, "Làm xà phòng từ dầu ăn đã dùng", kind="cach-lam-moi", field="doi-song",
        authors=[{"person": "p-2c2c2c2c", "share": 100}], cost={"amount": 0}, builds_on=[DRIP],
        images=[
            {"file": "truoc.jpg", "alt": "Can dầu ăn cũ để ở góc bếp", "shows": "truoc"},
            {"file": "sau.jpg", "alt": "Những bánh xà phòng xếp trên kệ tre", "shows": "sau"},
        ],
        **mark,
    )  # fmt: skip
    w.idea(
        READ, "Mỗi lớp một góc đọc do học sinh tự quản", kind="y-tuong-moi", content="nd3", field="giao-duc",
        unit="truong-hoa-mai-2012", applied=False, authors=[{"person": "p-4e5f6g7h", "share": 100}], **mark,
    )  # fmt: skip
    for name, colour in (("truoc", "#8a9a80"), ("sau", "#e0c9a6")):
        w.files[f"{idea_code.folder(SOAP)}/images/{name}.jpg"] = picture("SECRET-GPS-OF-A-HOUSE", colour)
    for code_ in (DRIP, SOAP, READ):
        w.recognise(code_, "qd-1")
    w.inside(
        DRIP, "applications/1", number=1, unit="truong-hoa-mai-2012", since="2019-02-01", place="vườn rau của lớp 4A",
        applied_by="Tổ chăm vườn", result="Vườn rau xanh suốt mùa khô, học trò thay nhau đổ nước.", confirmed_on="2019-05-01",
        measures=[
            {"label": "nước tưới mỗi luống", "unit": "lít", "before": "40", "after": "12.5"},
            {"label": "công tưới mỗi tuần", "unit": "giờ công", "after": "2"},
        ],
        confirmation={"by_unit": "truong-hoa-mai-2012", "number": "07/XN Hoa Mai", "kept_at": "Tủ hồ sơ số 3"},
        follow_ups=[
            {"date": "2019-08-05", "still": "con-lam"},
            {"date": "2020-02-10", "still": "lam-rong-hon", "result": "Thêm hai vườn của lớp khác.",
             "measures": [{"label": "số vườn đang tưới", "unit": "vườn rau", "before": "1", "after": "3"}]},
        ],
    )  # fmt: skip
    w.inside(DRIP, "applications/2", number=2, unit="xa-dat-do-2025", since="2025-07-01", learned_from=1,
             changes="Dùng can năm lít thay chai.", result="Mười hai gốc tiêu đủ ẩm.",
             follow_ups=[{"date": "2026-02-02", "still": "da-thoi", "result": "Đã có hệ thống tưới mới."}])  # fmt: skip
    w.inside(DRIP, "corrections/1", number=1, date="2019-08-01", by="nguoi-de-xuat", text="Nên thay nắp chai mỗi mùa.")
    w.commend("bd-1", "p-0a1b2c3d", "qd-2", codes=[DRIP])
    w.put("club", "clb-nghi-cung-nhau", name="Câu lạc bộ Nghĩ Cùng Nhau", unit="xa-suoi-mau-2010", founded_on="2019-01-15",
          members=1200, meets="tối thứ Bảy tuần đầu tháng, nhà văn hóa", summary="Gặp nhau, kể chuyện vườn, cùng thử.", codes=[DRIP],
          counts=[{"date": "2020-01-15", "members": 1250}], closed_on="2025-06-30",
          activities=[{"date": "2019-02-02", "what": "Đi xem vườn tưới nhỏ giọt", "attendance": 31}])  # fmt: skip
    w.put("model", "mh-ap-tuoi", name="Ấp tưới tiết kiệm", unit="xa-suoi-mau-2010", since="2019-02-01", households=38,
          summary="Cả ấp cùng tưới nhỏ giọt.\n- Nhà có giếng cho mượn nước.\n- Nhà có chai góp chai.", codes=[DRIP],
          spread=[{"unit": "xa-dat-do-2025", "since": "2025-09-01", "households": 12}], ended_on="2026-03-01")  # fmt: skip
    w.put("nomination", "dn-1", title="tieu-bieu", code=DRIP, from_unit="xa-suoi-mau-2010", to_unit="huyen-mau-2003",
          sent_on="2019-08-01", status="cong-nhan", answered_on="2019-11-02")  # fmt: skip
    w.commend("bd-2", "p-2c2c2c2c", "qd-khen-2", reason="Gom dầu cũ của cả xóm.", codes=[SOAP])
    w.decide("qd-dinh-chinh", "dinh-chinh", amends="qd-2", commendations=["bd-1"], date="2019-09-10",
             reason="Ghi thiếu một chữ trong tên ý.")  # fmt: skip
    w.decide("qd-thu-hoi", "thu-hoi", amends="qd-khen-2", commendations=["bd-2"], date="2020-03-02",
             reason="Đã biểu dương một lần trước đó.")  # fmt: skip
    w.put("referral", "dx-1", code=DRIP, from_unit="xa-suoi-mau-2010", to_unit="tinh-mau-1991", to_body="Hội đồng Khoa học và Công nghệ tỉnh Mẫu",
          topic="Tưới bằng vật liệu cũ", reason="Nhiều nơi hỏi.", sent_on="2019-09-01", status="co-trien-vong",
          answered_on="2020-01-06", answer="Công văn số 12")  # fmt: skip
    w.put("problem", "bt-1", unit="xa-suoi-mau-2010", posted_on="2020-02-01", title="Dốc trơn mùa mưa", field="doi-song", content="nd2",
          need="Con dốc vào xóm trơn trượt.\n\nĐã rải sỏi mà mưa là trôi.", conditions="Không có tiền đổ bê tông.", until="2030-05-01",
          status="dang-cho", **mark)  # fmt: skip
    w.put("problem", "bt-2", unit="xa-suoi-mau-2010", posted_on="2019-01-05", title="Vườn khô giữa mùa nắng", need="Giếng cạn từ tháng ba.",
          status="da-giai", closed_on="2019-08-01", codes=[DRIP], thanks="Cảm ơn bà con đã chỉ cách.", **mark)  # fmt: skip
    _live(w, mark)
    return w


def world_until(day: str) -> World:
    """Make the small world without the decisions signed after a day."""
    world = small_world()
    late = [path for path, record in world.records.items() if "/decisions/" in path and record["date"] > day]
    for path in late:
        del world.records[path]
    return world


def _live(w: World, mark: Record) -> None:
    """Put something of everything the movement does around its ideas."""
    idea = w.records[f"{idea_code.folder(DRIP)}/idea.yml"]
    idea["movements"] = ["lam-an-gioi"]
    w.put("member_org", "hoi-nong-dan", name="Hội Nông dân xã", short_name="Hội Nông dân", valid_from="2003-01-01",
          movements=[{"id": "lam-an-gioi", "name": "Làm ăn giỏi", "summary": "Cách hay trên đồng được kể lại."},
                     {"id": "duong-sach", "name": "Đường sạch"}])  # fmt: skip
    w.put("emulation_round", "dt-2019", name="Mỗi nhà một cách hay", unit="xa-suoi-mau-2010", theme="Kể ra một cách hay.",
          opens_on="2019-01-10", closes_on="2019-12-20", opening={"number": "02/KH-MT", "date": "2019-01-08"},
          rounds=[ROUND], partners=["hoi-nong-dan"],
          reviews=[{"kind": "tong-ket", "date": "2019-12-27", "results": "Nơi nào cũng có ý.", "lessons": "- Hẹn ngày thì giữ ngày.",
                    "document": {"number": "19/BC-MT"}}, {"kind": "so-ket", "date": "2019-07-10"}], **mark)  # fmt: skip
    w.put("ceremony", "le-2019", name="Gặp mặt biểu dương", unit="xa-suoi-mau-2010", date="2019-08-05", starts="08:00",
          place="Nhà văn hóa", partners=["hoi-nong-dan"], rounds=[ROUND], decisions=["qd-1", "qd-2"],
          programme=[{"at": "08:30", "what": "Đọc quyết định"}, {"what": "Bà con hỏi nhau"}], attendance=1160,
          links=["https://bao.example/le"], **mark)  # fmt: skip
    w.put("outreach", "tt-2019-1", unit="xa-suoi-mau-2010", date="2019-03-08", form="toa-dam", title="Trò chuyện đầu xuân",
          audiences=["can-bo", "nhan-dan"], reach=1120, partners=["hoi-nong-dan"], codes=[DRIP],
          links=["https://www.bao.example/bai"], summary="Mỗi người kể một việc.", **mark)  # fmt: skip
    w.put("outreach", "tt-2018-1", unit="xa-suoi-mau-2010", date="2018-12-01", form="loa", title="Loa xóm",
          audiences=["nhan-dan"], **mark)  # fmt: skip
    w.person("p-3b3b3b3b", "Xưởng Mẫu Góp Sức", kind="tap-the",
             consents=[{"form": "dong-y-2019-1", "scope": ["full", "sponsor"], "date": "2019-02-01", "how": "giay"}], **mark)  # fmt: skip
    w.put("sponsorship", "gop-1", unit="xa-suoi-mau-2010", date="2019-02-01", donor="p-3b3b3b3b", amount=5000000,
          purpose="Quà cho người có ý hay", thanks=True, uses=[{"date": "2019-08-05", "what": "Quà tại lễ", "amount": 4200000}], **mark)  # fmt: skip
    w.put("sponsorship", "gop-2", unit="xa-suoi-mau-2010", date="2019-04-01", donor="p-9d9d9d9d", in_kind="Sách",
          purpose="Cho câu lạc bộ", thanks=True, **mark)  # fmt: skip
    w.put("plan", "kh-2019", unit="xa-suoi-mau-2010", year=2019, title="Kế hoạch phong trào năm 2019", number="05/KH-MT",
          issued_on="2019-01-10", legal_bases=["luat-mau"],
          local_contents=[{"content": "nd2", "items": ["Tưới ít nước, bớt phân"], "movements": ["lam-an-gioi", "duong-sach"]}],
          tasks=[{"what": "Đi từng xóm nghe kể", "owner": "Mặt trận xã", "due": "2019-04-30", "partners": ["hoi-nong-dan"],
                  "status": "xong", "done_on": "2019-04-24", "note": "Nghe được ba mươi chuyện"},
                 {"what": "Phát loa", "owner": "Tổ truyền thanh"}],
          calendar=[{"what": "Báo cáo sáu tháng", "due": "2019-06-12", "from_level": "xa", "to_level": "huyen", "period": "2019-H1"}], **mark)  # fmt: skip
    w.put("plan", "kh-2019-pho-bien", unit="xa-suoi-mau-2010", year=2019, purpose="pho-bien", title="Nhân rộng cách tưới",
          legal_bases=[], tasks=[{"what": "Chỉ tận vườn", "owner": "Câu lạc bộ", "code": DRIP, "unit": "truong-hoa-mai-2012"}], **mark)  # fmt: skip
    w.put("invitation", "moi-2019", from_unit="huyen-mau-2003", sent_on="2019-07-20", codes=[DRIP], document={"number": "06/MT"},
          to=[{"unit": "truong-hoa-mai-2012", "answer": "nhan-lam"}, {"unit": "xa-suoi-mau-2010", "answer": "khong-lam"}], **mark)  # fmt: skip
    w.put("policy_comment", "gy-2019", unit="xa-suoi-mau-2010", kind="gop-y", date="2019-05-06", subject="Dự thảo hỗ trợ tưới tiết kiệm",
          to_body="Ủy ban nhân dân huyện", document={"number": "11/MT", "date": "2019-05-05"}, partners=["hoi-nong-dan"],
          summary="Nên cho mượn dây tưới.", answer={"date": "2019-06-01", "text": "Đã tiếp thu"}, **mark)  # fmt: skip
    w.put("session", "phien-2019", council=COUNCIL, date="2019-06-10", starts="13:30", ends="16:00", place="UBND",
          present=["ghe-1", "ghe-2"], agenda=[DRIP], chair="ghe-1", secretary="ghe-2", **mark)  # fmt: skip
