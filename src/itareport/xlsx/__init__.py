"""An untrusted workbook as cells, and small changes to its XML; knows nothing of ITA."""
