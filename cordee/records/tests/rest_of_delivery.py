"""`-m … lease`: the lease of a killed delivery has passed. `-m … deliver`: hands over what is left."""

import sys
from datetime import timedelta

import django

if __name__ == "__main__":
    django.setup()
    from django.utils import timezone

    from cordee.records import outbox
    from cordee.records.models import Message

    if sys.argv[1] == "lease":
        Message.objects.filter(sent_at=None).update(sending_at=timezone.now() - timedelta(hours=1))
    else:
        outbox.deliver.call()
