from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from pathlib import Path

    from verifier.pipeline import Verifier


settings.register_profile("any-machine", deadline=None)  # a busy machine is no failure
settings.load_profile("any-machine")


@pytest.fixture(scope="session")
def bundled() -> Verifier:
    """The model that ships, loaded once; without it the tests that ask for it fail."""
    from verifier.pipeline import Verifier  # noqa: PLC0415 - most tests do without

    return Verifier()


@pytest.fixture(scope="session")
def tiny_folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One folder with a tiny random model for each architecture."""
    import tiny_models  # noqa: PLC0415 - pulls in transformers, and most tests do without

    root = tmp_path_factory.mktemp("tiny-models")
    return {name: tiny_models.save_model(root / name, name) for name in tiny_models.LABELS}
