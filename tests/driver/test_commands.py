# SPDX-License-Identifier: LGPL-2.1-or-later
"""The commands of the WebDriver standard, as tables.

Usage: test_commands.py DRIVER LAUNCHER [TESTCASE]
"""

import concurrent.futures
import json
import socket
import sys
import unittest

from harness import Server, connect, wait_until


class Commands(unittest.TestCase):
    """Each command of the standard: once as it should be, and with what it must refuse."""

    ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'
    OF_ELEMENT = ['text', 'name', 'rect', 'enabled', 'selected', 'displayed', 'computedrole',
                  'computedlabel', 'attribute/id', 'property/value', 'css/color']

    # method, path, body → the value
    DONE = [
        ('GET', 'timeouts', None, {'script': 30000, 'pageLoad': 300000, 'implicit': 0}),
        ('POST', 'timeouts', {'script': 5000, 'implicit': 10}, None),
        ('GET', 'timeouts', None, {'script': 5000, 'pageLoad': 300000, 'implicit': 10}),
        ('POST', 'timeouts', {'script': 30000, 'implicit': 0}, None),
        ('GET', 'title', None, 'Driven'),
        ('POST', 'url', {'url': 'app://io.github.mullion.driven/index.html#a'}, None),
        ('POST', 'back', {}, None),
        ('GET', 'url', None, 'app://io.github.mullion.driven/index.html'),
        ('POST', 'forward', {}, None),
        ('GET', 'url', None, 'app://io.github.mullion.driven/index.html#a'),
        ('POST', 'refresh', {}, None),
        ('GET', 'window/rect', None, {'x': 0, 'y': 0, 'width': 800, 'height': 600}),
        ('POST', 'window/rect', {'width': 700, 'height': 500},
         {'x': 0, 'y': 0, 'width': 700, 'height': 500}),
        ('POST', 'window/rect', {'width': 800, 'height': 600},
         {'x': 0, 'y': 0, 'width': 800, 'height': 600}),
        ('POST', 'frame', {'id': None}, None),
        ('POST', 'frame/parent', {}, None),
        ('POST', 'execute/sync', {'script': 'return arguments[0] + 1', 'args': [6]}, 7),
        ('POST', 'execute/async', {'script': 'arguments[0](7)', 'args': []}, 7),
        ('POST', 'cookie', {'cookie': {'name': 'a', 'value': 'b'}}, None),
        ('GET', 'cookie/a', None, {
            'name': 'a', 'value': 'b', 'path': '/', 'domain': 'io.github.mullion.driven',
            'secure': False, 'httpOnly': False, 'sameSite': 'None'}),
        ('DELETE', 'cookie/a', None, None),
        ('GET', 'cookie', None, []),
        ('POST', 'cookie', {'cookie': {'name': 'c', 'value': 'd', 'domain': '.mullion.driven'}},
         None),
        ('DELETE', 'cookie', None, None),
        ('GET', 'cookie', None, []),
        ('POST', 'actions', {'actions': []}, None),
        ('DELETE', 'actions', None, None),
    ]

    # method, path, body → the error
    REFUSED = [
        ('POST', 'timeouts', {'script': -1}, 'invalid argument'),
        ('POST', 'timeouts', {'script': 'x'}, 'invalid argument'),
        ('POST', 'url', {}, 'invalid argument'),
        ('POST', 'url', {'url': 'nonsense'}, 'invalid argument'),
        ('POST', 'window', {}, 'invalid argument'),
        ('POST', 'window', {'handle': 'none'}, 'no such window'),
        ('POST', 'window/new', {'type': 'tab'}, 'unsupported operation'),
        ('POST', 'window/rect', {'width': 'x'}, 'invalid argument'),
        ('POST', 'frame', {'id': 99}, 'no such frame'),
        ('POST', 'frame', {'id': 'x'}, 'invalid argument'),
        ('POST', 'element', {'using': 'css selector', 'value': '#none'}, 'no such element'),
        ('POST', 'element', {'using': 'css selector', 'value': '##'}, 'invalid selector'),
        ('POST', 'element', {'using': 'xpath', 'value': '///'}, 'invalid selector'),
        ('POST', 'element', {'using': 'link text', 'value': 'none'}, 'no such element'),
        ('POST', 'element', {'using': 'partial link text', 'value': 'no'}, 'no such element'),
        ('POST', 'element', {'using': 'magic', 'value': 'x'}, 'invalid argument'),
        ('POST', 'elements', {'using': 'css selector'}, 'invalid argument'),
        ('POST', 'execute/sync', {'script': 'throw new Error("x")', 'args': []}, 'javascript error'),
        ('POST', 'execute/sync', {'script': 'return 1'}, 'invalid argument'),
        ('POST', 'execute/sync', {'args': []}, 'invalid argument'),
        ('POST', 'execute/sync', {'script': 'return 1', 'args': [{ELEMENT: 'none'}]},
         'no such element'),
        ('POST', 'execute/async', {'script': 'throw new Error("x")', 'args': []},
         'javascript error'),
        ('POST', 'element/none/element', {'using': 'css selector', 'value': 'a'},
         'no such element'),
        ('POST', 'element/none/click', {}, 'no such element'),
        ('POST', 'element/none/clear', {}, 'no such element'),
        ('POST', 'element/none/value', {'text': 'a'}, 'no such element'),
        ('GET', 'element/none/screenshot', None, 'no such element'),
        ('GET', 'element/none/shadow', None, 'no such element'),
        ('POST', 'frame', {'id': {ELEMENT: 'none'}}, 'no such element'),
        ('POST', 'frame', {}, 'invalid argument'),
        ('POST', 'cookie', {}, 'invalid argument'),
        ('POST', 'cookie', {'cookie': {'name': 'a'}}, 'invalid argument'),
        ('POST', 'cookie', {'cookie': {'name': 'a', 'value': 'b', 'domain': 'example.org'}},
         'invalid cookie domain'),
        ('POST', 'cookie', {'cookie': {'name': 'a', 'value': 'b', 'domain': 'ullion.driven'}},
         'invalid cookie domain'),
        ('POST', 'cookie', {'cookie': {'name': 'a', 'value': 'b', 'domain': '.'}},
         'invalid cookie domain'),
        ('GET', 'cookie/none', None, 'no such cookie'),
        ('POST', 'alert/dismiss', {}, 'no such alert'),
        ('POST', 'alert/accept', {}, 'no such alert'),
        ('GET', 'alert/text', None, 'no such alert'),
        ('POST', 'alert/text', {'text': 'a'}, 'no such alert'),
        ('POST', 'nonsense', {}, 'unknown command'),
        ('DELETE', 'title', None, 'unknown method'),
    ]

    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.driver = connect(cls.server)

    @classmethod
    def tearDownClass(cls):
        cls.driver.quit()
        cls.server.close()

    def command(self, method, path, body=None):
        status, answer = self.server.request(
            method, f'/session/{self.driver.session_id}/{path}', body)
        return status, answer['value']

    def test_done(self):
        for method, path, body, value in self.DONE:
            with self.subTest(method=method, path=path, body=body):
                self.assertEqual(self.command(method, path, body), (200, value))

    def test_refused(self):
        for method, path, body, error in self.REFUSED:
            with self.subTest(method=method, path=path, body=body):
                status, value = self.command(method, path, body)
                self.assertGreaterEqual(status, 400)
                self.assertEqual(value['error'], error)

    def find(self, using, value):
        status, element = self.command('POST', 'element', {'using': using, 'value': value})
        self.assertEqual(status, 200)
        return element[self.ELEMENT]

    def test_find(self):
        for using, value in [('css selector', 'input#text'), ('xpath', '//*[@id="text"]')]:
            with self.subTest(using=using):
                element = self.find(using, value)
                self.assertEqual(self.command('GET', f'element/{element}/attribute/id'),
                                 (200, 'text'))

    def test_element(self):
        element = self.find('css selector', '#text')
        values = {name: self.command('GET', f'element/{element}/{name}') for name in self.OF_ELEMENT}
        self.assertEqual({status for status, _ in values.values()}, {200})
        self.assertEqual({name: values[name][1] for name in [
            'name', 'enabled', 'selected', 'displayed', 'computedrole', 'property/value']},
            {'name': 'input', 'enabled': True, 'selected': False, 'displayed': True,
             'computedrole': 'textbox', 'property/value': 'old'})

    def test_no_element(self):
        for name in self.OF_ELEMENT:
            with self.subTest(name=name):
                self.assertEqual(self.command('GET', f'element/none/{name}')[1]['error'],
                                 'no such element')

    def test_stale_element(self):
        element = self.find('css selector', '#text')
        self.command('POST', 'refresh', {})
        for method, name, body in [('POST', 'click', {}), ('POST', 'clear', {}),
                                   ('POST', 'value', {'text': 'x'}), ('GET', 'text', None)]:
            with self.subTest(name=name):
                self.assertEqual(self.command(method, f'element/{element}/{name}', body)[1]['error'],
                                 'stale element reference')

    def test_element_states(self):
        """What cannot be cleared, has no shadow, or is no frame."""
        self.command('POST', 'execute/sync', {
            'script': 'document.querySelector("#area").readOnly = true', 'args': []})
        for method, selector, name, error in [
                ('POST', '#area', 'clear', 'invalid element state'),
                ('POST', '#plain', 'clear', 'invalid element state'),
                ('GET', '#plain', 'shadow', 'no such shadow root')]:
            with self.subTest(selector=selector, name=name):
                element = self.find('css selector', selector)
                body = {} if method == 'POST' else None
                self.assertEqual(self.command(method, f'element/{element}/{name}', body)[1]['error'],
                                 error)
        plain = {self.ELEMENT: self.find('css selector', '#plain')}
        self.assertEqual(self.command('POST', 'frame', {'id': plain})[1]['error'], 'no such frame')
        self.command('POST', 'refresh', {})

    def test_alert_in_the_way(self):
        self.command('POST', 'execute/sync', {'script': 'setTimeout(() => alert("a"))', 'args': []})
        wait_until(lambda: self.command('GET', 'alert/text')[0] == 200)
        self.assertEqual(self.command('POST', 'alert/text', {'text': 'b'})[1]['error'],
                         'element not interactable')
        self.assertEqual(self.command('GET', 'title')[1]['error'], 'unexpected alert open')
        self.assertEqual(self.command('GET', 'title'), (200, 'Driven'))

    def test_two_clients(self):
        """One waits till the other is done: a session does one thing at a time."""
        wait = {'script': 'setTimeout(arguments[0], 200, 1)', 'args': []}
        with concurrent.futures.ThreadPoolExecutor() as pool:
            answers = list(pool.map(lambda _: self.command('POST', 'execute/async', wait), range(4)))
        self.assertEqual(answers, 4 * [(200, 1)])

    def test_client_that_vanishes(self):
        """Nobody reads the answer, and the next command finds the session as it was."""
        body = json.dumps({'script': 'setTimeout(arguments[0], 200, 1)', 'args': []})
        with socket.create_connection(('127.0.0.1', self.server.port)) as client:
            client.sendall(f'POST /session/{self.driver.session_id}/execute/async HTTP/1.1\r\n'
                           f'Host: 127.0.0.1:{self.server.port}\r\n'
                           f'Content-Length: {len(body)}\r\n\r\n{body}'.encode())
        self.assertEqual(self.command('GET', 'title'), (200, 'Driven'))

    def test_script_timeout(self):
        self.command('POST', 'timeouts', {'script': 100})
        body = {'script': '', 'args': []}
        self.assertEqual(self.command('POST', 'execute/async', body)[1]['error'], 'script timeout')
        self.command('POST', 'timeouts', {'script': 30000})

    def test_page_timeout(self):
        """The app does not let its page go there."""
        self.command('POST', 'timeouts', {'pageLoad': 500})
        self.assertEqual(self.command('POST', 'url', {'url': 'https://127.0.0.1:9/'})[1]['error'],
                         'timeout')
        self.command('POST', 'timeouts', {'pageLoad': 300000})


if __name__ == '__main__':
    unittest.main(argv=[sys.argv[0], '--verbose', *sys.argv[3:]])
