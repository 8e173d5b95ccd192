"""Where Taobao's fields were seen."""

from connectors.tables import Source

_TOP = "https://github.com/bububa/opentaobao/blob/3a362f9b140f4ad541b1285764b7cee1515798e9/model"
_QIHANG = (
    "https://github.com/zeasin/qihangerp-oms/blob/30bdbb8fe82a288939e710643c40b6a0503419bc"
    "/module/open/src/main/java/cn/qihangerp/module/open/tao/domain"
)
_SPI = "src/main/java/com/taobao/api/internal/spi/SpiUtils.java"

TRADE = Source("opentaobao: Trade", f"{_TOP}/tbtrade/Trade.go")
ORDER = Source("opentaobao: Order", f"{_TOP}/tbtrade/Order.go")
FULLINFO = Source("opentaobao: trade.fullinfo.get", f"{_TOP}/tbtrade/TaobaoTradeFullinfoGetAPIRequest.go")
REFUND = Source("opentaobao: Refund", f"{_TOP}/tbrefund/Refund.go")
REMIND = Source("opentaobao: RefundRemindTimeout", f"{_TOP}/tbrefund/RefundRemindTimeout.go")
MESSAGE = Source("opentaobao: TmcMessage", f"{_TOP}/tmc/TmcMessage.go")
CONFIRM = Source("opentaobao: tmc.messages.confirm", f"{_TOP}/tmc/TaobaoTmcMessagesConfirmAPIRequest.go")
CUT = Source("opentaobao: delivery cut", f"{_TOP}/logistic/NotifyCutOffDeliveryProcessStatusRequest.go")
TMC = Source(
    "tmc.js: messages",
    "https://github.com/TheNorthMemory/tmc.js/blob/910ed99ba095b2f9fe6fc8c061ff16e7f6b8a80f/types/taobao.d.ts",
)
_PYTHON = "https://github.com/samzong/taobao-openapi/blob/9b3b7cba82ca6469eec9a0a0c80304bf84764e6a/top/api/rest"
INCREMENT = Source("opentaobao: trades.sold.increment.get", f"{_TOP}/tbtrade/TaobaoTradesSoldIncrementGetAPIRequest.go")
INCREMENT_TOO = Source("taobao-openapi: trades.sold.increment.get", f"{_PYTHON}/TradesSoldIncrementGetRequest.py")
RECEIVED = Source("opentaobao: refunds.receive.get", f"{_TOP}/tbrefund/TaobaoRefundsReceiveGetAPIRequest.go")
RECEIVED_TOO = Source("taobao-openapi: refunds.receive.get", f"{_PYTHON}/RefundsReceiveGetRequest.py")
ERRORS = Source("errors of TOP", "https://blog.csdn.net/ye1992/article/details/8616047")
ERRORS_TOO = Source("errors of TOP, a list", "https://www.cnblogs.com/Valentina/articles/2696993.html")
GUIDE = Source(
    "TOP's troubleshooting guide", "https://developer.alibaba.com/docs/doc.htm?articleId=102707&docType=1&treeId=19"
)
SEEN = Source(
    "xiaolusys: errors that came",
    "https://github.com/xiaolusys/xiaolusys/blob/5e7f77f92a95e38ab9c6fca392d5ff87ae1d2b7d"
    "/shopmanager/auth/apis/exceptions.py",
)
ERP_TRADE = Source("qihangerp: TaoOrder", f"{_QIHANG}/TaoOrder.java")
ERP_ORDER = Source("qihangerp: TaoOrderItem", f"{_QIHANG}/TaoOrderItem.java")
ERP_REFUND = Source("qihangerp: TaoRefund", f"{_QIHANG}/TaoRefund.java")
ARTICLE = Source("on trade.fullinfo.get", "https://developer.aliyun.com/article/1242819")
LISTING = Source("fields of a trade", "https://blog.csdn.net/tbprice/article/details/125242417")
SPI = Source(
    "taobao-sdk: SpiUtils",
    f"https://github.com/MarvinYu/taobao-sdk/blob/f21cecfb03e3a21f4e0882011df188ac5e2f10c6/{_SPI}",
)
SPI_TOO = Source(
    "dingtalk-service-sdk: SpiUtils",
    "https://github.com/opendingtalk/alibaba-dingtalk-service-sdk/blob/6569c5ce5b597e5ba21ab61c8b6c29b3ad71db11/"
    f"{_SPI}",
)
