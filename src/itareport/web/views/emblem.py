"""The picture of the agency's emblem: chosen, put beside the data file, and named in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from itareport.document import picture
from itareport.problems import ItaReportError
from itareport.web import forms
from itareport.web.forms import steps
from itareport.web.store import Folder
from itareport.web.views import editor

_FIELD = "agency.emblem"


async def choose(request: Request) -> Response:
    """Take in a picture, and let the report print it as the agency's emblem."""
    async with request.form(max_files=1) as sent:
        file = sent.get("file")
        data = await file.read() if isinstance(file, UploadFile) else b""
        name = file.filename or "" if isinstance(file, UploadFile) else ""
        fields = {key: text for key, text in sent.items() if isinstance(text, str)}
    window = editor.window_of(request, fields, steps.AGENCY)
    if not window.desk.locked:
        kept = await run_in_threadpool(_kept, request.app.state.folder, name, data)
        fields[forms.sent_as(_FIELD)] = kept.name
    answer = await editor.does(window, "save", fields)
    if "HX-Retarget" not in answer.headers:  # not to where only problems are told
        answer.headers.update({"HX-Retarget": "#form", "HX-Reswap": "innerMorph"})
    return answer


def _kept(folder: Folder, name: str, data: bytes) -> Path:
    """Put a picture into the folder; return where it lies.

    Raises:
        ItaReportError: D170 to D172: it is no picture that can be printed; O6xx.
    """
    given = Path(name.replace("\\", "/").rpartition("/")[2])
    where: Any = tuple(_FIELD.split("."))
    found, problems = picture.read(given, picture.EMBLEM, where, lambda _file, _most: data)
    if found is None:
        raise ItaReportError(*problems)
    return folder.put(f"{given.stem}.{found.extension}", data)


ROUTES = (Route("/r/{key}/agency/emblem", choose, methods=["POST"]),)
