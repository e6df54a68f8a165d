"""The folder of reports: its files are the truth; each is edited at a desk that remembers."""

from itareport.web.store.desk import Change, Changed, Conflict, Desk, LosesComments, Since
from itareport.web.store.differences import Side
from itareport.web.store.dropped import Taken
from itareport.web.store.edits import Add, Edit, Move, Remove, Set
from itareport.web.store.folder import Folder, NotFound
from itareport.web.store.intake import Intake
from itareport.web.store.papers import Papers, Printed, Signed
from itareport.web.store.report_list import Listed

__all__ = [
    "Add",
    "Change",
    "Changed",
    "Conflict",
    "Desk",
    "Edit",
    "Folder",
    "Intake",
    "Listed",
    "LosesComments",
    "Move",
    "NotFound",
    "Papers",
    "Printed",
    "Remove",
    "Set",
    "Side",
    "Signed",
    "Since",
    "Taken",
]
