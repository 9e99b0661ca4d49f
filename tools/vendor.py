"""Vendor built front-end files: pack each listed npm package, copy the files we serve, note their origin.

Run ``python tools/vendor.py`` after changing ``BUNDLES``; it needs npm and a network, the product needs
neither. Beside the files a VENDOR.json records package, version, licence and SHA-256, so that a reviewer can
see that nothing was edited. ``python tools/vendor.py --check`` compares without any network.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOTE = "VENDOR.json"


@dataclass(frozen=True, slots=True)
class Bundle:
    """One package: which of its files go where. Several bundles may share a target directory."""

    package: str
    version: str
    target: str
    files: tuple[tuple[str, str], ...]


BUNDLES = (
    Bundle(
        "weui",
        "2.6.26",
        "simulator/page/vendor",
        (("dist/style/weui.min.css", "weui.min.css"),),
    ),
    Bundle(
        "@picocss/pico",
        "2.1.1",
        "web/static/vendor",
        (("css/pico.min.css", "pico.min.css"), ("LICENSE.md", "pico.LICENSE.txt")),
    ),
    Bundle(
        "htmx.org",
        "2.0.11",
        "web/static/vendor",
        (("dist/htmx.min.js", "htmx.min.js"), ("LICENSE", "htmx.LICENSE.txt")),
    ),
)


def main() -> int:
    """Vendor everything, or with --check verify what is there; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare files with VENDOR.json")
    if parser.parse_args().check:
        return report(changed_files())
    notes: dict[str, dict[str, object]] = {}
    for bundle in BUNDLES:
        notes.setdefault(bundle.target, {})[bundle.package] = vendor(bundle)
    for target, packages in notes.items():
        write_note(ROOT / target / NOTE, packages)
    return report(changed_files())


def vendor(bundle: Bundle) -> dict[str, object]:
    """Copy the files of one bundle and return its entry for the note."""
    target = ROOT / bundle.target
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, tarfile.open(packed(bundle, Path(scratch))) as archive:
        about = json.loads(member(archive, "package.json"))
        hashes: dict[str, str] = {}
        for source, name in bundle.files:
            data = member(archive, source)
            (target / name).write_bytes(data)
            hashes[name] = hashlib.sha256(data).hexdigest()
    return {"version": about["version"], "licence": about["license"], "sha256": hashes}


def packed(bundle: Bundle, scratch: Path) -> Path:
    """Let npm pack the package and return the archive's path."""
    command = [
        "npm",
        "pack",
        "--silent",
        "--pack-destination",
        str(scratch),
        f"{bundle.package}@{bundle.version}",
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=scratch)
    return next(scratch.glob("*.tgz"))


def member(archive: tarfile.TarFile, name: str) -> bytes:
    """Return one file of an npm archive, whose names all start with ``package/``."""
    found = archive.extractfile(f"package/{name}")
    if found is None:
        raise FileNotFoundError(name)
    return found.read()


def write_note(path: Path, packages: dict[str, object]) -> None:
    """Write the note in a stable order."""
    path.write_text(json.dumps(packages, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def changed_files() -> Iterator[str]:
    """Yield each vendored file that is missing or differs from its note."""
    for target in sorted({bundle.target for bundle in BUNDLES}):
        note = json.loads((ROOT / target / NOTE).read_text(encoding="utf-8"))
        for package in note.values():
            for name, expected in package["sha256"].items():
                path = ROOT / target / name
                if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != expected:
                    yield f"{target}/{name}"


def report(changed: Iterator[str]) -> int:
    """Print what differs and return 1 if anything does."""
    names = list(changed)
    for name in names:
        print(f"{name}: differs from {NOTE}")
    return 1 if names else 0


if __name__ == "__main__":
    sys.exit(main())
