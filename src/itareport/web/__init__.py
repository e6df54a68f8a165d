"""The page: the reports of one folder in the browser, filled, seen, checked and downloaded.

It calls the same steps as the command line, and holds no rule about the data.
"""

from itareport.web.server import Serving, serve

__all__ = ["Serving", "serve"]
