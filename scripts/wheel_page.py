"""Put the page's two scripts that are not ours into the wheel, with the licence beside them."""

from importlib import metadata
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_TAKEN = ("/htmx-4.min.js", "/hx-sse-4.min.js", "/LICENSE")


class PageScripts(BuildHookInterface[Any]):
    """Takes them from the distribution of requirements-page.txt, which `scripts/setup` installs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the files to a wheel; an editable install takes them where they are."""
        if version == "editable":
            return
        found = [f for f in metadata.files("django-htmx") or () if str(f).endswith(_TAKEN)]
        names = {f"htmx-{f.name}.txt" if f.name == "LICENSE" else f.name: f for f in found}
        build_data["force_include"] |= {
            str(file.locate()): f"itareport/_data/page/{name}" for name, file in names.items()
        }
