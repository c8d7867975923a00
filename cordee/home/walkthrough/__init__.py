"""The main job, walked over HTTP as the people concerned: `python -m cordee.home.walkthrough http://127.0.0.1:8000`."""
