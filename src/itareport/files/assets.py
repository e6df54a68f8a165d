"""Where templates, fonts and catalogues lie: the source tree, or `_data` in the wheel."""

from __future__ import annotations

from importlib import util
from pathlib import Path

from itareport.problems import ItaReportError, problem

WINDOWS_PARTS = "parts.txt"
"""The list of what the folder for Windows is made of, at its top."""

_PACKAGE = Path(__file__).resolve().parents[1]


def template(name: str = "report.docx") -> Path:
    """Return the Word template of that file name; the report's, unless another is named."""
    return _root() / "templates" / name


def fonts_dir() -> Path:
    """Return the folder of the font files, their licences and `fonts.conf`."""
    return _root() / "fonts"


def catalogues_dir() -> Path:
    """Return the folder of the catalogues, one `<fiscal year>.yaml` each."""
    return _root() / "catalogue"


def kinds() -> Path:
    """Return the file of the kinds of agency."""
    return catalogues_dir() / "kinds.yaml"


def line_ends() -> Path:
    """Return the list of words that are not cut at the end of a line."""
    return catalogues_dir() / "line-ends.txt"


def sample() -> Path:
    """Return the data file of the sample report."""
    return _root() / "examples" / "kuansaothong-2568.yaml"


def windows_folder() -> Path | None:
    """Return the folder for Windows that this program runs from; None where it is installed."""
    folder = _PACKAGE.parents[1]
    return folder if (folder / WINDOWS_PARTS).is_file() else None


def page_scripts() -> dict[str, Path]:
    """Return where the scripts of the page that are not ours lie, by name, whether there or not.

    The wheel carries them; a source tree takes them from the distribution django-htmx.
    """
    names = {"htmx-4.min.js": "htmx-4.min.js", "hx-sse-4.min.js": "ext/hx-sse-4.min.js"}
    found = util.find_spec("django_htmx")
    if _is_source() and found and found.origin:
        held = Path(found.origin).parent / "static" / "django_htmx"
        return {name: held / place for name, place in names.items()}
    return {name: _PACKAGE / "_data" / "page" / name for name in names}


def require_page_scripts() -> tuple[str, ...]:
    """Return the names of the page's scripts that are not ours, once all of them are there.

    Raises:
        ItaReportError: O640 one is missing.
    """
    scripts = page_scripts()
    if missing := [name for name, file in scripts.items() if not file.is_file()]:
        raise ItaReportError(problem("O640", files=", ".join(missing)))
    return tuple(scripts)


def _root() -> Path:
    """Return the folder in which templates, fonts, catalogues and the example lie.

    The source tree comes first: a `_data` beside the sources is what the last build of a wheel
    left there, and an office that edits `templates/` must not be shown an old copy.
    """
    return _PACKAGE.parents[1] if _is_source() else _PACKAGE / "_data"


def _is_source() -> bool:
    source = _PACKAGE.parent
    return source.name == "src" and (source.parent / "catalogue").is_dir()
