"""Work done beside the pages: Django's tasks in the database, and what their backend lacks.

A task is a function under `django.tasks.task`, enqueued in the transaction of the act that wants it. Whatever happens
it may run twice, so **running a task again must change nothing more**. In return (`revival`): one whose process was
killed, or that failed, is run again after a pause that grows; after LIMIT tries it stays failed, for people to see.

`schedule` runs what time alone asks for; an app's `tasks.py` is discovered at start. `worker` is the process that does
both: `bin/serve` and `bin/demo` keep one beside the server. Decision 0005 says why it is so.
"""
