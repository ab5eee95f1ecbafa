"""``python -m mingzhang.cli``."""

from mingzhang.cli.main import main

raise SystemExit(main())
