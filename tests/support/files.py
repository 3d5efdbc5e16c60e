"""Files of a test: written, read and listed."""

from pathlib import Path


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
    return path


def read(path: Path) -> str:
    return path.read_bytes().decode()


def files(folder: Path) -> list[str]:
    """All files of a folder, hidden ones too, but for what --resume goes by."""
    found = [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()]
    return sorted(name for name in found if not name.endswith(".cleanmedia.jsonl"))
