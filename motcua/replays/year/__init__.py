"""A whole province for years, synthetic and in bulk: what the acts would have written, without performing them.

The one place that writes a journal past `dossiers.journal`. Hashes, due dates and numbers come from the real functions,
so that the audit judges these rows like any other; each is marked `origin = synthetic`.
"""
