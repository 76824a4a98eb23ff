"""Reading a figure back: its traces by name, the accounts its marks carry, and its subtitle as one line."""

import plotly.graph_objects as go


def points(fig: go.Figure, name: str, axis: str | None = None) -> go.Scatter:
    """Return the scatter trace of that name."""
    return next(
        trace
        for trace in fig.data
        if isinstance(trace, go.Scatter) and trace.name == name and (axis is None or trace.xaxis == axis)
    )


def bars(fig: go.Figure, name: str, axis: str | None = None) -> go.Bar:
    """Return the bar trace of that name."""
    return next(
        trace
        for trace in fig.data
        if isinstance(trace, go.Bar) and trace.name == name and (axis is None or trace.xaxis == axis)
    )


def ids(trace: go.Scatter | go.Bar) -> list[str]:
    """Return the account of each mark."""
    return [row[0] for row in trace.customdata]


def subtitle(fig: go.Figure) -> str:
    """Return the subtitle without its line breaks."""
    return str(fig.layout.title.subtitle.text).replace("<br>", " ").replace("\u00a0", " ")
