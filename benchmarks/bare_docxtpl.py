"""The peer of `itareport build`: a bare docxtpl script that imports the same libraries.

It fills the same template with the same words, and checks, merges and draws nothing.
Usage: bare_docxtpl.py TEMPLATE CONTEXT.json OUT.docx LIBRARY...
"""

import importlib
import json
import sys
from pathlib import Path

from docxtpl import DocxTemplate

template, context, out, *libraries = sys.argv[1:]
for library in libraries:
    importlib.import_module(library)
document = DocxTemplate(template)
document.render(json.loads(Path(context).read_text(encoding="utf-8")), autoescape=True)
document.save(out)
