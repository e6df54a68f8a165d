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
from itareport.web.store import Changed, Conflict, Desk, LosesComments, NotFound, Since
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
    return forms.ReportForm(desk.key, desk.in_form, desk.checked, own, asked, desk.locked)


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
    """Show one step of a report; for a request of htmx, the form alone, and what others changed."""
    window = window_of(request, request.query_params)
    if "HX-Request" not in request.headers:
        return await answer(window, "editor.html")
    shown = request.query_params.get("version", "")
    since = await run_in_threadpool(window.desk.since, shown, window.name)
    return await answer(window, "parts/answer.html", since=since)


async def act(request: Request) -> Response:
    """Do what the page asks, and answer with the form as it is then."""
    sent = await request.form()
    fields = {name: text for name, text in sent.items() if isinstance(text, str)}
    return await does(window_of(request, fields), request.path_params["verb"], fields)


async def does(window: Window, verb: str, fields: Mapping[str, str]) -> Response:
    """Do one act in a window, and answer with the form as it is then."""
    since = await run_in_threadpool(window.desk.since, fields.get("version", ""), window.name)
    done, said = await run_in_threadpool(_act, window, verb, fields)
    if isinstance(done, Conflict):
        return await run_in_threadpool(_conflict, window, done, fields)
    if isinstance(done, LosesComments):
        return _asked(window, verb, fields)
    return await answer(done, "parts/answer.html", said, since, changed=verb != "open")


Done = Window | Conflict | LosesComments


def _act(window: Window, verb: str, fields: Mapping[str, str]) -> tuple[Done, str]:
    """Do one act; return the window as it is afterwards, and what is said of it."""
    desk, asked = window.desk, window.asked
    if fields.get("agreed"):
        desk.let_go_of_comments()
    if verb in ("undo", "redo"):
        return _done(window, (desk.undo if verb == "undo" else desk.redo)(window.name), "")
    if verb == "unlock":
        desk.set_state("", window.name)
    elif verb == "state":
        _set_state(window, fields.get("state", ""))
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
            return _done(_opened(window, done, changed), changed, done.said)
    return window, ""


def _opened(
    window: Window, done: forms.Done, changed: Changed | Conflict | LosesComments
) -> Window:
    """Open the row that an act has put into the plan, where it has."""
    if done.new is None or not isinstance(changed, Changed):
        return window
    key = str(window.desk.rows["plan"].keys[done.new])
    return replace(window, asked=replace(window.asked, opened=key, at=forms.first_of_row(key)))


def _set_state(window: Window, state: str) -> None:
    """Set the state, where nothing is still to be done before it."""
    if state in STATES and (state == STATES[0] or not window.lacks):
        window.desk.set_state(state, window.name)


def _done(window: Window, done: Changed | Conflict | LosesComments, said: str) -> tuple[Done, str]:
    """Return what becomes of a window, and what is said: where the file as it was is kept."""
    if not isinstance(done, Changed):
        return done, ""
    kept = f"ไฟล์เดิมเก็บไว้เป็น {done.kept}" if done.kept else ""
    return window, " ".join(filter(None, (said, kept)))


def _conflict(window: Window, found: Conflict, fields: Mapping[str, str]) -> Response:
    """Show what was typed beside what the file has."""
    form = window.form
    mine = [
        {"name": name, "title": forms.named(form, name), "typed": text, "theirs": form.text(name)}
        for name, text in forms.placed(form, fields).items()
    ]
    typed = {form.path(str(one["name"])) for one in mine}
    others = [side for side in found.outside if side.edit.path not in typed]
    words: dict[str, Any] = {"mine": mine, "others": others, "version": found.version}
    return _dialog(window, "parts/conflict.html", words)


def _asked(window: Window, verb: str, fields: Mapping[str, str]) -> Response:
    """Ask whether the file may be written without its comments, and kept as it is beside."""
    return _dialog(window, "parts/comments.html", {"verb": verb, "fields": fields})


def _dialog(window: Window, template: str, words: Mapping[str, Any]) -> Response:
    """Return a dialog over the form, which stays as it is."""
    own = {"desk": window.desk, "step": window.step, "window": window.name}
    response = rendering.part(window.request, template, **{**own, **words})
    response.headers.update({"HX-Retarget": "#dialog", "HX-Reswap": "innerHTML"})
    return response


async def answer(
    window: Window,
    template: str,
    said: str = "",
    since: Since | None = None,
    *,
    changed: bool = True,
) -> Response:
    """Return the window's form, and have its pages made anew."""
    words = await run_in_threadpool(_words, window, said, since)
    if changed:
        section = preview_pane.section_of(window.form, window.step, window.field)
        await preview_pane.refresh(window.request, window.desk, section)
    return rendering.part(window.request, template, **words)


def _words(window: Window, said: str, since: Since | None) -> dict[str, Any]:
    form, step = window.form, window.step
    view = _VIEWS[step](form) if step in _VIEWS else forms.check(form, window.desk.ticks)
    names = list(forms.NAMES)
    marks = forms.marks(form, forms.unticked(form, window.desk.ticks))
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
        "since": since,
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
    if step not in forms.NAMES:
        raise NotFound
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
