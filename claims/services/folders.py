"""Event folders as services and commands use them."""

from __future__ import annotations

from claims.analysis.folders import Folder, FolderError, find_folders, read_folder

__all__ = ["Folder", "FolderError", "find_folders", "read_folder"]
