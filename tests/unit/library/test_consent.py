"""Every form that is filled in with a client asks first, and nothing counts as agreed before a yes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from forms.engine import Session, load_form
from forms.library import library
from forms.library.progress import CONSENT, agreed, asks_consent
from ournydesk.bootstrap.library import form_version
from ournydesk.domain.answers import Answers

NOW = datetime(2026, 11, 28, 14, 0, tzinfo=UTC)
FORMS = sorted(entry.id for entry in library())


@pytest.mark.parametrize("name", FORMS)
def test_before_the_client_said_yes_no_form_counts_as_agreed(name: str) -> None:
    version = form_version(name)
    assert version is not None
    form = load_form(version.xml, version.files)
    assert asks_consent(form)
    session = Session.open(form, Answers(), NOW)
    assert not agreed(session)
    for state in session.walk():
        if CONSENT in state.definition.attributes:
            session.set(state.ref, "N")
    assert not agreed(session)
