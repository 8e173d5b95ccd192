"""The connectors by their names."""

from collections.abc import Mapping
from types import MappingProxyType

from connectors.connector import Connector
from connectors.kdniao.push import CONNECTOR as KDNIAO
from connectors.kuaidi100.push import CONNECTOR as KUAIDI100

CONNECTORS: Mapping[str, Connector] = MappingProxyType({one.name: one for one in (KUAIDI100, KDNIAO)})
