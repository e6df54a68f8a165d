"""The seven steps of one report: shown, filled field by field, undone and done again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from itareport.ita import catalogue
from itareport.web import downloads, forms, rendering
from itareport.web.store import Conflict, Desk
from itareport.web.store.memory import STATES
from itareport.web.views import preview_pane

_VIEWS = {
    "agency": forms.agency,
    "result": forms.result,
    "scores": forms.scores,
    "remarks": forms.remarks,
    "plan": forms.plan,
    "signers": forms.signers,
}
_NOTHING_ASKED = forms.Asked()


def form_of(request: Request, desk: Desk, asked: forms.Asked = _NOTHING_ASKED) -> forms.ReportForm:
    """Return the form of a report as it is now."""
    own = catalogue.own(request.app.state.site.options.catalogues)
    return forms.ReportForm(desk.key, desk.data, desk.checked, own, asked, desk.locked)


@dataclass(frozen=True, slots=True)
class Window:
    """What one window of the browser has in hand: a report, a step of it, and what is open."""

    request: Request
    desk: Desk
    step: str
    asked: forms.Asked
    name: str
    """Tells the windows apart."""
    field: str = ""
    """The field that was sent."""
    starts: str = ""
    """The download that begins as soon as the window has the answer."""
    told: str = ""
    """What is said at the foot of what cannot be undone."""

    @property
    def form(self) -> forms.ReportForm:
        """The form of the report as it is now."""
        return form_of(self.request, self.desk, self.asked)

    @property
    def lacks(self) -> str:
        """What is still to be done before the report can be handed in; "" for nothing."""
        return forms.check(self.form, self.desk.ticks).lacks


async def show(request: Request) -> Response:
    """Show one step of a report; for a request of htmx, the form alone."""
    window = window_of(request, request.query_params)
    is_part = "HX-Request" in request.headers
    return await answer(window, "parts/answer.html" if is_part else "editor.html")


async def act(request: Request) -> Response:
    """Do what the page asks, and answer with the form as it is then."""
    sent = await request.form()
    fields = {name: text for name, text in sent.items() if isinstance(text, str)}
    window = window_of(request, fields)
    verb = request.path_params["verb"]
    done, said = await run_in_threadpool(_act, window, verb, fields)
    if isinstance(done, Conflict):
        return await run_in_threadpool(_conflict, window, done, fields)
    return await answer(done, "parts/answer.html", said, changed=verb != "open")


def _act(window: Window, verb: str, fields: Mapping[str, str]) -> tuple[Window | Conflict, str]:
    """Do one act; return the window as it is afterwards, and what is said of it."""
    desk, asked = window.desk, window.asked
    if verb in ("undo", "redo"):
        (desk.undo if verb == "undo" else desk.redo)()
    elif verb == "unlock":
        desk.set_state("")
    elif verb == "state" and fields.get("state") in STATES:
        if fields["state"] == STATES[0] or not window.lacks:
            desk.set_state(fields["state"])
    elif verb == "tick":
        desk.tick(fields.get("tick", ""), on=bool(fields.get("on")))
    elif verb == "halves":
        return replace(window, asked=replace(asked, halves=bool(fields.get("halves")))), ""
    elif found := forms.ACTS.get(verb) or forms.ACTS.get(f"{window.step}/{verb}"):
        done = found(window.form, fields)
        if done.opened is not None:
            window = replace(window, asked=replace(asked, opened=done.opened, at=done.at))
        if done.edits:
            changed = desk.change(done.edits, fields.get("version", ""), window.name)
            return (changed if isinstance(changed, Conflict) else window), done.said
    return window, ""


def _conflict(window: Window, found: Conflict, fields: Mapping[str, str]) -> Response:
    """Show what was typed beside what the file has."""
    form = window.form
    mine = [
        {"name": name, "title": forms.named(form, name), "typed": text, "theirs": form.text(name)}
        for name, text in forms.sent(fields).items()
    ]
    words: dict[str, Any] = {"desk": window.desk, "conflict": found, "step": window.step}
    words |= {"mine": mine, "window": window.name}
    response = rendering.part(window.request, "parts/conflict.html", **words)
    response.headers.update({"HX-Retarget": "#dialog", "HX-Reswap": "innerHTML"})
    return response


async def answer(
    window: Window, template: str, said: str = "", *, changed: bool = True
) -> Response:
    """Return the window's form, and have its pages made anew."""
    words = await run_in_threadpool(_words, window, said)
    if changed:
        section = preview_pane.section_of(window.form, window.step, window.field)
        await preview_pane.refresh(window.request, window.desk, section)
    return rendering.part(window.request, template, **words)


def _words(window: Window, said: str) -> dict[str, Any]:
    form, step = window.form, window.step
    view = _VIEWS[step](form) if step in _VIEWS else forms.check(form, window.desk.ticks)
    names = list(forms.NAMES)
    marks = forms.marks(form)
    return {
        "form": form,
        "step": step,
        "view": view,
        "marks": marks,
        "counts": forms.counts(form),
        "next": marks[min(names.index(step) + 1, len(names) - 1)],
        "title": forms.NAMES[step],
        "agency": forms.title(form),
        "desk": window.desk,
        "toast": said,
        "told": window.told,
        "starts": window.starts,
        "window": window.name,
        "downloads": downloads.KINDS,
        "states": STATES,
        "pane": preview_pane.words(window.request, window.desk),
    }


def window_of(request: Request, fields: Mapping[str, str], step: str = "") -> Window:
    """Return what a window has in hand.

    Raises:
        NotFound: There is no such report.
    """
    asked = forms.Asked(
        at=fields.get("at", ""),
        typing=fields.get("typing", ""),
        opened=fields.get("open", ""),
        halves=bool(fields.get("halves")),
    )
    desk = request.app.state.folder.open(request.path_params["key"])
    step = step or request.path_params["step"]
    name = fields.get("window", "") or rendering.fresh_name()
    field = next(iter(forms.sent(fields)), "")
    return Window(request, desk, step, asked, name, field)


async def paste(request: Request) -> Response:
    """Show what was read of a copied table, before any of it is taken."""
    sent = await request.form()
    fields = {name: text for name, text in sent.items() if isinstance(text, str)}
    window = window_of(request, fields)
    view = await run_in_threadpool(forms.pasted, window.form, window.step, fields.get("copied", ""))
    words: dict[str, Any] = {"form": window.form, "step": window.step, "view": view}
    return rendering.part(request, "parts/pasted.html", **words)


ROUTES = (
    Route("/r/{key}/{step}", show, methods=["GET"]),
    Route("/r/{key}/{step}/paste", paste, methods=["POST"]),
    Route("/r/{key}/{step}/{verb}", act, methods=["POST"]),
)
