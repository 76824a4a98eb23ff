"""Nothing here is a test: times are printed and compared by eye, never asserted."""

collect_ignore_glob = ["*.py"]
