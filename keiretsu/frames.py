"""Answers as data frames of pandas or polars, where these are installed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keiretsu_ontology.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    from keiretsu_queries.sheets import Table


def to_pandas(rows: Table) -> pd.DataFrame:
    """Return rows as a pandas DataFrame; exact decimals stay `Decimal` objects.

    Raises:
        UsageError: pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError:
        raise UsageError("pandas is not installed: pip install 'keiretsu[pandas]'") from None
    return pd.DataFrame(_columns(rows))


def to_polars(rows: Table) -> pl.DataFrame:
    """Return rows as a polars DataFrame; columns without any value are of type Null.

    Raises:
        UsageError: polars is not installed.
    """
    try:
        import polars as pl
    except ImportError:
        raise UsageError("polars is not installed: pip install 'keiretsu[polars]'") from None
    return pl.DataFrame(_columns(rows), strict=False)


def _columns(rows: Table) -> dict[str, list[Any]]:
    return {column.name: [row[place] for row in rows.rows] for place, column in enumerate(rows.columns)}
