"""Pictures that stand beside the file that names them: logos and the image of a cover are not fetched."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import AfterValidator

from reportgen.components.yaml_models import PicturePath
from reportgen.connect.picture_addresses import is_remote


def _local(name: str) -> str:
    if is_remote(name):
        raise ValueError("this picture is a file below the folder of this file, and no address; save it there")
    return name


LocalPicturePath: TypeAlias = Annotated[PicturePath, AfterValidator(_local)]
"""A picture by its path from the folder of the file that names it; no address."""
