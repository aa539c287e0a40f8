"""The portal: find a procedure, hand a dossier in online, follow it. No tables, no rules."""
