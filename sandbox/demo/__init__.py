"""The demo: the product on this machine, with the local messenger for Telegram's far end.

It uses the product's own command line and nothing that only a demo has.
"""
