"""Every parameter of the law, declared once: one file for each thing that they are about."""
