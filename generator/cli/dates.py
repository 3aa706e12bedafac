"""Moments as the command says them."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from generator.cli.words import Words


def say_moment(when: datetime, zone: ZoneInfo, words: Words) -> str:
    """`1er mai 2026 à 8 h 30`, in the newsletter's time zone; midnight is a date alone."""
    from generator.outputs.moments import clock, moment

    local = when.astimezone(zone)
    day = moment(local, words.spoken).long
    if local.time() == time(0):
        return day
    return words.say("moment", day=day, time=clock(local, words.spoken))


def short_moment(when: datetime, zone: ZoneInfo) -> str:
    """A moment in a column: `2026-05-01` or `2026-05-01 08:30`."""
    local = when.astimezone(zone)
    return f"{local:%Y-%m-%d}" if local.time() == time(0) else f"{local:%Y-%m-%d %H:%M}"
