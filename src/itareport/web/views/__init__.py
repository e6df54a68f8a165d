"""The views of the page: one module for each thing that a clerk does."""
