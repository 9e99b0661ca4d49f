"""The shared access token in the database, as bot.tokens.TokenStore wants it."""

from bot.tokens import Token
from storage import keyvalue
from storage.database import Database


class StoredToken:
    """One account's token, seen by every process."""

    def __init__(self, database: Database, appid: str) -> None:
        self._database = database
        self._appid = appid

    async def get(self) -> Token | None:
        """Return the token last put."""
        found = await self._database.read(lambda connection: keyvalue.token(connection, self._appid))
        return Token(found[0], found[1] // 1000) if found else None

    async def put(self, token: str, expires_at: int) -> None:
        """Keep a token for everybody."""
        await self._database.write(
            lambda connection: keyvalue.put_token(connection, self._appid, token, expires_at * 1000)
        )
