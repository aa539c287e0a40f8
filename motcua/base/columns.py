"""Columns that the database computes from a text: the folded form to search in, the key to sort by."""

from django.db import models


class Fold(models.Func):
    """The SQL twin of motcua.base.text.fold."""

    function = "fold"
    output_field = models.TextField()


class VietnameseKey(models.Func):
    """The SQL twin of motcua.base.text.sort_key."""

    function = "vi_key"
    output_field = models.TextField(db_collation="C")


def folded(column: str) -> models.GeneratedField:
    """A stored column with the folded form of another one."""
    return models.GeneratedField(expression=Fold(models.F(column)), output_field=models.TextField(), db_persist=True)


def vietnamese_order(column: str) -> models.GeneratedField:
    """A stored column that sorts another one as the Vietnamese alphabet does."""
    return models.GeneratedField(
        expression=VietnameseKey(models.F(column)), output_field=models.TextField(db_collation="C"), db_persist=True
    )
