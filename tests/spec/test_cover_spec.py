"""The cover, the last page, the footer and the agency's contact in specs and clients."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.errors import SpecError
from reportgen.spec.brand_pictures import cover_picture, logo_picture
from reportgen.spec.checking import check_file
from reportgen.spec.cover_spec import CoverSpec, chosen_cover, footer_template, has_about
from reportgen.spec.loading import load_client, load_spec

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.spec.client_file import Client
    from reportgen.spec.report_spec import ReportSpec

SPEC = """\
version: 1
{more}
sections:
  - blocks: [{{text: Words.}}]
"""
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>'


def spec(folder: Path, *lines: str) -> ReportSpec:
    """Load a spec with some lines."""
    path = folder / "spec.yaml"
    path.write_text(SPEC.format(more="\n".join(lines)))
    return load_spec(path)


def client(folder: Path, *lines: str) -> Client:
    """Load a client with some lines, from the folder of the spec."""
    path = folder / "client.yaml"
    path.write_text("\n".join(["version: 1", "name: Acme", *lines, ""]))
    return load_client(path)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("cover: non", "2:8: cover: 'non' is none of the words here; did you mean 'none'?"),
        ("cover: false", "2:8: cover: False is no cover; write {image: FILE}, or none"),
        ("cover: images/a.jpg", "2:8: cover: 'images/a.jpg' is no cover; write {image: FILE}, or none"),
        ("cover: null", "2:8: cover: None is no cover; write {image: FILE}, or none"),
        (
            "footer: '{reach}'",
            "2:9: footer: {reach} is no variable and no number of the spec; write {{ for",
        ),
        ("theme: papr", "2:8: theme: 'papr' is no theme; did you mean 'paper'?; or write the path of a theme file"),
        ("cover: {imag: a.jpg}", "2:9: cover.imag: 'imag' is no key here; did you mean 'image'?"),
        ("cover: {image: 'https://cdn.example/a.jpg'}", "2:16: cover.image: this picture is a file below"),
        ("agency: {logo: 'https://cdn.example/a.png'}", "2:16: agency.logo: this picture is a file below the folder"),
        ("about: nothing", "2:8: about: 'nothing' is none of the words here; known are page, none"),
        ("footer: '{agency.nam}'", "2:9: footer: {agency.nam} is no variable; did you mean {agency.name}?"),
        (f"footer: {'x' * 151}", "2:9: footer: a footer of 151 letters fits no margin; shorten it to 150"),
        ("agency: {name: Norte, show_name: false}", "2:9: agency: show_name: false leaves out the name beside a logo"),
        ("agency: {contact: {}}", "2:19: agency.contact: a contact has a name, an email, a phone or a url"),
        ("agency: {contact: {email: ana}}", "2:27: agency.contact.email: 'ana' is no e-mail address"),
        ("agency: {contact: {email: 'a@b.example\\r'}}", "2:27: agency.contact.email: "),
        ("agency: {contact: {phone: call me}}", "2:27: agency.contact.phone: 'call me' is no phone number"),
        (
            "agency: {contact: {url: 'javascript:alert(1)'}}",
            "2:25: agency.contact.url: 'javascript:alert(1)' is no web",
        ),
        ("agency: {contact: {url: 'https://u:p@x.example'}}", "2:25: agency.contact.url: "),
        ("agency: {contact: {url: 'https://x.example/a b'}}", "2:25: agency.contact.url: "),
        ("agency: {contact: {url: 'http://[::1'}}", "2:25: agency.contact.url: "),
    ],
)
def test_what_is_wrong_is_told_at_its_place(tmp_path: Path, line: str, said: str) -> None:
    """Each problem has its line and column and says what to write."""
    with pytest.raises(SpecError) as raised:
        spec(tmp_path, line)
    assert said in str(raised.value)


@pytest.mark.parametrize("phone", ["+55 11 5555 0100", "(11) 5555-0100", "1155550100"])
def test_phone_numbers_are_written_in_many_ways(tmp_path: Path, phone: str) -> None:
    """With a country, with brackets, or as nothing but digits."""
    contact = spec(tmp_path, f"agency: {{contact: {{phone: '{phone}'}}}}").agency.contact
    assert contact
    assert contact.phone == phone


def test_a_client_has_its_own(tmp_path: Path) -> None:
    """The client's cover, last page and footer go before the spec's, also where they bring back what the spec lacks."""
    bare = spec(tmp_path, "cover: none", "about: none", "footer: Ours")
    assert (chosen_cover(bare, None), has_about(bare, None), footer_template(bare, None)) == (
        ("none", bare.path),
        False,
        "Ours",
    )
    silent = client(tmp_path)
    assert (chosen_cover(bare, silent)[0], has_about(bare, silent), footer_template(bare, silent)) == (
        "none",
        False,
        "Ours",
    )
    own = client(tmp_path, "cover: {image: a.svg}", "about: page", "footer: ''")
    assert (chosen_cover(bare, own)[0], has_about(bare, own), footer_template(bare, own)) == (
        CoverSpec(image="a.svg"),
        True,
        "",
    )


def shown_pictures(spec: ReportSpec, client: Client | None) -> list[str]:
    """Return the names of the logos and of the cover's image of a report."""
    logos = (logo_picture(file) for file in (spec, client) if file)
    return [picture.name for picture in (*logos, cover_picture(spec, client)) if picture]


def test_the_pictures_of_a_report_are_named_once(tmp_path: Path) -> None:
    """Logos, and the image of the cover that is used: the client's in place of the spec's, in the same folder."""
    shown = spec(tmp_path, "agency: {logo: norte.svg}", "cover: {image: a.jpg}")
    assert shown_pictures(shown, None) == ["norte.svg", "a.jpg"]
    own = client(tmp_path, "brand: {logo: acme.svg}", "cover: {image: b.jpg}")
    assert shown_pictures(shown, own) == ["norte.svg", "acme.svg", "b.jpg"]
    without = client(tmp_path, "cover: none")
    assert shown_pictures(shown, without) == ["norte.svg"]


@pytest.mark.parametrize("kind", ["spec", "client"])
def test_a_missing_image_is_a_problem_of_the_file_that_names_it(tmp_path: Path, kind: str) -> None:
    """`check` looks for the image of the cover, in a spec and in a client."""
    (tmp_path / "square.svg").write_text(SQUARE)
    make = {"spec": spec, "client": client}[kind]
    make(tmp_path, "cover: {image: square.svg}")
    assert check_file(tmp_path / f"{kind}.yaml").problems == ()
    make(tmp_path, "cover: {image: gone.jpg}")
    (problem,) = check_file(tmp_path / f"{kind}.yaml").problems
    assert (problem.place, problem.message.rpartition(": ")[2]) == ("cover.image", "there is no such file")
    make(tmp_path, "cover: {image: ../spec.yaml}")
    assert "without '..'" in check_file(tmp_path / f"{kind}.yaml").problems[0].message
