"""The forms that the law wants reports in, and why dossiers are late."""
