"""What the server asks of a passkey, in an attribute: pages hold no script of their own."""

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder)
