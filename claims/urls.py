"""The pages' addresses, grouped by object. A view's name is its address's name and its template's name."""

from __future__ import annotations

from django.urls import URLPattern, path

from claims.views import (
    account,
    articles,
    comparison,
    events,
    pairs,
    quality,
    queue,
    review,
    settings,
    sources,
    versions,
)
from claims.views import annotations as notes

urlpatterns: list[URLPattern] = [
    path("login/", account.login, name="login"),
    path("logout/", account.logout, name="logout"),
    path("", events.events, name="events"),
    path("settings/", settings.settings, name="settings"),
    path("events/add/", events.event_add, name="event_add"),
    path("events/<slug:slug>/", events.event, name="event"),
    path("events/<slug:slug>/progress/", events.event_progress, name="event_progress"),
    path("events/<slug:slug>/retry/", events.event_retry, name="event_retry"),
    path("events/<slug:slug>/articles/add/", articles.article_add, name="article_add"),
    path("events/<slug:slug>/sources/add/", sources.source_add, name="source_add"),
    path("sources/<int:pk>/change/", sources.source_change, name="source_change"),
    path("articles/<int:pk>/", articles.article, name="article"),
    path("articles/<int:pk>/language/", articles.article_language, name="article_language"),
    path("articles/<int:pk>/revise/", versions.article_revise, name="article_revise"),
    path("articles/<int:pk>/versions/", versions.versions, name="versions"),
    path("articles/<int:pk>/versions/<int:number>/", versions.version, name="version"),
    path("articles/<int:pk>/diff/<int:since>/<int:until>/", versions.diff, name="diff"),
    path("claims/<int:pk>/source/", articles.correct, name="correct"),
    path("comparisons/<int:pk>/nearest/<int:claim>/", comparison.nearest, name="nearest"),
    # Last of those that begin with an event: any two words after its slug are read as two sources.
    path("events/<slug:slug>/<slug:a>/<slug:b>/", comparison.comparison, name="comparison"),
    path("pairs/<int:pk>/", pairs.pair, name="pair"),
    path("pairs/<int:pk>/review/", review.review, name="review"),
    path("pairs/<int:pk>/annotations/", notes.annotate, name="annotate"),
    path("annotations/<int:pk>/replies/", notes.reply, name="reply"),
    path("annotations/<int:pk>/resolve/", notes.resolve, name="resolve"),
    path("annotations/<int:pk>/reopen/", notes.reopen, name="reopen"),
    path("quality/", quality.quality, name="quality"),
    path("quality/apply/", quality.quality_apply, name="quality_apply"),
    path("quality/back/<int:pk>/", quality.quality_back, name="quality_back"),
    path("review/", queue.queue, name="queue"),
    path("review/undo/", review.undo, name="undo"),
]
