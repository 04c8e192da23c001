"""The JSON API, a file a noun; `ROUTERS` is its table of contents."""

from api.routes import pins

ROUTERS = (pins.router,)
