"""The list, on the page about the movement, of what there is to read of its life; what is empty is not in it."""

from collections.abc import Iterator

from sangkien.domain import address
from sangkien.render import ical
from sangkien.render import vietnamese as vi
from sangkien.render.page import write
from sangkien.render.wording import Wording


def parts(wording: Wording, site_url: str) -> dict[str, str]:
    """Write the parts of written pages that tell of the movement's life, by the name of their marks."""
    return {
        "movement-life": write("movement_index.html.j2", entries=list(_entries(wording))),
        "calendar": ical.listed(wording, site_url),
    }


def _entries(wording: Wording) -> Iterator[tuple[str, str, str]]:
    life = wording.register.life
    counted = (
        (address.EMULATION, "Đợt thi đua", len(life.emulation_rounds), "đợt, từ phát động tới tổng kết"),
        (address.PLANS, "Kế hoạch", len(life.plans), "kế hoạch, việc nào xong, việc nào còn"),
        (address.CEREMONIES, "Lễ biểu dương", len(life.ceremonies), "buổi lễ, chương trình và người được biểu dương"),
        (address.INVITED, "Mời đem ý hay ra dùng", len(life.invitations), "lời mời gửi tới các nơi"),
        (address.MEMBER_ORGS, "Tổ chức thành viên", len(life.member_orgs), "tổ chức và các phong trào gắn kết"),
        (address.OUTREACH, "Tuyên truyền", len(life.outreach), "lần kể cho bà con nghe"),
        (address.SUPPORT, "Nguồn lực góp sức", sum(one.gifts for one in life.support), "lần góp, chỉ nói tổng số"),
        (address.COMMENTS, "Giám sát, góp ý, tham mưu", len(life.comments), "lần lên tiếng vì chính sách hợp lòng dân"),
    )
    for to, title, number, said in counted:
        if number:
            yield to, title, f"{vi.whole(number)} {said}"
