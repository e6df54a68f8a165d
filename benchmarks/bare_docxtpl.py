"""The peer of `itareport build`: a bare docxtpl script that imports the same libraries.

It fills the same template with the same words, and checks, merges and draws nothing.
Usage: bare_docxtpl.py TEMPLATE CONTEXT.json OUT.docx
"""

import json
import sys
from pathlib import Path

import docx
import fontTools.ttLib
import geothai
import lxml.etree
import pydantic
import pythainlp
import yaml
from docxtpl import DocxTemplate

ALSO_IMPORTED = (docx, fontTools.ttLib, geothai, lxml.etree, pydantic, pythainlp, yaml)

template, context, out = sys.argv[1:]
document = DocxTemplate(template)
document.render(json.loads(Path(context).read_text(encoding="utf-8")), autoescape=True)
document.save(out)
