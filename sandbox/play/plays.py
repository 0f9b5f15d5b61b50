"""The stories by name."""

from sandbox.play.main_job import play_main_job

PLAYS = {"main-job": play_main_job}
