"""`python -m bot.supervisor`."""

import sys

from bot.supervisor import main

if __name__ == "__main__":
    sys.exit(main())
