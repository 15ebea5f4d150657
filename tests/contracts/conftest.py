"""An unlocked vault, once in memory and once on the disk: the fakes cannot promise what the desk does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ournydesk.ports import OpenVault
from ournydesk.store.vaults import LaptopVaults
from tests.fakes import cheap
from tests.fakes.open_vault import FakeOpenVault


@pytest.fixture(params=["in memory", "on the disk"])
def vault(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenVault]:
    if request.param == "in memory":
        yield FakeOpenVault()
        return
    vaults = LaptopVaults(tmp_path, policy=cheap.POLICY, cost=cheap.COST)
    opened = vaults.open(vaults.create("Invented seat", cheap.WORDS).id, cheap.WORDS)
    yield opened
    assert opened.check().sound
    opened.close()
