"""What the form shows of a report, step by step; pure.

A step asks the data for its fields, the model for their descriptions and the checks for what is
said at them; templates only lay it out.
"""

from itareport.web.forms.acts import ACTS, Done, sent
from itareport.web.forms.agency import agency, title
from itareport.web.forms.check import check
from itareport.web.forms.control import named
from itareport.web.forms.form import Asked, Form
from itareport.web.forms.pasting import pasted
from itareport.web.forms.plan import plan
from itareport.web.forms.remarks import remarks
from itareport.web.forms.result import result
from itareport.web.forms.scores import scores
from itareport.web.forms.signers import signers
from itareport.web.forms.steps import NAMES, counts, marks

__all__ = [
    "ACTS",
    "NAMES",
    "Asked",
    "Done",
    "Form",
    "agency",
    "check",
    "counts",
    "marks",
    "named",
    "pasted",
    "plan",
    "remarks",
    "result",
    "scores",
    "sent",
    "signers",
    "title",
]
