"""`python -m app.operate.deploy`."""

import sys

from app.operate.deploy import main

sys.exit(main())
