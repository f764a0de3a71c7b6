"""What kind of machine this is, as far as it bears on a time; never its name."""

import os
import platform
import re
from pathlib import Path


def machine(*, memory_files: bool) -> dict[str, str | int]:
    """Describe the machine: cores, memory, processor, where files are written, Python."""
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        "memory_gib": round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30),
        "processor": _processor(),
        "system": f"{platform.system()} {platform.machine()}",
        "files": "tmpfs" if memory_files else "disk",
        "python": platform.python_version(),
    }


def class_of(told: dict[str, str | int]) -> str:
    """Name the class of a machine, for a file's name."""
    system = re.sub(r"[^a-z0-9]+", "-", str(told["system"]).lower())
    return f"{told['cores']}-cores-{told['memory_gib']}-gib-{system}-{told['files']}"


def _processor() -> str:
    about = Path("/proc/cpuinfo")
    if about.is_file():
        for line in about.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return platform.processor() or platform.machine()
