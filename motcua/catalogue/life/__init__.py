"""The life of the catalogue: what was decided about a procedure, when, by which act; append-only, states derived."""
