"""News: articles that offices write for everybody, with visits and votes."""
