"""The start: the reports of the folder, and the ways to begin another."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from itareport.web import rendering


async def show(request: Request) -> Response:
    """Show the reports of the folder."""
    return rendering.page(request, "start.html")


ROUTES = (Route("/", show, methods=["GET"]),)
