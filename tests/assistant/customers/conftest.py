from pathlib import Path

import pytest

from assistant.customers.demo import CUSTOMERS, DemoCustomerSystem
from knowledge_base.tariffs import Tariffs

TARIFE = Path(__file__).parents[3] / "knowledge_base/content/tarife"


@pytest.fixture(scope="session")
def tariffs() -> Tariffs:
    return Tariffs.load(TARIFE)


@pytest.fixture(scope="session")
def demo(tariffs) -> DemoCustomerSystem:
    return DemoCustomerSystem.load(CUSTOMERS, tariffs)
