"""Temporary media: kept for three days, fetched by id."""

import secrets
from dataclasses import dataclass, field

LIFETIME = 3 * 86_400
LIMITS: dict[str, int] = {
    "image": 10 * 1024 * 1024,
    "voice": 2 * 1024 * 1024,
    "video": 10 * 1024 * 1024,
    "thumb": 64 * 1024,
}
"""Kind to the largest size in bytes that is accepted."""
_TYPES: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG", "image/png", "png"),
    (b"\xff\xd8", "image/jpeg", "jpg"),
    (b"GIF8", "image/gif", "gif"),
    (b"#!AMR", "audio/amr", "amr"),
)


@dataclass(frozen=True, slots=True)
class Medium:
    """One stored medium."""

    kind: str
    data: bytes
    kept_at: float

    @property
    def content_type(self) -> str:
        """The type by its first bytes, as the platform names it."""
        return next((name for head, name, _ in _TYPES if self.data.startswith(head)), "application/octet-stream")

    @property
    def suffix(self) -> str:
        """The file ending that goes with the type."""
        return next((end for head, _, end in _TYPES if self.data.startswith(head)), "bin")


@dataclass(slots=True)
class MediaStore:
    """All media by id, in memory."""

    media: dict[str, Medium] = field(default_factory=dict)

    def keep(self, kind: str, data: bytes, now: float) -> str:
        """Store *data* and return its media id."""
        media_id = secrets.token_urlsafe(48)
        self.media[media_id] = Medium(kind, data, now)
        return media_id

    def fetch(self, media_id: str, now: float) -> Medium | None:
        """Return the medium; None if there is none or it is older than three days."""
        medium = self.media.get(media_id)
        if medium is None or now - medium.kept_at > LIFETIME:
            return None
        return medium
