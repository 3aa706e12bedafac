"""Switches of the test run."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-cases",
        action="store_true",
        help="write what the code gives now into tests/cases/, to be read in review",
    )
    parser.addoption(
        "--law",
        type=int,
        metavar="N",
        help="let the writer of tests/build/test_law.py play N random games instead of its few",
    )
