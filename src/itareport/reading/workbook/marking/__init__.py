"""Copies of a workbook with something written into them: problems, the checklist, drafts."""
