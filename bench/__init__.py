"""Measures the running product over HTTP, beside the same rows in bare SQL. `make bench`; nothing here is a test."""
