"""A view ahead: how likely a dossier becomes late, how much work comes, and what another limit would do."""
