"""Douyin Shop (抖店): pushes, orders, requests after the sale."""
