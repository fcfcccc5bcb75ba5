# SPDX-License-Identifier: LGPL-2.1-or-later
"""The commands of the WebDriver standard, as tables.

Usage: test_commands.py DRIVER LAUNCHER [TESTCASE]
"""

import sys
import unittest

from harness import Server, connect


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
        ('DELETE', 'cookie', None, None),
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
