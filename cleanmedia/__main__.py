"""``python -m cleanmedia``."""

from cleanmedia.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
