"""What coordinators press."""

from aiogram import Router

from handlers.coordinator import college, number, print_file, region, reviews


def routers() -> list[Router]:
    """A fresh tree is not made: each router belongs to the one dispatcher of the process."""
    return [region.router, college.router, reviews.router, number.router, print_file.router]
