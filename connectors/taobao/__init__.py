"""Taobao and Tmall: trades, refunds, messages of TMC."""
