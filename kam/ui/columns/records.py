"""Columns of the tables of what was changed in the app."""

from streamlit import column_config as cc

from kam.ui.columns import Columns


def change_columns() -> Columns:
    """Columns of the change log."""
    return {
        "made_at": cc.DatetimeColumn("When (UTC)", format="D MMM YYYY, HH:mm"),
        "who": "Who",
        "action": "What",
        "table": "Table",
        "key": "Record",
        "column": "Field",
        "before": cc.TextColumn("Before", width="medium"),
        "after": cc.TextColumn("After", width="medium"),
    }


def file_columns() -> Columns:
    """Columns of what a changed file would do."""
    return {
        "kind": "What the file would do",
        "key": "Record",
        "column": "Field",
        "was": cc.TextColumn("File before", width="medium"),
        "here": cc.TextColumn("Here now", width="medium"),
        "file": cc.TextColumn("File now", width="medium"),
        "also_here": cc.CheckboxColumn("Changed here too"),
    }
