"""The figures of the pages, each as a function of the book in view alone, so that `charts` can remember them."""
