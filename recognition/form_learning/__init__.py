"""Learns a form from the PDF of its kits: places by looking, the payload's grammar by comparing pages."""
