"""The parts of a report around its sections: the cards of client and agency, heading, cover and footer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.connect.fitted_pictures import fitted
from reportgen.connect.picture_files import load_picture
from reportgen.errors import ConfigurationError, SpecError
from reportgen.model import AgencyCard, ClientCard, Contact, CoverPage, ReportHeading
from reportgen.outputs.page.picture_pixels import cover_pixels, logo_pixels
from reportgen.spec.brand_pictures import cover_picture, logo_picture
from reportgen.spec.checking import problem_at
from reportgen.spec.cover_spec import chosen_cover, footer_template
from reportgen.spec.report_heading import heading_template, names_client
from reportgen.spec.variable_values import client_name

if TYPE_CHECKING:
    from reportgen.model import Picture
    from reportgen.spec.brand_pictures import NamedPicture
    from reportgen.spec.client_file import Client
    from reportgen.spec.planning import Plan
    from reportgen.spec.report_spec import ReportSpec


def client_card(plan: Plan) -> ClientCard:
    """Return the card of a report's client.

    Raises:
        SpecError: Its logo is unfit.
    """
    name = client_name(plan.spec, plan.client)
    if plan.client is None:
        return ClientCard("", name)
    return ClientCard(plan.client.id, name, _logo(plan.client))


def agency_card(plan: Plan) -> AgencyCard:
    """Return the card of a report's agency.

    Raises:
        SpecError: Its logo is unfit.
    """
    agency = plan.spec.agency
    written = agency.contact
    contact = Contact(written.name, written.email or "", written.phone or "", written.url or "") if written else None
    return AgencyCard(agency.name, _logo(plan.spec), agency.show_name, contact)


def heading_of(plan: Plan) -> ReportHeading:
    """Return the title of a report as it is printed."""
    template = plan.fill.kept(heading_template(plan.spec.title)).text
    return ReportHeading(plan.fill(template), names_client(template))


def cover_page(plan: Plan) -> CoverPage | None:
    """Return the cover of a report, or None for a report without a cover.

    Raises:
        SpecError: Its image is unfit.
    """
    cover, _ = chosen_cover(plan.spec, plan.client)
    image = cover_picture(plan.spec, plan.client)
    if cover == "none":
        return None
    return CoverPage(fitted(_loaded(image), cover_pixels()) if image else None)


def footer_of(plan: Plan) -> str | None:
    """Return the author's text in the lower margin, or None for the agency's name."""
    template = footer_template(plan.spec, plan.client)
    return (plan.fill(template) or None) if template else template


def _logo(file: ReportSpec | Client) -> Picture | None:
    logo = logo_picture(file)
    return fitted(_loaded(logo), *logo_pixels()) if logo else None


def _loaded(named: NamedPicture) -> Picture:
    try:
        return load_picture(named.file.parent, named.name)
    except ConfigurationError as error:
        raise SpecError([problem_at(named.file, named.place, str(error))]) from error
