"""How long opening a book and running a page take, beside what they are held against; `python -m tests.benchmarks`."""
