"""Files in S3: the same acts on a real server of it, with boto3 and Litestream as clients."""

import os
import sqlite3
import subprocess
import sys
import uuid
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import boto3
import pytest
from django.core.files.storage import default_storage
from moto.server import ThreadedMotoServer

from config.environment import files_from
from cordee.records import files
from cordee.records.management.safekeeping.copying import copy
from cordee.records.management.safekeeping.restoring import restore

KEYS = {"AWS_ACCESS_KEY_ID": "essai", "AWS_SECRET_ACCESS_KEY": "essai", "AWS_DEFAULT_REGION": "ca-central-1"}
CONTENT = "Procès-verbal 🧗".encode()
DIGEST = sha256(CONTENT).hexdigest()
pytestmark = pytest.mark.filterwarnings("default::DeprecationWarning")


@pytest.fixture
def bucket(monkeypatch):
    """The address of a bucket, as CORDEE_FILES says it."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_CA_BUNDLE", raising=False)  # Litestream stops at it
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    endpoint = f"http://127.0.0.1:{server.get_host_and_port()[1]}"
    client = boto3.client("s3", endpoint_url=endpoint)
    name = f"cordee-{uuid.uuid4().hex}"  # what one server of moto holds, the next one of this process holds too
    client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "ca-central-1"})
    client.close()
    yield f"s3://{name}/recus?endpoint={endpoint}&region=ca-central-1"
    server.stop()


@pytest.fixture
def in_s3(bucket, settings, monkeypatch, tmp_path):
    monkeypatch.setenv("CORDEE_FILES", bucket)
    settings.DATA_DIR = tmp_path / "data"
    settings.STORAGES = {**settings.STORAGES, "default": files_from("CORDEE_FILES", folder=tmp_path)}


def test_a_file_is_kept_given_and_seen_when_altered(in_s3, db):
    first = files.store(CONTENT, media_type="text/plain")
    assert files.store(CONTENT, media_type="text/plain") == first
    assert files.content_of(first) == CONTENT
    default_storage.delete(f"{DIGEST[:2]}/{DIGEST}")
    with pytest.raises(files.Altered):
        files.content_of(first)
    files.put_back(CONTENT)
    assert files.content_of(first) == CONTENT


@pytest.mark.django_db(transaction=True)
def test_a_copy_takes_what_is_in_s3(in_s3, tmp_path):
    files.store(CONTENT, media_type="text/plain")
    path, manifest = copy(tmp_path)
    assert manifest.checksums[f"files/{DIGEST[:2]}/{DIGEST}"] == DIGEST
    assert restore(path, only_check=True)[0].missing == []


def test_litestream_copies_a_database_there_and_back(bucket, tmp_path):
    program = Path(sys.executable).with_name("litestream")
    source, back = tmp_path / "source.sqlite3", tmp_path / "back.sqlite3"
    with closing(sqlite3.connect(source)) as written:
        written.execute("PRAGMA journal_mode=WAL")
        written.execute("CREATE TABLE act (id INTEGER)")
        written.execute("INSERT INTO act VALUES (7)")
        written.commit()
    url = bucket.replace("/recus", "/replique")
    sent = subprocess.run([program, "replicate", "-once", source, url], env=dict(os.environ), capture_output=True)
    assert sent.returncode == 0, sent.stderr
    given = subprocess.run([program, "restore", "-o", back, url], env=dict(os.environ), capture_output=True)
    assert given.returncode == 0, given.stderr
    with closing(sqlite3.connect(back)) as read:
        assert read.execute("SELECT id FROM act").fetchall() == [(7,)]
