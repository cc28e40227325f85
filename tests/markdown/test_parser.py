"""What is understood of Markdown: emphasis beside scripts without spaces, task lists, bare addresses, footnotes."""

from __future__ import annotations

from time import perf_counter

import pytest

from reportgen.markdown.limits import MOST_CELLS, MOST_LETTERS, MOST_LINES, MOST_MARKS, excess
from reportgen.markdown.parser import html_of, parse
from reportgen.markdown.pictures import ProsePicture, named_pictures

BOX = {"task": lambda tokens, at: "[x]" if tokens[at].meta["done"] else "[ ]"}


def html(markdown: str) -> str:
    """Return the HTML of Markdown, without the paragraph around it."""
    return html_of(parse(markdown), BOX).strip().removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("リーチは**12.5%**増加", "リーチは<strong>12.5%</strong>増加"),
        ("し、**「秋」**キャンペーン", "し、<strong>「秋」</strong>キャンペーン"),
        ("도달은 **12.5%**로 증가", "도달은 <strong>12.5%</strong>로 증가"),
        ("看**“秋”**活动", "看<strong>“秋”</strong>活动"),
        ("เพิ่ม**12.5%**ขึ้น", "เพิ่ม<strong>12.5%</strong>ขึ้น"),
        ("\uff08*注*\uff09など~~「古」~~新", "\uff08<em>注</em>\uff09など<s>「古」</s>新"),
        ("a **b**c *d*", "a <strong>b</strong>c <em>d</em>"),
        ('a**"b"**c', "a**&quot;b&quot;**c"),
        ("2 * 3 * 4 snake_case_name", "2 * 3 * 4 snake_case_name"),
        ("これは ** 例 ** です", "これは ** 例 ** です"),
    ],
)
def test_words_are_emphasised_in_scripts_without_spaces(markdown: str, expected: str) -> None:
    """Signs and numbers beside wide letters are emphasised as a reader expects; Latin text is read as ever."""
    assert html(markdown) == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("これは\n改行です。", "これは改行です。"),
        ("これは**太**\n字です。", "これは<strong>太</strong>字です。"),
        ("한국어\n줄", "한국어\n줄"),
        ("日本\nSEO", "日本\nSEO"),
        ("これは  \n改行", "これは<br />\n改行"),
    ],
)
def test_lines_of_wide_letters_are_joined_without_a_space(markdown: str, expected: str) -> None:
    """A line that an author has broken for themselves leaves no gap in Japanese and Chinese; Korean has spaces."""
    assert html(markdown) == expected


def test_items_of_task_lists_have_boxes() -> None:
    """An item that begins with a box has it as a part of its own, at any depth; a link and escaped brackets do not."""
    assert html("- [x] done\n- [ ] to *do*\n  1. [X] below\n- [x](https://x.example) link\n- \\[x] no\n- [x]no") == (
        "<ul>\n<li>[x]done</li>\n<li>[ ]to <em>do</em>\n<ol>\n<li>[x]below</li>\n</ol>\n</li>\n"
        '<li><a href="https://x.example">x</a> link</li>\n<li>[x] no</li>\n<li>[x]no</li>\n</ul>'
    )


@pytest.mark.parametrize(
    ("markdown", "address", "after"),
    [
        ("see https://x.example/a_(b)?q=1#c, or", "https://x.example/a_(b)?q=1#c", ", or"),
        ("(https://x.example/y).", "https://x.example/y", ")."),
        ("詳細は https://x.example/a。次", "https://x.example/a", "。次"),
        ("https://x.exampleをご覧", "https://x.example", "をご覧"),
        ("**https://x.example**", "https://x.example", ""),
        ("Ana: ana.b+c@x-y.example.", "mailto:ana.b+c@x-y.example", "."),
    ],
)
def test_bare_addresses_are_links(markdown: str, address: str, after: str) -> None:
    """An address of the web or of mail is a link up to the punctuation of its sentence, Latin or wide."""
    found = html(markdown)
    assert f'<a href="{address}">{address.removeprefix("mailto:")}</a>' in found
    assert found.replace("</strong>", "").endswith(f"</a>{after}")


@pytest.mark.parametrize(
    "markdown",
    [
        "`https://x.example`",
        "javascript://x.example",
        "www.x.example",
        "a@b",
        "xhttps://x.example",
        "https://",
        "@x.io",
    ],
)
def test_other_words_are_no_links(markdown: str) -> None:
    """Code, other schemes and half addresses stay words."""
    assert "<a " not in html(markdown)


def test_a_bare_address_in_a_link_is_its_words() -> None:
    """Links do not nest."""
    assert html("[to https://a.example](https://b.example)") == '<a href="https://b.example">to https://a.example</a>'


@pytest.mark.parametrize(
    ("markdown", "folder", "found"),
    [
        ("![Team](images/team.jpg)", "", ProsePicture("images/team.jpg", "images/team.jpg", 0)),
        ("a\nb ![T](my%20team.jpg)", "words/acme", ProsePicture("my%20team.jpg", "words/acme/my team.jpg", 1)),
        ("\n\n![T](<my team.jpg>)", "", ProsePicture("my%20team.jpg", "my team.jpg", 2)),
        ("![T](../../images/a.png)", "words/acme", ProsePicture("../../images/a.png", "images/a.png", 0)),
        ("![T](../a.png)", "", ProsePicture("../a.png", "../a.png", 0)),
        (
            "![T](https://x.example/a%20b.png)",
            "w",
            ProsePicture("https://x.example/a%20b.png", "https://x.example/a%20b.png", 0),
        ),
        ("| a |\n|---|\n| ![T][p] |\n\n[p]: b.png", "", ProsePicture("b.png", "b.png", 2)),
    ],
)
def test_pictures_are_named_from_the_folder_of_the_spec(markdown: str, folder: str, found: ProsePicture) -> None:
    """A path is relative to the file that holds it; an address of the web stays as it is; the line is its own."""
    assert list(named_pictures(markdown, folder)) == [found]


@pytest.mark.parametrize("markdown", ["`![a](b.png)`", "\\![a](b.png)", "![a]", "    ![a](b.png)"])
def test_what_is_no_picture_names_none(markdown: str) -> None:
    """Code and escaped signs are text."""
    assert not list(named_pictures(markdown))


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("x " * (MOST_LETTERS // 2 + 1), "40,002 letters"),
        ("x " * 6_000, "12,000 letters in a paragraph"),
        ("x" * 9_600, "1,200 signs of Markdown, such as * and [, and parts of endless words"),
        ("[^1]: a\n" * 101, "101 footnotes"),
        ("a\n" * (MOST_LINES + 1), "601 lines"),
        ("[ " * (MOST_MARKS + 1), "1,001 signs of Markdown"),
        ("- a\n" * 251, "251 items of lists and titles"),
        ("|a" * 9 + "\n" + "|-" * 9 + "\n" + "x\n" * 200, "2,010 cells"),
    ],
)
def test_a_passage_beyond_its_limits_is_a_problem_in_words(markdown: str, words: str) -> None:
    """The limit, the number and the way out are named."""
    assert words in excess(markdown)
    assert excess(markdown).endswith("at most are laid out; shorten or divide it")


@pytest.mark.parametrize("piece", ["> ", ">", "- ", "1. ", "> - "])
def test_words_below_too_many_levels_are_a_problem(piece: str) -> None:
    """The parser leaves out what is deeper than its own limit, so such a passage is refused; fewer levels are read."""
    assert "more than 10 times" in excess(f"{piece * 25}deep")
    assert excess(f"{piece * 5}deep") == ""
    assert parse(f"{piece * 5}deep")[5 * len(piece.split()) + 1].level > 0
    nested = "\n".join("  " * level + "- x" for level in range(12))
    assert "more than 10 times" in excess(nested)


@pytest.mark.parametrize(
    "piece",
    [
        *(
            ">",
            "> ",
            "- ",
            "1. ",
            "> - ",
            "*a ",
            "**a",
            "_a ",
            "~~a ",
            "[",
            "[a",
            "![",
            "[a](",
            "[](<",
            "`a``b",
            "<a ",
            "<",
        ),
        *("&", "&a;", "\\", "|", "[a][b]", "[^", "[^a", "[a]: b\n", "- [ ] a\n", "# a\n", "a\n-\n", "```\n", "    a\n"),
        *("<div>\n", "[^a]: ", "https://", "https://a)", "a@", "a@a.", "a.", ":", "- a\n\n", '[a](b "', "| a | b |\n"),
    ],
)
def test_hostile_text_within_the_limits_is_read_at_once(piece: str) -> None:
    """As many repeats of a piece as the limits allow, beside a footnote and a reference, take less than a second."""
    at_most = min(MOST_LETTERS // len(piece), MOST_LINES // max(1, piece.count("\n")) - 9 * ("\n" in piece))
    whole = next(
        text
        for count in (at_most, MOST_MARKS - 9, MOST_MARKS // 2 - 9, MOST_MARKS // 5 - 9, MOST_CELLS // 5, 30, 3)
        if not excess(text := f"[^1]: x\n\n[b]: c\n\n{piece * count}")
    )
    began = perf_counter()
    parse(whole)
    assert perf_counter() - began < 1.5


def test_many_footnotes_and_loops_of_references_are_read_at_once() -> None:
    """Footnotes that name each other end; hundreds of them are read within a second."""
    many = "".join(f"[^{at}] " for at in range(99)) + "\n\n" + "\n".join(f"[^{at}]: [^{at + 1}]" for at in range(99))
    assert excess(many) == ""
    began = perf_counter()
    assert sum(token.type == "footnote_open" for token in parse(many)) == 99
    assert sum(token.type == "footnote_open" for token in parse("[^1]\n\n[^1]: [^2]\n\n[^2]: [^1]")) == 2
    assert perf_counter() - began < 1.5
