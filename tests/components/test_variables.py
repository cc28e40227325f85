"""The words in braces of a text: variables, live words, and neither."""

from __future__ import annotations

import pytest

from reportgen.components.variables import Filling, LiveWord, check_variables, check_words, live_words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{client.nme}", "{client.nme} is no variable; did you mean {client.name}? Known are client.name"),
        ("{period.chnge}", "{period.chnge} is no variable; "),
        ("{spend.chnge}", "{spend.chnge}: 'chnge' is no part of a number; did you mean 'change'?"),
        ("{spend.change.last_year}", "{spend.change.last_year}: 'last_year' is no comparison; did you mean 'same"),
        ("{spend.goal.previous_period}", "{spend.goal.previous_period}: a goal is not compared; leave out 'previous_"),
        ("{spend.x}", "{spend.x}: 'x' is no part of a number; known are baseline, change, moved, goal"),
        ("{Zug 7}", "{Zug 7}: names have small letters, digits and underscores alone; write {zug_7}, or {{ for a"),
        (
            "{Spend.Change}",
            "{Spend.Change}: names have small letters, digits and underscores alone; write {spend.change}",
        ),
        ("{Client.Name}", "{Client.Name}: names have small letters, digits and underscores alone; write {client.name}"),
        ("{Zug!}", "{Zug!} is no variable; write {{ for a plain brace."),
        ("{}", "{} is no variable; write {{ for a plain brace."),
        ("{spend", "the brace before 'spend' is not closed; write {{ for a plain brace"),
    ],
)
def test_words_that_are_neither(text: str, said: str) -> None:
    """The message names the word and the nearest."""
    with pytest.raises(ValueError, match=r".") as caught:
        check_words(text)
    assert str(caught.value).startswith(said)


def test_live_words() -> None:
    """All words in braces that are no variables, in their order; a double brace is plain."""
    text = "{spend} of {spend.goal} in {period.label} {{likes}} {as_of} {title}"
    assert check_words(text) == text
    assert [word.text for word in live_words(text)] == ["spend", "spend.goal", "title"]
    assert list(live_words("{a.change.previous_month}")) == [LiveWord("a", "change", "previous_month")]
    assert list(live_words(text, ("title", "spend"))) == [LiveWord("spend", "goal"), LiveWord("as_of")]


def test_a_path_has_no_live_words() -> None:
    """A name of a file is known before anything is asked."""
    with pytest.raises(ValueError, match=r"{spend} is no variable"):
        check_variables("words/{spend}.md")


def test_filling() -> None:
    """Values are put in once; a word without a value stays; in Markdown no sign of a value counts."""
    fill = Filling({"client.name": "A*B* {spend}", "spend": "5"})
    assert fill("{spend}. {client.name} {{x}} {later}") == "5. A*B* {spend} {x} {later}"
    assert fill.markdown("{spend}. **{client.name}** {{x}}") == r"&#53;. **A\*B\* \{spend\}** {x}"
    assert fill.and_of({"spend": "6"})("{spend}") == "6"
