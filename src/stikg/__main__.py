"""`python -m stikg`: the command line."""

import sys

from stikg.cli import main

sys.exit(main())
