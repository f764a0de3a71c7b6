"""What `publish` and `demo` say in the terminal."""

from collections.abc import Sequence
from itertools import groupby
from typing import Protocol

from sangkien.domain.finding import Finding
from sangkien.render import vietnamese as vi
from sangkien.render.messages import message, say


class Built(Protocol):
    """What is told of a site that was built."""

    @property
    def pages(self) -> int: ...
    @property
    def ideas(self) -> int: ...
    @property
    def samples(self) -> bool: ...


NO_OUT = "Xin cho biết nơi ghi trang: --out THƯ_MỤC, --tar TỆP, --to NƠI_HIỆN, một hay nhiều nơi."
SITE_COMMIT = "Trang ghi nhận"
SHOWN = "Trang mới đã tới nơi hiện, thay trang cũ; ở đó không có gì ngoài trang này."
SHOWN_ALREADY = "Trang không có gì khác lần trước, nên không gửi gì đi."
LINGERS = (
    "Trang cũ không còn ở nhánh nào, nhưng máy chủ nơi ấy có thể còn giữ một thời gian. Lần này có gỡ tên người hay "
    "rút ý thì xin làm tiếp như trang hướng dẫn Bàn kín, mục “Gỡ hẳn điều đã công bố”."
)
UNSAFE_OUT = "Thư mục {path} đang chứa tệp khác, không phải một trang đã dựng. Xin chọn thư mục mới hoặc thư mục trống."
EXPORTED = "Đã ghi {count} tệp dữ liệu mở vào {path}."
WAITING = "Một lượt dựng khác đang chạy trong kho này. Xin chờ lượt ấy xong."
STOPPED = "Đã dừng. Trang đã dựng trước đó vẫn còn nguyên."
DEMO_READING = "1/3  Đọc hồ sơ trong {root}."
DEMO_STAMPED = "3/3  Đã dựng đủ: {pages} trang, {ideas} ý được ghi nhận, {seconds} giây."
DEMO_OPEN = (
    "2/3  Mở trang tại {address}\n"
    "     Sửa tệp trong ideas/ hay content/, lưu lại, rồi tải lại trang là thấy. Dừng: Ctrl+C."
)
DEMO_AGAIN = "Thấy thay đổi ở {what}: đã dựng lại trong {seconds} giây."
DEMO_BYE = "Đã dừng. Hẹn gặp lại."
SAMPLES = "Trang đang có hồ sơ mẫu nên có dải báo trên đầu và không cho máy tìm kiếm ghi lại."


def published(pages: int, ideas: int, out: list[str], *, samples: bool) -> str:
    """Say that a site was written."""
    done = f"Đã dựng {vi.whole(pages)} trang, {vi.whole(ideas)} ý được ghi nhận, vào {vi.listed(out)}."
    return f"{done}\n{SAMPLES}" if samples else done


def demo_built(outcome: Built, seconds: float) -> str:
    """Say that the site is there with everything."""
    done = DEMO_STAMPED.format(pages=outcome.pages, ideas=outcome.ideas, seconds=took(seconds))
    return f"{done}\n{SAMPLES}" if outcome.samples else done


def withheld(findings: Sequence[Finding], paths: Sequence[str]) -> str:
    """List the records that were kept back, each with what is to be mended; empty when there are none."""
    if not paths:
        return ""
    lines = [f"Tạm giữ lại {len(paths)} hồ sơ, phần còn lại vẫn được đăng:"]
    by_file = sorted((f for f in findings if f.severity == "error"), key=lambda f: f.where.file)
    told = {file: list(group) for file, group in groupby(by_file, key=lambda f: f.where.file)}
    for path in sorted({*paths, *told}):
        lines.append(f"- {path}")
        for finding in told.get(path, ()):
            words = message(finding)
            lines.append(f"    {say('error')} {finding.code.value}: {words.sentence} {words.cure}")
        if path not in told:
            lines.append("    Giữ lại cùng một hồ sơ mà nó dựa vào.")
    return "\n".join(lines)


def changed(paths: Sequence[str], seconds: float) -> str:
    """Say that the site was made anew after a change."""
    what = paths[0] if len(paths) == 1 else f"{paths[0]} và {len(paths) - 1} tệp khác"
    return DEMO_AGAIN.format(what=what, seconds=took(seconds))


def stage(name: str, done: int, jobs: int) -> str:
    """Say what is being done, and how far it has come."""
    share = f" {done * 100 // jobs}%" if jobs > 1 else ""
    return f"{_STAGES[name]}{share} …"


_STAGES = {
    "records": "Đọc hồ sơ",
    "registers": "Đọc các sổ",
    "frame": "Dựng khung trang và các bài viết",
    "register": "Lập sổ ghi nhận",
    "pages": "Viết các trang",
    "data": "Viết dữ liệu mở và phần tìm kiếm",
    "prints": "In ảnh và áp phích",
    "finish": "Đưa trang vào chỗ",
}


def took(seconds: float) -> str:
    """Write a time in seconds."""
    return f"{seconds:.1f}".replace(".", ",")
