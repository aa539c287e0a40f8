"""One module per kind of file. They run in a process of their own with limits, know no Django and judge bytes only."""
