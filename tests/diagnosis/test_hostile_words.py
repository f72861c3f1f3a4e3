"""What strangers wrote into their replies can neither stop the judgement nor accuse anybody."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mailwizard.diagnosis.diagnose import Diagnosis
from tests.diagnosis import domain_builders as domain
from tests.diagnosis import network_seen as made
from tests.diagnosis.network_seen import Scene
from tests.diagnosis.test_network_pairs import diagnosed, said

NO_ADDRESS = ("http://[", "//[::1", "http://[bad]x/", "https://x:99999999/", "javascript:void(0)")
NEVER = (datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), datetime(1, 1, 1, tzinfo=UTC))
LATER = datetime(2034, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("location", NO_ADDRESS)
def test_a_sign_in_page_at_an_address_that_is_none(location: str) -> None:
    def odd_portal(scene: Scene) -> None:
        made.captive_portal(scene)
        scene.portals = [replace(r, location=location) for r in scene.portals]

    diagnosis = diagnosed(odd_portal)
    assert said(diagnosis) == {"CAPTIVE_PORTAL"}
    assert diagnosis.verdict.data["page"]


@pytest.mark.parametrize("date", NEVER)
@pytest.mark.parametrize("replies", [1, 3])
def test_a_date_that_cannot_be_is_no_time_of_day(date: datetime, replies: int) -> None:
    assert said(dated(date, replies)) == set()


def test_one_server_s_time_alone_lets_no_domain_expire() -> None:
    assert said(dated(LATER, 1)) == set()
    assert said(dated(LATER, 3)) == {"CLOCK_WRONG", "DOMAIN_EXPIRED"}


def dated(date: datetime, replies: int) -> Diagnosis:
    """Some web servers tell this date, the others none; the domain is paid for until 2027."""

    def change(scene: Scene) -> None:
        given = [date] * replies + [None] * 3
        scene.portals = [replace(r, date=None) for r in scene.portals]
        scene.https = [replace(r, date=told) for r, told in zip(scene.https, given, strict=False)]

    seen = [
        *domain.public("MX", "answer", *domain.GOOD),
        *domain.there("mx1.qiye.aliyun.com", "mx2.qiye.aliyun.com"),
        domain.registered(),
    ]
    return diagnosed(change, elsewhere=[("domain", one) for one in seen])
