from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from xml.etree.ElementTree import Element

from cssselect2 import ElementWrapper, Matcher
from pydyf import PDF

from .css.counters import CounterStyle
from .document import DocumentMetadata
from .formatting_structure.boxes import Box, PageBox
from .layout import LayoutContext
from .pdf.stream import Stream
from .text.fonts import FontConfiguration
from .urls import URLFetcher

VERSION: str
DEFAULT_OPTIONS: dict[str, object]

class HTML:
    base_url: str | None
    url_fetcher: URLFetcher
    media_type: str
    wrapper_element: ElementWrapper
    etree_element: Element
    def __init__(self, *, string: str, url_fetcher: URLFetcher | None = None) -> None: ...
    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]: ...
    def render(
        self,
        font_config: FontConfiguration | None = None,
        *,
        stylesheets: Sequence[CSS] = (),
        cache: Mapping[str, object] | None = None,
        pdf_variant: str | None = None,
    ) -> Document: ...
    def write_pdf(
        self,
        *,
        font_config: FontConfiguration | None = None,
        stylesheets: Sequence[CSS] = (),
        pdf_identifier: bytes | None = None,
    ) -> bytes: ...

class CSS:
    matcher: Matcher
    page_rules: list[tuple[object, list[tuple[object, str | None, object]], object]]
    def __init__(
        self,
        *,
        string: str,
        url_fetcher: URLFetcher | None = None,
        font_config: FontConfiguration | None = None,
        counter_style: CounterStyle | None = None,
        matcher: Matcher | None = None,
    ) -> None: ...

class Attachment:
    def __init__(
        self,
        *,
        string: str | bytes,
        name: str,
        description: str,
        created: datetime,
        modified: datetime,
        relationship: str,
    ) -> None: ...

class Document:
    pages: list[Page]
    def __init__(
        self,
        pages: list[Page],
        metadata: DocumentMetadata,
        url_fetcher: URLFetcher,
        font_config: FontConfiguration,
        color_profiles: Mapping[str, object],
        output_intent: object,
    ) -> None: ...
    @classmethod
    def _build_layout_context(
        cls,
        html: HTML,
        font_config: FontConfiguration,
        counter_style: CounterStyle,
        color_profiles: Mapping[str, object],
        options: Mapping[str, object],
    ) -> LayoutContext: ...
    def write_pdf(
        self,
        *,
        finisher: Callable[[Document, PDF], object] | None = None,
        pdf_tags: bool = False,
        pdf_variant: str | None = None,
        pdf_identifier: bool = False,
        attachments: Sequence[Attachment] = (),
    ) -> bytes: ...

class Page:
    def __init__(self, page_box: PageBox) -> None: ...
    width: float
    height: float
    anchors: dict[str, tuple[float, ...]]
    bookmarks: list[tuple[int, str, tuple[float, float], str]]
    links: list[tuple[str, str, tuple[float, ...], Box]]
    @property
    def _page_box(self) -> PageBox: ...
    def paint(self, stream: Stream, scale: float = 1) -> None: ...
