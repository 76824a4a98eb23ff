"""Files that changed after their records were taken in: what they would add, change and remove, and the decision."""

import streamlit as st

from kam.base.errors import KamError
from kam.base.texts import _
from kam.book import Book
from kam.data import words_records as words
from kam.data.words_columns import FILE_COLUMNS
from kam.store.from_file import Difference
from kam.ui.editor import writer
from kam.ui.markdown import escape_markdown
from kam.ui.tables import table


def file_changes(book: Book) -> None:
    """Show the differences table by table, and take over what the reader chooses; nothing where there is none."""
    if book.obstacle is not None:
        return
    differences = book.file_differences()
    if not differences:
        return
    st.subheader(_("Files that changed since their records were taken in"), anchor=False)
    st.caption(_("These records are written in the app. Nothing of the file is taken over before you say so."))
    frame = book.file_changes()
    for name in dict.fromkeys(each.table for each in differences):
        own = [each for each in differences if each.table == name]
        st.markdown(f"**{escape_markdown(words.file_news(name, [each.kind for each in own]))}**")
        here = sum(each.also_here and each.kind != "add" for each in own)
        if here:
            st.warning(words.also_here(here), icon=":material/group:")
        table(frame[frame["table"] == name], FILE_COLUMNS, key=f"file {name}", file=f"changes of {name}")
        titles = {each.key: words.record_title(name, each.file or each.here or {}, each.key) for each in own}
        chosen = st.multiselect(
            _("Records to take over"),
            list(titles),
            default=list(titles),
            format_func=titles.__getitem__,
            key=f"take {name}",
        )
        label = _("Take over the chosen, leave the others as they are")
        args = (book, name, own, chosen)
        st.button(label, icon=":material/done_all:", key=f"accept {name}", on_click=_accept, args=args)


def _accept(book: Book, name: str, shown: list[Difference], keys: list[str]) -> None:
    try:
        book.accept_file(name, shown, who=writer(), keys=keys)
    except KamError as error:
        st.toast(escape_markdown(str(error)), icon=":material/error:")
    else:
        st.toast(_("Done. The change log can undo it."), icon=":material/check:")
