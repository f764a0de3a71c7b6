"""What `hub` says in the terminal."""

from collections.abc import Sequence

from sangkien.domain.finding import Finding
from sangkien.render import vietnamese as vi
from sangkien.render.messages import message, say
from sangkien.render.telling import SAMPLES

NOTHING = "Không có sổ nào dùng được nên trang cũ được giữ nguyên."


def built(pages: int, places: int, ideas: int, out: str, *, samples: bool) -> str:
    """Say that a hub was written."""
    done = (
        f"Đã dựng {vi.whole(pages)} trang gom {vi.whole(ideas)} ý được ghi nhận của {vi.whole(places)} nơi, vào {out}."
    )
    return f"{done}\n{SAMPLES}" if samples else done


def left_out(findings: Sequence[Finding]) -> str:
    """List what could not be used, file by file, each with how to mend it and an example; empty when all could."""
    if not findings:
        return ""
    lines = [f"Có {len(findings)} chỗ cần bổ sung; phần còn lại vẫn được đăng:"]
    file = ""
    for finding in findings:
        if finding.where.file != file:
            file = finding.where.file
            lines.append(f"- {file}")
        words = message(finding)
        pointer = f" [{finding.where.pointer}]" if finding.where.path else ""
        lines.append(f"    {say(finding.severity)} {finding.code.value}{pointer}: {words.sentence}")
        lines.append(f"    {say('cure')}: {words.cure}")
        lines.append(f"    {say('example')}: {words.example}")
    return "\n".join(lines)
