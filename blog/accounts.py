"""Who is logged in, and what they may: Django's own answers, by queries that are written once."""

from datetime import UTC, datetime

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from blog.models import User
from blog.prepared import Prepared


class Accounts(ModelBackend):
    """Names and passwords, and rights from groups and of one's own, all of them read at once."""

    def get_user(self, user_id: int) -> User | None:
        """The account of a session, or None if it is gone or closed."""
        user = _USER.object(user=user_id)
        return user if user and self.user_can_authenticate(user) else None

    def get_all_permissions(self, user_obj: User, obj: object = None) -> set[str]:
        """All that somebody may, as "app.codename"; 1 query."""
        asked = user_obj.is_active and not user_obj.is_anonymous and not user_obj.is_superuser and obj is None
        if asked and not hasattr(user_obj, "_perm_cache"):
            user_obj._perm_cache = {f"{app}.{name}" for app, name in _RIGHTS.rows(user=user_obj.pk)}
        return super().get_all_permissions(user_obj, obj)


class SessionStore(DatabaseSessions):
    """Django's sessions in the database; the setting SESSION_ENGINE names this module."""

    def load(self) -> dict:
        """What the session holds; nothing for one that is over or was never there."""
        for (data,) in _SESSION.rows(key=self.session_key, now=timezone.now()):
            return self.decode(data)
        self._session_key = None
        return {}


def _rights(user: int) -> QuerySet:
    names = Permission.objects.order_by().values_list("content_type__app_label", "codename")
    return names.filter(user=user).union(names.filter(group__user=user), all=True)


_USER = Prepared(User, lambda user: User.objects.filter(pk=user), user=919_191)
_RIGHTS = Prepared(Permission, _rights, user=919_191)
_SESSION = Prepared(
    Session,
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now).values_list("session_data"),
    key="919191",
    now=datetime(1999, 9, 9, 9, 9, 9, 999_999, tzinfo=UTC),
)
