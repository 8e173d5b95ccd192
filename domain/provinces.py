"""The provinces of the mainland, by the names that addresses and number plans begin with."""

PROVINCES = (
    "北京", "天津", "上海", "重庆", "河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建", "江西",
    "山东", "河南", "湖北", "湖南", "广东", "海南", "四川", "贵州", "云南", "陕西", "甘肃", "青海", "内蒙古", "广西",
    "西藏", "宁夏", "新疆",
)  # fmt: skip
"""Without 省, 市 or 自治区; none begins like another."""


def province_of(place: str) -> str | None:
    """`广东` for `广东`, `广东省` and `广东省广州市`; None for a place that begins with no province."""
    return next((province for province in PROVINCES if place.startswith(province)), None)
