"""python -m itareport."""

from __future__ import annotations

import sys

from itareport.cli import main

sys.exit(main())
