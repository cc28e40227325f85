"""The places of secrets that the author's files name."""

from __future__ import annotations

from reportgen.spec.client_file import ApiSpec
from reportgen.spec.delivery_spec import FleetDelivery
from reportgen.spec.secret_places import secret_places


def test_places_of_secrets_are_found_wherever_they_stand() -> None:
    """Each has its key; an address that is written out is no place of one."""
    delivery = FleetDelivery.model_validate(
        {
            "to": [
                {"folder": "out"},
                {"webhook": {"url": "https://x.example", "secret": {"env": "SIGN"}}},
                {"webhook": {"url": {"file": "url.txt"}, "secret": {"env": "SIGN"}}},
            ]
        }
    )
    found = {key: place.env or place.file for key, place in secret_places(delivery, "deliver")}
    assert found == {
        "deliver.to.1.webhook.secret": "SIGN",
        "deliver.to.2.webhook.url": "url.txt",
        "deliver.to.2.webhook.secret": "SIGN",
    }
    api = ApiSpec.model_validate({"token": {"env": "AGENCY"}, "customer_token": {"file": "aurora.txt"}})
    assert [key for key, _ in secret_places(api)] == ["token", "customer_token"]
