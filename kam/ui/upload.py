"""Files handed over for a new book, dropped or out of a folder: taken in, each with the table it seems to hold."""

import shutil

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from kam.base.errors import BookError, IntakeError, KamError
from kam.base.schema import TABLES
from kam.base.texts import _
from kam.intake.files import DATA, is_data, typed_folder
from kam.intake.new_book import suffix
from kam.intake.peek import guess_table, peek
from kam.ui.handed_over import ASIDE, Handed, Upload, let_go, upload_in_hand
from kam.ui.markdown import escape_markdown

_MOST_OF_FOLDER = 200


def hand_over() -> Upload:
    """Take files in, dropped or out of a folder, and let the reader say which table each holds."""
    own = upload_in_hand()
    key = f"files {own.taken}"
    st.file_uploader(
        _("Files as your system exports them: csv, tsv, txt, xlsx, xlsm, xls, ods, parquet, or a zip or gz of them"),
        type=[ending.removeprefix(".") for ending in DATA],
        accept_multiple_files=True,
        key=key,
        on_change=_take,
        args=(key,),
    )
    with st.expander(_("Or take the files of a folder"), icon=":material/folder:", key="files of a folder"):
        typed = st.text_input(_("Path of the folder with the files"), placeholder="/home/me/exports", key="typed files")
        st.button(_("Take its files"), icon=":material/drive_folder_upload:", on_click=take_folder, args=(typed or "",))
    for problem in own.problems:
        st.error(escape_markdown(problem), icon=":material/error:")
    together = own.offered() if own.join is None else own.join.proposal
    for name, file in own.by_name().items():
        _row(file, alone=together is None or name not in together.files)
    return own


def holds_data(typed: str) -> bool:
    """Say whether a typed path is that of a folder with data files."""
    try:
        return any(is_data(path.name) for path in typed_folder(typed).iterdir())
    except (KamError, OSError, ValueError):  # no folder at all, or one that cannot be read
        return False


def take_folder(typed: str) -> None:
    """Take all data files of a folder, which stay where they are."""
    own = upload_in_hand()
    own.problems.clear()
    try:
        folder = typed_folder(typed)
        if not folder.is_dir():
            raise BookError(
                _("{folder} is not a folder. Name one that holds data files. Nothing was changed.").format(
                    folder=folder
                )
            )
        paths = sorted(path for path in folder.iterdir() if is_data(path.name) and path.is_file())
        if not paths:
            raise BookError(
                _("{folder} holds no data file. Name a folder that does. Nothing was changed.").format(folder=folder)
            )
        if len(paths) > _MOST_OF_FOLDER:
            raise BookError(
                _(
                    "{folder} holds {files:,} data files. Put those of one table into a folder of its name, "
                    "and open the folder above as a book. Nothing was changed."
                ).format(folder=folder, files=len(paths))
            )
    except KamError as error:
        own.problems.append(str(error))
        return
    except OSError as error:
        own.problems.append(
            _("{folder} cannot be read: {reason}. Nothing was changed.").format(folder=typed, reason=error.strerror)
        )
        return
    known = {file.path for file in own.files}
    for path in paths:
        if path in known:
            continue
        own.taken += 1
        try:
            _add(own, Handed(own.taken, path.name, path, peek(path), copied=False))
        except IntakeError as error:
            own.problems.append(str(error))


def _take(key: str) -> None:
    own = upload_in_hand()
    own.problems.clear()
    for upload in st.session_state[key]:
        own.taken += 1
        try:
            _add(own, _keep(own, upload))
        except KamError as error:
            own.problems.append(str(error))


def _add(own: Upload, file: Handed) -> None:
    own.files.append(file)
    own.join, own.apart = None, False
    st.session_state[file.table_key] = guess_table(file.name, file.peek.names)


def _keep(own: Upload, upload: UploadedFile) -> Handed:
    """Copy a file to the upload's folder under a name of ours: what it is called outside never names a file here."""
    path = own.folder / f"{own.taken}{suffix(upload.name)}"
    try:
        with path.open("wb") as target:
            shutil.copyfileobj(upload, target)
        seen = peek(path)
    except IntakeError as error:
        path.unlink()
        raise IntakeError(str(error).replace(path.name, upload.name)) from error
    except OSError as error:
        path.unlink(missing_ok=True)
        raise IntakeError(
            _("{file} cannot be kept: {reason}. Nothing was changed.").format(file=upload.name, reason=error.strerror)
        ) from error
    return Handed(own.taken, upload.name, path, seen, copied=True)


def _row(file: Handed, *, alone: bool) -> None:
    """Show a file with the table it holds; one that belongs together with others makes its table with them."""
    with st.container(horizontal=True, vertical_alignment="bottom" if alone else "center"):
        if not alone:
            st.markdown(escape_markdown(file.name), width=640)
        else:
            st.selectbox(
                _("{file} holds").format(file=escape_markdown(file.name)),
                [*TABLES, ASIDE],
                format_func=_holds,
                key=file.table_key,
                persist_state="session",
                width=640,
            )
        st.button(
            _("Remove"),
            icon=":material/close:",
            type="tertiary",
            key=f"remove {file.number}",
            on_click=_remove,
            args=(file,),
        )


def _holds(name: str) -> str:
    return _("nothing for this book") if name == ASIDE else f"{name.replace('_', ' ')}: {TABLES[name].row}"


def _remove(file: Handed) -> None:
    own = upload_in_hand()
    own.files.remove(file)
    own.join, own.apart = None, False  # what belongs together is looked for anew
    own.text = own.text if own.files else ""
    let_go(file)
