"""The connectors by their names."""

from collections.abc import Mapping
from types import MappingProxyType

from connectors.connector import Connector
from connectors.douyin.exchange import CONNECTOR as DOUYIN
from connectors.jd.exchange import CONNECTOR as JD
from connectors.kdniao.push import CONNECTOR as KDNIAO
from connectors.kuaidi100.push import CONNECTOR as KUAIDI100
from connectors.taobao.exchange import CONNECTOR as TAOBAO

CONNECTORS: Mapping[str, Connector] = MappingProxyType(
    {one.name: one for one in (TAOBAO, DOUYIN, JD, KUAIDI100, KDNIAO)}
)
