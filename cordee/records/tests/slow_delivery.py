"""Hands over thirty messages, one of them without noting it, and waits to be killed."""

import time

import django

if __name__ == "__main__":
    django.setup()
    from cordee.records import outbox

    sent, hand_over = [], outbox._envelope

    def slowly(message):
        if len(sent) == 30:
            print("there", flush=True)
            time.sleep(60)
        sent.append(message)
        return hand_over(message)

    outbox._envelope = slowly
    outbox.deliver.call()
