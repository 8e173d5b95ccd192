"""Carriers under the names that each platform has for them; one that is not here keeps a code, but no Chinese name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from connectors.reading import CannotRead
from connectors.tables import Row, Source

KUAIDI100_CODES = Source(
    "kuaidi100 java-demo",
    "https://github.com/kuaidi100-api/java-demo/blob/68a6ab42803039294e2fd0caa40a9d28360bd3cd"
    "/src/main/java/com/kuaidi100/sdk/contant/CompanyConstant.java",
)
KDNIAO_CODES = Source(
    "misu99/kdniao",
    "https://github.com/misu99/kdniao/blob/fb0b57d0031a850aab816632b020a346332691e0/data/express_data.go",
)
KDNIAO_CONSTANTS = Source(
    "bububa/kdniao",
    "https://github.com/bububa/kdniao/blob/98b0fda4e9d60cde7bae3b771ae1dfb9ca6c017b/config/const.go",
)

_CODE = re.compile(r"[a-z0-9_-]{1,32}")
_TAIL = re.compile(r"(?:股份)?(?:有限)?(?:责任)?公司$")
_KIND = re.compile(r"(?:速递物流|快递包裹|快递|速递|速运|物流)$")


@dataclass(frozen=True, slots=True)
class Carrier:
    """A carrier by our code.

    Attributes:
        chinese: how its Chinese names begin, whatever 快递, 速递 or 有限公司 follows.
    """

    code: str
    chinese: tuple[str, ...]
    kuaidi100: str | None = None
    kdniao: str | None = None

    def row(self) -> Row:
        """As the documents show it."""
        names = [f"`{name}`" for name in (self.kuaidi100, self.kdniao) if name]
        sources = (KUAIDI100_CODES, KDNIAO_CODES) if self.kuaidi100 else (KDNIAO_CODES, KDNIAO_CONSTANTS)
        return Row(", ".join(self.chinese), " / ".join(names), f"`{self.code}`", sources)


CARRIERS = (
    Carrier("sf", ("顺丰",), "shunfeng", "SF"),
    Carrier("zto", ("中通",), "zhongtong", "ZTO"),
    Carrier("yto", ("圆通",), "yuantong", "YTO"),
    Carrier("sto", ("申通",), "shentong", "STO"),
    Carrier("yunda", ("韵达",), "yunda", "YD"),
    Carrier("jt", ("极兔",), "jtexpress", "JTSD"),
    Carrier("jd", ("京东",), "jd", "JD"),
    Carrier("ems", ("EMS", "邮政EMS", "中国邮政EMS"), "ems", "EMS"),
    Carrier("best", ("百世", "百世汇通", "汇通"), "huitongkuaidi", "HTKY"),
    Carrier("deppon", ("德邦",), "debangkuaidi", "DBL"),
    Carrier("zjs", ("宅急送",), "zhaijisong", "ZJS"),
    Carrier("ttk", ("天天",), None, "HHTT"),
    Carrier("post", ("邮政", "中国邮政"), None, "YZPY"),
    Carrier("uc", ("优速",), None, "UC"),
)

BY_KUAIDI100 = {one.kuaidi100: one.code for one in CARRIERS if one.kuaidi100}
BY_KDNIAO = {one.kdniao: one.code for one in CARRIERS if one.kdniao}
_BY_CHINESE = {name: one.code for one in CARRIERS for name in one.chinese}


def carrier_by_code(code: str, known: Mapping[str, str]) -> str:
    """Ours for a platform's code; one that is not known is its own, in small letters.

    Raises:
        CannotRead: it is no code.
    """
    ours = known.get(code, code.lower())
    if not _CODE.fullmatch(ours):
        raise CannotRead(f"carrier {code[:40]} is no code")
    return ours


def carrier_by_name(name: str) -> str:
    """Ours for a Chinese name such as 中通快递 or 圆通速递有限公司; a code stays one.

    Raises:
        CannotRead: the name is not known, so that nobody takes one carrier for another.
    """
    short = _TAIL.sub("", name.strip())
    ours = _BY_CHINESE.get(short) or _BY_CHINESE.get(_KIND.sub("", short))
    if ours is None and _CODE.fullmatch(short.lower()):
        ours = BY_KDNIAO.get(short.upper(), BY_KUAIDI100.get(short.lower(), short.lower()))
    if ours is None:
        raise CannotRead(f"carrier {name[:40]} is not known; add it to connectors/carriers.py")
    return ours


def kuaidi100_code(carrier: str) -> str:
    """What Kuaidi100 calls a carrier of ours."""
    return next((one.kuaidi100 for one in CARRIERS if one.code == carrier and one.kuaidi100), carrier)


def kdniao_code(carrier: str) -> str:
    """What Kdniao calls a carrier of ours."""
    return next((one.kdniao for one in CARRIERS if one.code == carrier and one.kdniao), carrier.upper())
