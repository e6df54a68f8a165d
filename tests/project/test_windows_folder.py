"""The folder for Windows, made of a stand-in for the embeddable package of CPython."""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import shutil
import struct
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

from itareport.terminal import arguments

REPO = Path(__file__).resolve().parents[2]
TOP = "itareport/"
BATS = ("START.bat", "CHECK.bat")
TWINS = {"START.bat": "เปิดโปรแกรม.bat", "CHECK.bat": "ตรวจความพร้อม.bat"}
MISORDERED = "ก่ิ นำ้ ข้ึน"
ORDERED = "กิ่ น้ำ ขึ้น"
AMD64, I386, ARM64 = 0x8664, 0x14C, 0xAA64


def program(machine: int = AMD64) -> bytes:
    """Return the beginning of a program for Windows."""
    head = b"MZ" + b"\0" * 58 + struct.pack("<I", 64)
    return head + b"PE\0\0" + struct.pack("<H", machine) + b"\0" * 20


def embeddable(path: Path, **changes: bytes | None) -> str:
    """Write a zip laid out as CPython's for embedding; return its SHA-256."""
    programs = ("python.exe", "vcruntime140.dll", "python3.dll", "python311.dll", "_ctypes.pyd")
    files: dict[str, bytes | None] = dict.fromkeys(programs, program())
    files |= {"LICENSE.txt": b"PSF", "python311.zip": b"PK", "python311._pth": b"python311.zip\r\n"}
    files |= {name.replace("__", "."): data for name, data in changes.items()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            if data is not None:
                archive.writestr(zipfile.ZipInfo(name), data)
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the source tree that is set up, so that nothing is written into ours."""
    place = tmp_path_factory.mktemp("tree")
    listing = ["git", "-c", "core.quotePath=off", "ls-files", "-co", "--exclude-standard", "-z"]
    names = subprocess.run(listing, cwd=REPO, check=True, capture_output=True, text=True).stdout
    for name in filter(None, names.split("\0")):
        if not name.startswith("tests/") and (REPO / name).is_file():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(REPO / name, place / name)
    (place / "scripts" / "setup").write_text("#!/bin/sh\n", encoding="utf-8")
    python = place / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    return place


def pack(tree: Path, *words: object, **env: str) -> subprocess.CompletedProcess[str]:
    command = [str(tree / "scripts" / "windows-folder"), *map(str, words)]
    return subprocess.run(
        command, env=os.environ | env, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def packed(tree: Path) -> tuple[Path, str]:
    """Return the zip and what the script said; where no registry is reached, this fails."""
    sha256 = embeddable(tree / "python.zip")
    ran = pack(tree, tree / "python.zip", "--sha256", sha256)
    assert ran.returncode == 0, ran.stderr
    return tree / "dist" / "itareport-windows.zip", ran.stdout


@pytest.fixture(scope="module")
def files(packed: tuple[Path, str]) -> dict[str, bytes]:
    """Return the files of the folder by their names in it."""
    with zipfile.ZipFile(packed[0]) as archive:
        assert [n for n in archive.namelist() if not n.startswith(TOP)] == []
        return {name.removeprefix(TOP): archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def folder(packed: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder, unzipped at a place with a blank and Thai letters in its name."""
    place = tmp_path_factory.mktemp("แฟลช ไดรฟ์")
    with zipfile.ZipFile(packed[0]) as archive:
        archive.extractall(place)
    return place / "itareport"


def wheels(tree: Path) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Yield the file name and the content of our wheel and of each that was fetched."""
    for file in (*tree.glob("dist/*.whl"), *tree.glob("build/windows/*/*.whl")):
        with zipfile.ZipFile(file) as archive:
            yield file.name, {n: archive.read(n) for n in archive.namelist() if n[-1] != "/"}


# -- acceptance 1: what is in it, and nothing else


def test_every_file_is_named_by_the_lock_or_by_the_repository(tree, files):
    lock = (REPO / "requirements.txt").read_text(encoding="utf-8")
    known: dict[str, bytes] = {}
    for name, held in wheels(tree):
        data = next(tree.glob(f"**/{name}")).read_bytes()
        assert name.startswith("itareport-") or hashlib.sha256(data).hexdigest() in lock
        known |= {f"lib/{inner}": content for inner, content in held.items()}
    with zipfile.ZipFile(tree / "python.zip") as archive:
        known |= {f"python/{n}": archive.read(n) for n in archive.namelist()}
    ours = {"parts.txt", "อ่านก่อน.txt", *BATS, *TWINS.values(), "python/python311._pth"}
    kept = {f"licences/{f.name}" for f in (REPO / "scripts/windows/licences").iterdir()}
    rest = {n: data for n, data in files.items() if n not in ours | kept}
    assert {n for n, data in rest.items() if known.get(n) != data} == set()
    assert set(files) >= ours | kept


def test_all_programs_and_libraries_are_for_win_amd64(files):
    binaries = {n: d for n, d in files.items() if re.search(r"\.(pyd|dll|exe|so|dylib)(\.|$)", n)}
    assert len(binaries) > 20
    others = [
        n
        for n, d in binaries.items()
        if d[struct.unpack_from("<I", d, 60)[0] + 4 :][:2] != b"\x64\x86"
    ]
    assert others == []
    assert {n.split("/")[1] for n in binaries if n.startswith("lib/")} >= {"lxml", "PIL"}


def imports(data: bytes) -> Iterator[str]:
    """Yield the libraries that a program of Windows asks for, at its start or later."""
    at = struct.unpack_from("<I", data, 60)[0]
    count, size = (struct.unpack_from("<H", data, at + offset)[0] for offset in (6, 20))
    sections = [
        struct.unpack_from("<III", data, at + 24 + size + 40 * n + 12)[:3] for n in range(count)
    ]

    def place(address: int) -> int:
        return next(address - a + raw for a, length, raw in sections if a <= address < a + length)

    for directory, width, offset in ((1, 20, 12), (13, 32, 4)):
        listed = struct.unpack_from("<I", data, at + 24 + 112 + 8 * directory)[0]
        row = place(listed) if listed else -1
        while listed and (name := struct.unpack_from("<I", data, row + offset)[0]):
            yield data[place(name) :].partition(b"\0")[0].decode("ascii").lower()
            row += width


def test_every_library_that_is_asked_for_is_in_the_folder_or_in_windows(files):
    """The runtime of C++ is in neither; a part that asks for it does not start there."""
    there = {Path(n).name.lower() for n in files}
    there |= {f"{name}.dll" for name in ("kernel32", "ntdll", "user32", "gdi32", "advapi32")}
    there |= {f"{name}.dll" for name in ("bcryptprimitives", "psapi", "ws2_32")}
    asked = {
        (name, library)
        for name, data in files.items()
        if name.startswith("lib/") and name.endswith((".pyd", ".dll"))
        for library in imports(data)
        if not library.startswith("api-ms-win-")
    }
    assert {library for _, library in asked} >= {"python311.dll", "vcruntime140.dll"}
    assert {(name, library) for name, library in asked if library not in there} == set()


def test_two_builds_are_the_same_bytes(tree, packed):
    other = tree / "dist" / "other.zip"
    sha256 = hashlib.sha256((tree / "python.zip").read_bytes()).hexdigest()
    # What was fetched is not fetched again: this one needs no registry.
    ran = pack(tree, tree / "python.zip", "--sha256", sha256, "--out", other, PIP_NO_INDEX="1")
    assert ran.returncode == 0, ran.stderr
    assert other.read_bytes() == packed[0].read_bytes()


def test_the_size_is_told_and_small(packed):
    file, said = packed
    size = file.stat().st_size / 1e6
    assert f"{size:.1f} MB" in said
    assert size < 36 - 11.5, "the embeddable package takes 11 to 11.5 MB of the 36"


def test_names_are_in_utf_8_and_short(packed):
    with zipfile.ZipFile(packed[0]) as archive:
        infos = archive.infolist()
    thai = [i for i in infos if not i.filename.isascii()]
    assert len(thai) == 3
    assert [i.filename for i in thai if not i.flag_bits & 0x800] == []
    assert {i.date_time for i in infos} == {(1980, 1, 1, 0, 0, 0)}
    assert max(len(i.filename) for i in infos) < 130, "Windows takes 259 with the folder around it"
    assert len({i.filename.lower() for i in infos}) == len(infos)


def test_build_tools_and_corpora_are_left_out_and_what_windows_needs_is_in(files):
    there = {PurePosixPath(n).parts[1] for n in files if n.startswith("lib/")}
    assert there & {"hatchling", "pathspec", "pluggy", "tomlkit", "trove_classifiers"} == set()
    assert {"comtypes", "tzdata", "itareport", "uvicorn", "click"} <= there
    data = {n for n in files if n.startswith("lib/pythainlp/") and not n.endswith((".py", ".md"))}
    assert data <= {"lib/pythainlp/corpus/stopwords_th.txt", "lib/pythainlp/py.typed"}
    own = {n.split("/")[3] for n in files if n.startswith("lib/itareport/_data/")}
    assert own >= {"catalogue", "fonts", "templates"}


def test_the_list_of_parts_has_sums_licences_and_reasons(tree, files):
    text = files["parts.txt"].decode().replace("\r\n", "\n")
    assert hashlib.sha256((tree / "python.zip").read_bytes()).hexdigest() in text
    parts = re.findall(r"^([\w-]+) [\d.]+ \((.+?)\)(;.*)?\n((?:  .*\n)+)", text, re.MULTILINE)
    assert len(parts) > 20
    for name, licence, reason, lines in parts:
        first, *texts = [line.strip() for line in lines.splitlines()]
        assert licence, name
        assert re.search(r"python\.zip|\.whl sha256 [0-9a-f]{64}", first), name
        assert texts, name
        assert [t for t in texts if not files[t].strip()] == []
        tops = {f.split("/")[1] for f in texts if f.startswith("lib/")}
        size = sum(
            len(d) for n, d in files.items() if n.split("/")[1:2] and n.split("/")[1] in tops
        )
        assert not reason or "MB: " in reason, (name, size)
    large = {name for name, _, reason, _ in parts if reason}
    assert {"pillow", "lxml", "pypdfium2", "itareport"} <= large


# -- the texts that cmd.exe and Python read there


@pytest.mark.parametrize("name", BATS)
def test_a_bat_is_what_cmd_reads_well(files, name):
    data = files[name]
    assert files[TWINS[name]] == data
    assert data.count(b"\n") == data.count(b"\r\n") > 10
    text = data.decode("utf-8")
    assert not text.startswith("\ufeff")
    before, found, after = text.partition("chcp 65001 >nul\r\n")
    assert found
    assert before.isascii()
    assert "goto" not in text, "cmd looks for labels by bytes, and loses its way in UTF-8"
    for line in after.splitlines():
        if not line.isascii():
            assert line.strip().startswith("echo "), "names of files and folders stay ASCII"
            assert not re.search(r"[&|<>^!]", line.replace("%STATUS%", ""))
    assert not re.search(r'(?<!==")%HERE%"', text), 'a path ends in \\"'
    assert re.findall(r"(?<![\"=])%(?:HERE|REPORTS)%", text) == [], "a path without quotes"
    assert "%~dp0" not in text.replace('set "HERE=%~dp0"', "")


def test_a_block_of_a_bat_ends_where_it_should(files):
    """A bracket in what a block prints would end the block."""
    for name in BATS:
        for block in re.findall(r" \(\r\n(.*?)\r\n\)\r\n", files[name].decode(), re.DOTALL):
            assert not re.search(r"[()]", block)


@pytest.mark.parametrize("name", BATS)
def test_a_bat_starts_a_command_that_there_is(files, name):
    line = re.search(r"-m itareport (.*)\r\n", files[name].decode())[1]
    words = shlex.split(line.partition(" >")[0].replace("\\", "/"))
    arguments.parser().parse_args(words)
    assert words[0] == {"START.bat": "serve", "CHECK.bat": "doctor"}[name]
    assert "-X utf8" in files[name].decode()


def test_the_start_closes_with_the_page_and_the_check_waits(files):
    start, check = (files[name].decode() for name in BATS)
    assert 'if "%STATUS%"=="0" exit /b 0' in start
    for text in (start, check):
        assert text.rstrip().splitlines()[-2:] == ["pause", "exit /b %STATUS%"]
        assert re.search(r'set "STATUS=%ERRORLEVEL%"\r\n', text)
        assert "echo" in text.partition("STATUS=")[2]


@pytest.mark.parametrize("name", BATS)
def test_what_was_not_unzipped_and_what_was_taken_away_are_told(files, name):
    """Explorer gives the .bat alone to a folder of its own; other programs give all of them."""
    text = files[name].decode()
    assert 'if not exist "%HERE%parts.txt" set "PACKED=1"' in text
    assert r'if not "%HERE:\AppData\Local\Temp\=%"=="%HERE%" set "PACKED=1"' in text
    packed, _, rest = text.partition("if defined PACKED (")[2].partition("\r\n)\r\n")
    assert "Extract All" in packed
    taken, _, rest = rest.partition("\r\n)\r\n")
    assert r'if not exist "%HERE%python\python.exe" (' in taken
    assert "antivirus" in taken
    for block in (packed, taken):
        assert block.endswith("pause\r\n  exit /b 1")
        assert re.search(r"(?m)^  echo   [ -~]+\r$", block), "a line without Thai letters"
    assert "python.exe" in rest


def test_the_result_of_the_check_is_read_in_notepad(files):
    """The black window of Windows 10 has no font with Thai letters."""
    lines = files["CHECK.bat"].decode().split("\r\n")
    (at,) = [n for n, line in enumerate(lines) if "-m itareport doctor" in line]
    assert lines[at].endswith('>"%SAID%" 2>&1')
    assert lines[at + 1 : at + 4] == [
        'set "STATUS=%ERRORLEVEL%"', 'type "%SAID%"', 'start "" notepad "%SAID%"'
    ]  # fmt: skip
    assert 'set "SAID=%HERE%check.txt"' in lines


@pytest.mark.parametrize("name", BATS)
def test_what_outlives_the_window_does_not_hold_the_folder(files, name):
    """Windows removes no folder that is the current one of Notepad or of the browser."""
    before, _, after = files[name].decode().partition('cd /d "%SystemRoot%"\r\n')
    assert "-m itareport" in after
    assert 'start ""' not in before
    assert after.count("python.exe") == after.count(r"%HERE%python\python.exe") == 1


def test_reports_lie_beside_the_folder_under_a_path_without_dots(files):
    """What Windows counts, and what the page shows, is the path as it is given."""
    for name in BATS:
        text = files[name].decode()
        assert r'for %%I in ("%HERE%..\ITA") do set "REPORTS=%%~fI"' in text
        assert text.count("..") == 1


def test_what_the_texts_tell_to_press_is_on_the_page(files):
    pages = REPO / "src" / "itareport" / "web" / "templates"
    shown = "".join(f.read_text(encoding="utf-8") for f in pages.rglob("*.html"))
    told = (REPO / "docs" / "windows.md").read_text(encoding="utf-8")
    for button, where in (
        ("ปิดโปรแกรม", told), ("ปิดโปรแกรม", files["อ่านก่อน.txt"].decode()), ("หลายหน่วยงาน", told),
        ("ดาวน์โหลด", told)
    ):  # fmt: skip
        assert f"“{button}”" in where
        assert button in shown


def test_python_looks_into_the_folder_only(folder):
    """The paths are taken from the place of the ._pth file, as CPython's getpath does."""
    path = folder / "python" / "python311._pth"
    lines = path.read_bytes().decode("ascii").split("\r\n")
    assert lines == ["python311.zip", ".", r"..\lib", ""]
    assert (path.parent / lines[0]).is_file()
    assert (path.parent / lines[2].replace("\\", "/") / "itareport" / "__main__.py").is_file()


def test_what_to_read_first_is_half_a_page_in_windows_lines(files):
    text = files["อ่านก่อน.txt"].decode("utf-8")
    assert text.count("\n") == text.count("\r\n") < 45
    for word in ("zip", "START.bat", "CHECK.bat", "Windows protected your PC", "Run anyway"):
        assert word in text
    (fonts,) = re.findall(r"lib\\\S+fonts", text)
    assert [n for n in files if n.startswith(fonts.replace("\\", "/")) and n.endswith(".ttf")]


# -- what is refused


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"python__exe": program(I386)}, "not for win_amd64: python.exe"),
        ({"_ctypes__pyd": program(ARM64)}, "not for win_amd64: _ctypes.pyd"),
        ({"python311__dll": b"no program"}, "not for win_amd64: python311.dll"),
        ({"python311__dll": None}, "no python3XY.dll"),
        ({"python312__dll": program()}, "or more than one"),
        ({"python__exe": None}, "lacks ['python.exe']"),
        ({"vcruntime140__dll": None}, "lacks ['vcruntime140.dll']"),
        ({"LICENSE__txt": None}, "lacks ['LICENSE.txt']"),
        ({"../evil__txt": b"x"}, "holds ['../evil.txt']"),
    ],
)
@pytest.mark.usefixtures("packed")
def test_what_is_no_embeddable_package_is_refused(tree, changes, said):
    sha256 = embeddable(tree / "other.zip", **changes)
    run = [sys.executable, tree / "scripts" / "windows", tree / "other.zip", "--sha256", sha256]
    wheel = next(tree.glob("dist/*.whl"))
    ran = subprocess.run(
        [*run, "--wheel", wheel, "--out", tree / "no.zip"],
        cwd=tree, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ran.returncode, said in ran.stderr) == (1, True), ran.stderr
    assert "Traceback" not in ran.stderr
    assert not (tree / "no.zip").exists()


@pytest.mark.usefixtures("packed")
def test_another_sum_and_no_registry_are_refused(tree):
    ran = pack(tree, tree / "python.zip", "--sha256", "0" * 64)
    assert ran.returncode == 1
    assert "which is neither the one given" in ran.stderr
    sha256 = hashlib.sha256((tree / "python.zip").read_bytes()).hexdigest()
    empty = ("--fetched", tree / "build" / "empty", "--out", tree / "no.zip")
    ran = pack(tree, tree / "python.zip", "--sha256", sha256, *empty, PIP_NO_INDEX="1")
    assert ran.returncode == 1
    assert "pip cannot fetch the locked wheels: ERROR" in ran.stderr
    assert not (tree / "no.zip").exists()


def test_nobody_has_checked_a_python_yet():
    lines = (REPO / "scripts/windows-pythons.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == []


# -- acceptance 2: the folder's lib at work here


@pytest.fixture(scope="module")
def here(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of links to the packages with libraries, of the same versions, for here."""
    place = tmp_path_factory.mktemp("libraries")
    installed = Path(sysconfig.get_path("purelib"))
    found = [Path(p) for p in (str(installed), *sys.path) if p.endswith("site-packages")]
    names = {f.relative_to(folder / "lib").parts[0] for f in (folder / "lib").rglob("*.pyd")}
    names |= {f.relative_to(folder / "lib").parts[0] for f in (folder / "lib").rglob("*.dll")}
    for name in names:
        (place / name).symlink_to(next(p / name for p in found if (p / name).exists()))
    return place


def run(folder: Path, here: Path, home: Path, code: str, *words: object):
    """Run Python with the folder's lib, and nothing else that is installed."""
    paths = [str(here), str(folder / "lib")]
    begin = f"import sys; sys.path[:] = [p for p in sys.path if 'site-packages' not in p] + {paths}"
    keep = {n: os.environ[n] for n in ("PATH", "LANG") if n in os.environ}
    home.mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, "-I", "-S", "-X", "utf8", "-c", f"{begin}\n{code}", *map(str, words)],
        cwd=home.parent, env=keep | {"HOME": str(home)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


PROGRAM = "from itareport.__main__ import main; sys.argv[0] = 'itareport'; sys.exit(main())"


def test_the_example_and_a_file_with_misordered_marks_build(folder, here, example, tmp_path):
    mistyped = tmp_path / "mistyped.yaml"
    text = example.read_text(encoding="utf-8")
    plan = "โครงการ "
    assert plan in text
    mistyped.write_text(text.replace(plan, f"{plan}{MISORDERED} "), encoding="utf-8")
    for file in (example, mistyped):
        ran = run(
            folder, here, tmp_path / "home", PROGRAM, "build", file, "-o", tmp_path / file.stem
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        assert [f.suffix for f in (tmp_path / file.stem).iterdir() if f.suffix == ".docx"]
    subprocess.run(
        [sys.executable, "-m", "itareport", "build", str(mistyped), "-o", str(tmp_path / "tree")],
        check=True, capture_output=True, cwd=REPO,
    )  # fmt: skip
    for made in (tmp_path / "tree").glob("*.docx"):
        assert (tmp_path / "mistyped" / made.name).read_bytes() == made.read_bytes()
    assert list((tmp_path / "home").iterdir()) == []


def test_the_rest_of_pythainlp_orders_marks_as_the_whole_does(folder, here, tmp_path):
    """Every import of pythainlp in our code, in the folder and in the full package."""
    lines = {
        line.strip()
        for file in (REPO / "src").rglob("*.py")
        for line in file.read_text(encoding="utf-8").splitlines()
        if re.match(r"\s*(from|import) pythainlp", line)
    }
    assert lines
    code = "\n".join([
        "import os; os.environ['PYTHAINLP_READ_ONLY'] = '1'",
        *sorted(lines),
        "from itareport import thai",
        f"print(thai.normalise({MISORDERED!r})[0])",
    ])  # fmt: skip
    ran = run(folder, here, tmp_path / "home", code)
    assert ran.stdout == f"{ORDERED}\n", ran.stderr
    whole = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=REPO
    )
    assert whole.stdout == ran.stdout


@pytest.mark.pdf
@pytest.mark.usefixtures("soffice")
def test_doctor_is_green_in_the_folder(folder, here, tmp_path):
    ran = run(folder, here, tmp_path / "home", PROGRAM, "doctor", "-o", tmp_path / "ITA")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert str(folder / "lib") in ran.stdout


def test_what_stands_in_for_libraries_is_of_the_folders_versions(files):
    """The lock names one version for all systems; the wheels' names show it."""
    text = files["parts.txt"].decode()
    lock = (REPO / "requirements.txt").read_text(encoding="utf-8")
    for name, version in re.findall(r"^([\w-]+) ([\d.]+) \(", text, re.MULTILINE):
        if name not in {"Python", "itareport"}:
            assert re.search(rf"(?m)^{re.escape(name)}=={re.escape(version)}\b", lock), name
