# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the tests of mullion-driver share. Their programs are called with DRIVER LAUNCHER and the names
of test cases."""

import http.client
import json
import os
import subprocess
import sys
import time

from selenium import webdriver
from selenium.webdriver.common.options import ArgOptions

HERE = os.path.dirname(os.path.abspath(__file__))
APP = os.path.join(HERE, 'app')
PATIENCE = 30
DRIVER, LAUNCHER = sys.argv[1:3]


class Server:
    """A driver of this test's own, on a port that it has chosen itself."""

    def __init__(self, env=None):
        self.process = subprocess.Popen([DRIVER, '--port=0', f'--launcher={LAUNCHER}'],
                                        stdout=subprocess.PIPE, text=True, env=env)
        self.port = int(self.process.stdout.readline().rsplit(':', 1)[1])

    def request(self, method, path, body=None, headers=None):
        """Returns the status and the JSON of an answer; text goes as it is."""
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=PATIENCE)
        text = body if body is None or isinstance(body, str) else json.dumps(body)
        try:
            connection.request(method, path, text, headers or {})
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        return response.status, json.loads(content) if content else None

    def close(self):
        self.process.terminate()
        self.process.wait(PATIENCE)
        self.process.stdout.close()


class Options(ArgOptions):
    """What Selenium asks for: no browser, but an app."""

    @property
    def default_capabilities(self):
        return {'browserName': 'mullion'}

    def to_capabilities(self):
        return dict(self._caps)


def connect(server, **options):
    wishes = Options()
    wishes.set_capability('mullion:options', options or {'folder': APP})
    return webdriver.Remote(f'http://127.0.0.1:{server.port}', options=wishes)


def wait_until(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise AssertionError('waited in vain')
        time.sleep(0.02)


def is_running(pid):
    try:
        with open(f'/proc/{pid}/stat', encoding='utf-8') as stat:
            return stat.read().rsplit(')', 1)[1].split()[0] != 'Z'
    except (FileNotFoundError, ProcessLookupError):
        return False


def name_of(pid):
    """The program that a process runs, and nothing of one that is gone."""
    try:
        with open(f'/proc/{pid}/cmdline', encoding='utf-8') as line:
            return line.read().split('\0')[0]
    except (FileNotFoundError, ProcessLookupError):
        return ''


def descendants(pid):
    """The processes below one, by what /proc says now."""
    children = {}
    for name in filter(str.isdigit, os.listdir('/proc')):
        try:
            with open(f'/proc/{name}/stat', encoding='utf-8') as stat:
                parent = int(stat.read().rsplit(')', 1)[1].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
        children.setdefault(parent, []).append(int(name))
    found, new = [], [pid]
    while new:
        new = [child for parent in new for child in children.get(parent, [])]
        found += new
    return found
