"""The main job as the demo plays it."""

import pytest

from tests.play.playing import play

LONGEST_S = 400

pytestmark = pytest.mark.timeout(LONGEST_S)


async def test_ten_of_ten_is_finished_and_told(database_url: str) -> None:
    given = database_url if database_url.startswith("postgresql") else None
    played = await play("main-job", database_url=given)
    assert played.code == 0, played.transcript
    assert played.outcome["kits_complete"] == 10
    assert played.outcome["finished"] is True
    assert played.outcome["coordinator_notified"] is True
    assert played.outcome["counts"]["finishes"] == 1
    assert len(played.outcome["counts"]["notices"]) == 1
    assert len(played.outcome["file_hashes"]) == 21
    assert played.outcome["message_ids"]["pictures"], "a bad page comes with a picture"


async def test_a_webhook_tells_the_same_story() -> None:
    played = await play("main-job", "--webhook")
    assert played.code == 0, played.transcript
    assert played.outcome["finished"] is True


async def test_without_a_kit_nothing_finishes() -> None:
    played = await play("main-job", "--without-kit", "10")
    assert played.code == 1
    assert played.outcome["kits_complete"] == 9
    assert played.outcome["finished"] is False
    assert played.outcome["message_ids"]["finish_offered"] is False
    assert played.outcome["coordinator_notified"] is False
    assert played.outcome["counts"]["notices"] == []
