"""The typed keys under which the application holds its parts."""

from aiohttp import web

from simulator.phones import Phones
from simulator.platform import Platform

PLATFORM = web.AppKey("platform", Platform)
PHONES = web.AppKey("phones", Phones)
