"""What the form shows of a report, step by step; pure.

A step asks the data for its fields, the model for their descriptions and the checks for what is
said at them; templates only lay it out.
"""

from itareport.web.forms.acts import ACTS
from itareport.web.forms.control import named
from itareport.web.forms.done import Done
from itareport.web.forms.form import Asked, ReportForm
from itareport.web.forms.pasting import pasted
from itareport.web.forms.plan_rows import first_of_row
from itareport.web.forms.redrafting import with_edits
from itareport.web.forms.seven.agency_step import agency, title
from itareport.web.forms.seven.check_step import Check, check, unticked
from itareport.web.forms.seven.plan_step import plan
from itareport.web.forms.seven.remarks_step import remarks
from itareport.web.forms.seven.result_step import result
from itareport.web.forms.seven.scores_step import scores
from itareport.web.forms.seven.signers_step import signers
from itareport.web.forms.steps import NAMES, counts, marks
from itareport.web.forms.typed import placed, sent, sent_as

__all__ = [
    "ACTS",
    "NAMES",
    "Asked",
    "Check",
    "Done",
    "ReportForm",
    "agency",
    "check",
    "counts",
    "first_of_row",
    "marks",
    "named",
    "pasted",
    "placed",
    "plan",
    "remarks",
    "result",
    "scores",
    "sent",
    "sent_as",
    "signers",
    "title",
    "unticked",
    "with_edits",
]
