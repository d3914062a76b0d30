"""The Celery app and the whole schedule. The schedule is code, so a second scheduler or a lost file changes nothing."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("scrutineers")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Every entry is a sweep: it looks for rows that are due, so a missed or a doubled tick is harmless.
# `expires` keeps a worker that was away from working through a pile of stale ticks.
app.conf.beat_schedule = {
    "send mail that is due": {"task": "outbox.tasks.deliver", "schedule": 15.0, "options": {"expires": 14}},
    "put back mail whose sender died": {"task": "outbox.tasks.reclaim", "schedule": 30.0, "options": {"expires": 29}},
    "forget the text of old mail": {"task": "outbox.tasks.forget_old_text", "schedule": 6 * 3600.0},
    "queue joining details and reminders": {
        "task": "meetups.tasks.queue_due_letters",
        "schedule": 30.0,
        "options": {"expires": 29},
    },
    "plan rooms that were asked for": {
        "task": "meetups.tasks.plan_rooms",
        "schedule": 15.0,
        "options": {"expires": 14},
    },
    "ask what people thought, send notes": {
        "task": "meetups.tasks.queue_letters_afterwards",
        "schedule": 60.0,
        "options": {"expires": 59},
    },
    "forget old sign-ups": {"task": "meetups.tasks.forget_old_signups", "schedule": 6 * 3600.0},
    "draw this month's UnMentoring round": {
        "task": "unmentoring.tasks.draw",
        "schedule": 30.0,
        "options": {"expires": 29},
    },
    "queue letters of UnMentoring": {
        "task": "unmentoring.tasks.queue_letters",
        "schedule": 30.0,
        "options": {"expires": 29},
    },
    "forget what UnMentoring no longer needs": {"task": "unmentoring.tasks.forget", "schedule": 6 * 3600.0},
    "ask and remind for surveys": {
        "task": "networking.tasks.queue_surveys",
        "schedule": 300.0,
        "options": {"expires": 299},
    },
    "send invitations to cohorts": {
        "task": "networking.tasks.queue_invitations",
        "schedule": 30.0,
        "options": {"expires": 29},
    },
    "tell what is new in journals of cohorts": {
        "task": "networking.tasks.queue_journal_digests",
        "schedule": 600.0,
        "options": {"expires": 599},
    },
    "work out matches that were asked for": {
        "task": "networking.tasks.work_out_matches",
        "schedule": 15.0,
        "options": {"expires": 14},
    },
    "notice support meetings that did not come": {
        "task": "networking.tasks.notice_silence",
        "schedule": 60.0,
        "options": {"expires": 59},
    },
    "tell who wants one mail a day of questions": {
        "task": "networking.tasks.tell_questions_of_the_day",
        "schedule": 300.0,
        "options": {"expires": 299},
    },
    "forget what networked councillors no longer need": {"task": "networking.tasks.forget", "schedule": 6 * 3600.0},
    "remove evidence at the end of its life": {"task": "evidence.tasks.forget", "schedule": 6 * 3600.0},
    # At night, and at an hour: a scheduler that is started anew every day would never come to "every 24 hours".
    "remove files that no row names": {
        "task": "evidence.tasks.remove_leftover_files",
        "schedule": crontab(hour="3", minute="40"),
    },
    "look at pages that people asked about": {
        "task": "evidence.tasks.work_through_fetches",
        "schedule": 5.0,
        "options": {"expires": 5},
    },
    "end listening sessions that nobody ended": {"task": "evidence.tasks.end_sessions", "schedule": 3600.0},
    "forget pages that were looked at": {"task": "evidence.tasks.forget_fetches", "schedule": 6 * 3600.0},
    "heartbeat": {"task": "pages.tasks.heartbeat", "schedule": 30.0, "options": {"expires": 29}},
}
