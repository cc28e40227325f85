"""`include:`: fragments read as if they stood in the spec, and what may not be included."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from reportgen.components.number import NumberBlock
from reportgen.errors import SpecError
from reportgen.languages import all_languages
from reportgen.spec.checking import check_file
from reportgen.spec.loading import load_spec

if TYPE_CHECKING:
    from pathlib import Path

SPEC = """\
version: 1
sources:
  shop: {integration: instagram_business}
  cafe: {integration: instagram_business}
sections:
"""
SHOP = "  - {include: fragments/social.yaml, with: {source: shop, title: The shop, prefix: shop, goal: 50}}\n"
CAFE = "  - {include: fragments/social.yaml, with: {source: cafe, title: The café, prefix: cafe, goal: 0.5}}\n"
SOCIAL = """\
- title: "{with.title} of {client.name}"
  source: "{with.source}"
  blocks:
    - {name: reach, id: r1, trend: days, goal: "{with.goal}", reference_key: r, component: number_v1, metrics: [reach]}
    - {name: days, reference_key: "ig:reach_over_time", component: chart_v1, metrics: [reach], dimensions: [date]}
    - {name: twice, formula: reach * 2}
    - {metric_list: [reach, twice]}
    - {summary: [twice]}
"""
PLAIN = "  - {title: Plain, blocks: [{text: Hello}]}\n"


def folder(root: Path, files: dict[str, str]) -> Path:
    """Write files below a folder and return the spec among them."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root / "spec.yaml"


def refused(spec: Path) -> list[str]:
    """Return what is wrong with a spec, without its folder."""
    with pytest.raises(SpecError) as caught:
        load_spec(spec)
    return [str(problem).replace(f"{spec.parent}/", "") for problem in caught.value.problems]


def test_one_section_for_two_accounts(tmp_path: Path) -> None:
    """Parameters are replaced, a number stays one, and names, ids and references get the prefix."""
    spec = load_spec(folder(tmp_path, {"spec.yaml": SPEC + SHOP + CAFE, "fragments/social.yaml": SOCIAL}))
    assert [(section.title, section.source) for section in spec.sections] == [
        ("The shop of {client.name}", "shop"),
        ("The café of {client.name}", "cafe"),
    ]
    names = [[name for name, _ in blocks] for _, blocks in spec.named_sections()]
    assert [one[:3] for one in names] == [
        [f"{prefix}_{word}" for word in ("reach", "days", "twice")] for prefix in ("shop", "cafe")
    ]
    reach, _, twice, listed, told = spec.sections[1].blocks
    written = reach.model_dump(include={"id", "trend", "goal"}, exclude_unset=True)
    assert written == {"id": "cafe_r1", "trend": "cafe_days", "goal": {"target": 0.5}}
    assert (twice.builds_on(), listed.builds_on(), told.builds_on()) == (
        ("cafe_reach",),
        ("cafe_reach", "cafe_twice"),
        ("cafe_twice",),
    )
    assert spec.fragments == (tmp_path / "fragments/social.yaml",)


def test_without_prefix_references_lead_out_of_the_fragment(tmp_path: Path) -> None:
    """A formula of a fragment may name a number of the spec, also where the fragment has a prefix."""
    number = "{name: all, reference_key: 'ig:a', component: number_v1, metrics: [a]}"
    blocks = f"  - {{title: A, source: shop, blocks: [{number}, {{include: f.yaml, with: {{prefix: x}}}}]}}\n"
    fragment = "- {name: half, formula: all / 2}\n- {name: quarter, formula: half / 2}\n"
    spec = load_spec(folder(tmp_path, {"spec.yaml": SPEC + blocks, "f.yaml": fragment}))
    assert [block.builds_on() for block in spec.sections[0].blocks] == [(), ("all",), ("x_half",)]


def test_conditions_get_the_prefix(tmp_path: Path) -> None:
    """The names of numbers and of sections get it, and neither the parts of numbers nor texts in quotes do."""
    number = "{name: change, reference_key: 'ig:a', component: number_v1, metrics: [a]}"
    blocks = f"[{number}, {{text: Hm, when: change is missing or change = 'change'}}]"
    fragment = f"- {{name: both, title: B, source: shop, when: change.change > 1%, blocks: {blocks}}}\n"
    include = "  - {include: f.yaml, with: {prefix: x}}\n"
    spec = load_spec(folder(tmp_path, {"spec.yaml": SPEC + include, "f.yaml": fragment}))
    section = spec.sections[-1]
    assert (section.when, section.blocks[1].when) == (
        "x_change.change > 1%",
        "x_change is missing or x_change = 'change'",
    )
    assert section.name == "x_both"


def test_tables_of_numbers_get_the_prefix(tmp_path: Path) -> None:
    """The numbers in their cells do, and in the live words of their rows; names of rows and columns do not."""
    number = "- {name: spend, reference_key: 'fb:a', component: number_v1, metrics: [a]}\n"
    table = "- {metric_table: [{row: 'spend, {spend}', spend: spend * 2, goal: spend.goal}]}\n"
    include = "  - {title: A, source: shop, blocks: [{include: f.yaml, with: {prefix: x}}]}\n"
    spec = load_spec(folder(tmp_path, {"spec.yaml": SPEC + include, "f.yaml": number + table}))
    written = spec.sections[-1].blocks[1].model_dump(include={"metric_table"})
    assert written == {"metric_table": ({"row": "spend, {x_spend}", "spend": "x_spend * 2", "goal": "x_spend.goal"},)}


def test_live_words_get_the_prefix(tmp_path: Path) -> None:
    """Those of a fragment's own numbers, in every text and language; variables and plain braces stay."""
    number = "{name: reach, reference_key: 'ig:a', component: number_v1, metrics: [a], label: 'Of {reach}'}"
    text = "{text: {en: '{reach.change} {period.label} {all} {{reach}}', es: '{reach}'}}"
    outside = "{name: all, reference_key: 'ig:b', component: number_v1, metrics: [b]}"
    fragment = f"- {{title: 'Of {{reach}}', source: shop, blocks: [{number}, {text}]}}\n"
    blocks = f"  - {{source: shop, blocks: [{outside}]}}\n  - {{include: f.yaml, with: {{prefix: x}}}}\n"
    section = load_spec(folder(tmp_path, {"spec.yaml": SPEC + blocks, "f.yaml": fragment})).sections[-1]
    assert (section.title, section.blocks[0].label) == ("Of {x_reach}", "Of {x_reach}")
    written = section.blocks[1].prose()[0]
    assert isinstance(written, str)
    assert all_languages(written) == ("{x_reach.change} {period.label} {all} {{reach}}", "{x_reach}")


def test_links_get_the_prefix(tmp_path: Path) -> None:
    """Those to blocks of the fragment do; those to other blocks, and to other pages, stay."""
    number = "- {name: reach, reference_key: 'ig:a', component: number_v1, metrics: [a]}\n"
    text = "- text: See [it](#block-reach), [all](#block-all), [more](<#block-reach> 'Reach'), [us](https://a.example/#block-reach).\n"
    include = "  - {title: A, source: shop, blocks: [{include: f.yaml, with: {prefix: x}}]}\n"
    spec = load_spec(folder(tmp_path, {"spec.yaml": SPEC + include, "f.yaml": number + text}))
    assert spec.sections[-1].blocks[1].prose() == (
        "See [it](#block-x_reach), [all](#block-all), [more](<#block-x_reach> 'Reach'), [us](https://a.example/#block-reach).",
    )


def test_fragments_in_fragments(tmp_path: Path) -> None:
    """Paths start from the spec's folder everywhere, prefixes add up, and a parameter can be handed on."""
    files = {
        "spec.yaml": SPEC + "  - {include: a/one.yaml, with: {prefix: a, words: Hello}}\n",
        "a/one.yaml": "- title: One\n  blocks:\n"
        '    - {include: b/two.yaml, with: {prefix: b, words: "{with.words}, you"}}\n    - page_break\n',
        "b/two.yaml": '- {name: said, text: "{with.words} {{with.words}}"}\n',
    }
    spec = load_spec(folder(tmp_path, files))
    (_, blocks), *_ = spec.named_sections()
    assert [name for name, _ in blocks] == ["a_b_said", "pagebreak"]
    assert blocks[0][1].model_dump()["text"] == "Hello, you {{with.words}}"
    assert [path.name for path in spec.fragments] == ["one.yaml", "two.yaml"]


def test_a_spec_without_includes_is_as_it_was(tmp_path: Path) -> None:
    """Nothing of the folder is read."""
    assert load_spec(folder(tmp_path, {"spec.yaml": SPEC + PLAIN})).fragments == ()


def test_problems_after_an_include_keep_their_place(tmp_path: Path) -> None:
    """An entry behind an include is told by its place in the file, not in the whole."""
    text = SPEC + SHOP + "  - {title: Plain, blocks: [{txt: Hello}]}\n"
    (said,) = refused(folder(tmp_path, {"spec.yaml": text, "fragments/social.yaml": SOCIAL}))
    assert said.startswith("spec.yaml:7:29: sections.1.blocks.0: a block has one of the keys")


@pytest.mark.parametrize(
    ("fragment", "said"),
    [
        (SOCIAL.replace("trend:", "trnd:"), ":4:29: 0.blocks.0.trnd: 'trnd' is no key here; did you mean 'trend'?"),
        (SOCIAL.replace("reach * 2", "rech * 2"), ":6:30: 0.blocks.2.formula: column 1: 'rech' is the name of no"),
        (SOCIAL.replace(".title}", ".titel}"), ":1:10: 0.title: {with.titel} is not given; did you mean 'title'?"),
        (SOCIAL.replace('"{with.source}"', "{with.source}"), ":2:11: 0.source: what stands in braces is a list"),
        (SOCIAL.replace("{with.title}", "{with.title} {client.nme}"), "did you mean {client.name}?"),
        ("", ":1:1: is empty; it has to hold a list of sections, each of them after a hyphen (included by spec"),
        ("# only a comment\n", "is empty"),
        ("[]\n", "is empty"),
        ("Hello\n", "holds a single value; a file that is included holds a list of sections"),
        ("version: 1\nname: Aurora\n", "holds the keys version, name; a file that is included holds a list"),
        ("- {text: Hello}\n- page_break\n", "holds blocks; include it as an entry of blocks:, not of sections:"),
        ("- [\n", "is no YAML here"),
        ("- !!python/object/apply:os.system [ls]\n", "is not read; leave it out (included by spec.yaml:6)"),
        ("- {title: A, title: B, blocks: []}\n", "'title' stands here a second time; the first is in line 1"),
        (SOCIAL.replace("{with.title}", "{with.title} sk_live_abcdefghijklmnop1234"), "looks like a token"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_fragment(tmp_path: Path, fragment: str, said: str) -> None:
    """It is told with file and line of the fragment, and who includes it."""
    found = refused(folder(tmp_path, {"spec.yaml": SPEC + SHOP, "fragments/social.yaml": fragment}))
    assert any(said in one for one in found), found
    assert all(one.startswith("fragments/social.yaml:") or "names no {with." in one for one in found)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("{include: fragments/socal.yaml}", "there is no such file; did you mean 'fragments/social.yaml'?"),
        ("{include: fragment/social.yaml}", "there is no such file; did you mean 'fragments/social.yaml'?"),
        ("{include: ../outside.yaml}", "without '..'"),
        ("{include: fragments/../../outside.yaml}", "without '..'"),
        ("{include: /etc/hosts.yaml}", "write its path from the folder"),
        ("{include: 'C:\\x.yaml'}", "write its path from the folder"),
        ("{include: fragments/link.yaml}", "the link leads out of"),
        ("{include: out/outside.yaml}", "the link leads out of"),
        ("{include: fragments/pipe.yaml}", "is not a file"),
        ("{include: fragments}", "is no YAML file"),
        ("{include: .env}", "is no YAML file"),
        ("{include: fragments/latin.yaml}", "latin.yaml:1:1: is not UTF-8; save the file as UTF-8 (incl"),
        ("{include: fragments/huge.yaml}", "is larger than the 500,000 bytes"),
        ("{include: fragments/bomb.yaml}", "holds more than"),
        ("{include: spec.yaml}", "includes itself: spec.yaml -> spec.yaml"),
        ("{include: 5}", "expected text, not 5; put it in quotes"),
        ("{include: ''}", "sections.0.include"),
        ("{include: fragments/social.yaml, whit: {}}", "'whit' is no key here; did you mean 'with'?"),
        ("{include: fragments/social.yaml, with: [a]}", "expected keys, not ['a']"),
        ("{include: fragments/social.yaml, with: {title: {a: b}}}", "sections.0.with.title: write a text"),
        ("{include: fragments/social.yaml, with: {prefix: My Shop}}", "the prefix 'My Shop' begins no name"),
        (
            "{include: fragments/social.yaml, with: {source: shop, title: T, goal: 1, titel: T}}",
            "spec.yaml:6:85: sections.0.with.titel: 'fragments/social.yaml' names no {with.titel}; did you mean 'ti",
        ),
        ("{title: A, blocks: {include: fragments/social.yaml}}", "expected a list, each entry of which begins with"),
        ("{title: A, blocks: [{include: fragments/social.yaml}]}", "holds sections; include it as an entry of sec"),
    ],
)  # fmt: skip
def test_what_may_not_be_included(tmp_path: Path, entry: str, said: str) -> None:
    """Nothing outside the spec's folder, no link out of it, no pipe, nothing too large, and no misspelt key."""
    root = tmp_path / "agency"
    spec = folder(root, {"spec.yaml": f"{SPEC}  - {entry}\n", "fragments/social.yaml": SOCIAL, ".env": "A=1"})
    outside = tmp_path / "outside.yaml"
    outside.write_text(SOCIAL)
    (root / "fragments/link.yaml").symlink_to(outside)
    (root / "out").symlink_to(tmp_path)
    os.mkfifo(root / "fragments/pipe.yaml")
    (root / "fragments/latin.yaml").write_bytes("- title: São João\n".encode("latin-1"))
    (root / "fragments/huge.yaml").write_text("# " + "x" * 500_000)
    bombs = "".join(f"    b{level}: &b{level} [{', '.join([f'*b{level - 1}'] * 9)}]\n" for level in range(1, 9))
    (root / "fragments/bomb.yaml").write_text("- a:\n    b0: &b0 [x, x]\n" + bombs)
    found = refused(spec)
    assert any(said in one for one in found), found


def test_a_fragment_is_not_checked_alone(tmp_path: Path) -> None:
    """It is said with what it is checked."""
    folder(tmp_path, {"fragments/social.yaml": SOCIAL})
    (problem,) = check_file(tmp_path / "fragments/social.yaml").problems
    assert problem.message.startswith("holds a list; what a spec includes is checked with that spec")


def test_a_circle_is_told_with_its_chain(tmp_path: Path) -> None:
    """Also where a link gives one of the files another name."""
    files = {
        "spec.yaml": SPEC + "  - include: a.yaml\n",
        "a.yaml": "- include: b.yaml\n",
        "b.yaml": "- include: again.yaml\n",
    }
    spec = folder(tmp_path, files)
    (tmp_path / "again.yaml").symlink_to(tmp_path / "a.yaml")
    (said,) = refused(spec)
    assert said == (
        "b.yaml:1:12: 0.include: includes itself: a.yaml -> b.yaml -> a.yaml; take one of these includes out "
        "(included by a.yaml:1, included by spec.yaml:6)"
    )


def test_depth_is_bounded(tmp_path: Path) -> None:
    """Five files deep, and no further."""
    files = {"spec.yaml": SPEC + "  - include: f1.yaml\n", "f6.yaml": PLAIN}
    files |= {f"f{level}.yaml": f"- include: f{level + 1}.yaml\n" for level in range(1, 6)}
    (said,) = refused(folder(tmp_path, files))
    assert "'f6.yaml' is too much: a spec includes at most 5 files deep" in said
    (tmp_path / "f5.yaml").write_text("- {title: Plain, blocks: [{text: Hello}]}\n")
    assert load_spec(tmp_path / "spec.yaml").sections[0].title == "Plain"


@pytest.mark.parametrize("leaf", ["- {title: Plain, blocks: [{text: Hello}]}\n", "- {title: P, blocks: []}\n"])
def test_size_is_bounded(tmp_path: Path, leaf: str) -> None:
    """Ten files that include the next one a hundred times each are given up at ten thousand keys, not at a million."""
    files = {"spec.yaml": SPEC + "  - include: f1.yaml\n" * 100, "f4.yaml": leaf}
    files |= {f"f{level}.yaml": f"- include: f{level + 1}.yaml\n" * 100 for level in range(1, 4)}
    (said,) = refused(folder(tmp_path, files))
    assert "the spec holds more than 10,000 keys and values" in said


def test_the_length_of_texts_is_bounded(tmp_path: Path) -> None:
    """A parameter that is named ten thousand times makes no text of ten million letters, nor one that is too long."""
    words = "x" * 1000
    files = {"spec.yaml": SPEC + f"  - {{include: f.yaml, with: {{words: {words}}}}}\n" * 9}
    files["f.yaml"] = "- title: T\n  blocks: [{text: '" + "{with.words}" * 500 + "'}, {text: Hello}]\n"
    (said,) = refused(folder(tmp_path, files))
    assert "the spec holds more than 2,000,000 letters" in said
    (tmp_path / "spec.yaml").write_text(SPEC + f"  - {{include: f.yaml, with: {{words: {words}x}}}}\n")
    (said,) = refused(tmp_path / "spec.yaml")
    assert "sections.0.with.words: write a text of at most 1,000 letters" in said


def test_the_number_of_files_is_bounded(tmp_path: Path) -> None:
    """A hundred."""
    files = {f"f{number}.yaml": "- {title: Plain, blocks: []}\n" for number in range(101)}
    text = SPEC + "".join(f"  - include: {name}\n" for name in files)
    (said,) = refused(folder(tmp_path, {"spec.yaml": text} | files))
    assert said.startswith(
        "spec.yaml:106:14: sections.100.include: 'f100.yaml' is too much: a spec includes at most 100 files"
    )


def test_a_name_in_two_fragments(tmp_path: Path) -> None:
    """It is told where both stand, and that a prefix helps."""
    shop = "  - {include: a.yaml}\n  - {include: b.yaml}\n"
    block = "- title: T\n  blocks:\n    - {name: said, text: Hello}\n"
    (said,) = refused(folder(tmp_path, {"spec.yaml": SPEC + shop, "a.yaml": block, "b.yaml": block}))
    assert said == (
        "b.yaml:3:14: 0.blocks.0.name: 'said' is the name of the block in line 3 of a.yaml too; "
        "change one, or write a prefix where it is included, as in with: {prefix: shop} (included by spec.yaml:7)"
    )


def test_every_problem_of_every_include(tmp_path: Path) -> None:
    """All of them are told at once, each once."""
    text = SPEC + "  - include: a.yaml\n  - include: b.yaml\n" + SHOP.replace("title:", "titel:")
    found = refused(folder(tmp_path, {"spec.yaml": text, "a.yaml": "- [\n", "fragments/social.yaml": SOCIAL}))
    assert [one.split(": ")[0] for one in found] == ["a.yaml:2:1", "fragments/social.yaml:1:10", "spec.yaml:7:14"]


def test_a_history_has_the_numbers_of_its_account(tmp_path: Path) -> None:
    """Of one number or of several."""
    histories = "    - {history: twice}\n    - {history: [reach, twice], by: week}\n"
    spec = load_spec(folder(tmp_path, {"spec.yaml": SPEC + CAFE, "fragments/social.yaml": SOCIAL + histories}))
    one, several = spec.sections[0].blocks[-2:]
    assert (one.builds_on(), several.builds_on()) == (("cafe_twice",), ("cafe_reach", "cafe_twice"))


def test_a_parameter_of_digits_is_filled_in_as_it_is_written(tmp_path: Path) -> None:
    """Alone or in a text, a parameter keeps its leading zeros where a text is wanted, and is a number elsewhere."""
    include = "  - {include: f.yaml, with: {shop: 007, goal: 0100}}\n"
    fragment = (
        '- title: "{with.shop}"\n  source: shop\n  blocks:\n    - {label: "Shop {with.shop}", '
        'goal: "{with.goal}", reference_key: r, component: number_v1, metrics: [x]}\n'
    )
    (section,) = load_spec(folder(tmp_path, {"spec.yaml": SPEC + include, "f.yaml": fragment})).sections
    block = section.blocks[0]
    assert isinstance(block, NumberBlock)
    assert block.goal
    assert (section.title, block.label, block.goal.target) == ("007", "Shop 007", 100)
