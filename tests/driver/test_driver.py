# SPDX-License-Identifier: LGPL-2.1-or-later
"""mullion-driver, used as an outside user would: through Selenium, and over bare HTTP.

Usage: test_driver.py DRIVER LAUNCHER
"""

import base64
import json
import os
import re
import signal
import struct
import subprocess
import sys
import unittest

from selenium.common import exceptions
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from harness import (APP, LAUNCHER, PATIENCE, Server, connect, descendants, is_running, name_of,
                     wait_until)


class Driven(unittest.TestCase):
    """Tests of one app, begun once: each leaves the page as it found it, by loading it anew."""

    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.driver = connect(cls.server)

    @classmethod
    def tearDownClass(cls):
        cls.driver.quit()
        cls.server.close()

    def setUp(self):
        self.driver.switch_to.default_content()
        self.driver.refresh()

    def find(self, name):
        return self.driver.find_element(By.ID, name)

    def heard(self, *types):
        events = self.driver.execute_script('return heard')
        return [event for event in events if event['type'] in types]

    def test_capabilities(self):
        capabilities = self.driver.capabilities
        self.assertEqual(capabilities['browserName'], 'mullion')
        self.assertEqual(capabilities['mullion:input'], 'xtest')
        self.assertTrue(is_running(capabilities['mullion:processId']))

    def test_page(self):
        self.assertEqual(self.driver.title, 'Driven')
        self.assertEqual(self.driver.current_url, 'app://io.github.mullion.driven/index.html')
        self.assertEqual(len(self.driver.window_handles), 1)
        self.assertEqual(self.find('plain').text, 'plain')
        self.assertFalse(self.find('hidden').is_displayed())
        self.assertTrue(self.driver.get_screenshot_as_png().startswith(b'\x89PNG'))

    def test_scripts(self):
        self.assertEqual(self.driver.execute_script('return arguments[0] + 1', 41), 42)
        self.assertEqual(self.driver.execute_async_script('setTimeout(arguments[0], 1, "x")'), 'x')
        with self.assertRaises(exceptions.JavascriptException):
            self.driver.execute_script('throw new Error("no")')

    def test_click_is_real(self):
        self.find('button').click()
        events = self.heard('mousedown', 'mouseup', 'click')
        self.assertEqual([event['type'] for event in events], ['mousedown', 'mouseup', 'click'])
        for event in events:
            self.assertTrue(event['trusted'])
            self.assertEqual(event['target'], 'button')

    def test_click_scrolls(self):
        self.find('below').click()
        self.assertEqual([event['target'] for event in self.heard('click')], ['below'])

    def test_click_in_frame(self):
        self.driver.switch_to.frame(self.find('frame'))
        self.find('inner').click()
        self.assertEqual([event['target'] for event in self.heard('click')], ['inner'])

    def test_click_refused(self):
        with self.assertRaises(exceptions.ElementClickInterceptedException) as caught:
            self.find('covered').click()
        self.assertIn('<div id="covered">', caught.exception.msg)
        self.find('cover').click()
        with self.assertRaises(exceptions.ElementNotInteractableException):
            self.find('hidden').click()
        button = self.find('button')
        self.driver.refresh()
        with self.assertRaises(exceptions.StaleElementReferenceException):
            button.click()

    def test_check_and_choose(self):
        self.find('check').click()
        self.assertTrue(self.find('check').is_selected())
        Select(self.find('select')).select_by_value('b')
        self.assertEqual(self.find('select').get_property('value'), 'b')

    def test_keys(self):
        self.find('text').send_keys(' and Näw €! ☃')
        self.assertEqual(self.find('text').get_property('value'), 'old and Näw €! ☃')
        self.assertTrue(all(event['trusted'] for event in self.heard('keydown', 'input')))

    def test_keys_with_modifiers(self):
        field = self.find('text')
        field.send_keys(Keys.CONTROL, 'a', Keys.NULL, 'new', Keys.ARROW_LEFT, Keys.BACKSPACE)
        self.assertEqual(field.get_property('value'), 'nw')
        field.clear()
        self.assertEqual(field.get_property('value'), '')
        field.send_keys(Keys.SHIFT, 'up')
        self.assertEqual(field.get_property('value'), 'UP')

    def test_keys_elsewhere(self):
        self.find('area').send_keys('two\nlines')
        self.assertEqual(self.find('area').get_property('value'), 'two\nlines')
        self.find('rich').send_keys('er')
        self.assertEqual(self.find('rich').text, 'richer')
        self.find('date').send_keys('2026-11-21')
        self.assertEqual(self.find('date').get_property('value'), '2026-11-21')
        with self.assertRaises(exceptions.ElementNotInteractableException):
            self.find('plain').send_keys('x')

    def test_actions(self):
        chain = ActionChains(self.driver)
        chain.double_click(self.find('button')).perform()
        self.assertEqual(len(self.heard('dblclick')), 1)
        self.driver.execute_script('oncontextmenu = (event) => event.preventDefault()')
        chain.context_click(self.find('button')).perform()
        self.assertEqual(self.heard('contextmenu')[0]['button'], 2)
        chain.key_down(Keys.SHIFT).click(self.find('plain')).key_up(Keys.SHIFT).perform()
        self.assertTrue(self.heard('click')[-1]['shift'])

    def test_drag(self):
        self.driver.execute_script('''
            window.path = [];
            addEventListener('mousemove', (event) => event.buttons && path.push(event.clientX));''')
        ActionChains(self.driver).drag_and_drop(self.find('handle'), self.find('target')).perform()
        events = self.heard('mousedown', 'mouseup')
        self.assertEqual([event['target'] for event in events], ['handle', 'target'])
        self.assertGreater(len(self.driver.execute_script('return path')), 2)

    def test_wheel(self):
        origin = self.find('scroller')
        ActionChains(self.driver).scroll_to_element(origin).perform()
        self.driver.execute_script('arguments[0].scrollTop = 0', origin)
        from selenium.webdriver.common.actions.wheel_input import ScrollOrigin
        ActionChains(self.driver).scroll_from_origin(ScrollOrigin.from_element(origin), 0, 200) \
            .perform()
        wait_until(lambda: origin.get_property('scrollTop') > 0)
        self.assertTrue(self.heard('wheel')[0]['trusted'])

    def test_release(self):
        ActionChains(self.driver).key_down('x').perform()
        self.assertEqual(self.heard('keyup'), [])
        ActionChains(self.driver).reset_actions()
        self.assertEqual([event['key'] for event in self.heard('keyup')], ['x'])

    def test_alert(self):
        self.driver.execute_script('''
            document.getElementById('button').onclick = () => alert('Stop');''')
        self.find('button').click()
        self.assertEqual(self.driver.switch_to.alert.text, 'Stop')
        self.driver.switch_to.alert.accept()
        self.find('text').send_keys('er')
        self.assertEqual(self.find('text').get_property('value'), 'older')

    def extra(self, method, name, body=None):
        status, answer = self.server.request(
            method, f'/session/{self.driver.session_id}/mullion/{name}', body)
        self.assertEqual(status, 200, answer)
        return answer['value']

    def test_clipboard(self):
        self.extra('POST', 'clipboard', {'text': 'copied ☃'})
        self.assertEqual(self.extra('GET', 'clipboard'), 'copied ☃')
        self.find('text').send_keys(Keys.CONTROL, 'av')
        self.assertEqual(self.find('text').get_property('value'), 'copied ☃')
        self.find('text').send_keys(Keys.SHIFT, Keys.ARROW_LEFT, Keys.NULL, Keys.CONTROL, 'c')
        wait_until(lambda: self.extra('GET', 'clipboard') == '☃')

    def test_channels(self):
        self.extra('POST', 'ipc/mock', {'channel': 'a', 'value': {'b': [1]}})
        self.assertEqual(self.extra('POST', 'ipc/invoke', {'channel': 'a', 'args': [2]}), {'b': [1]})
        self.extra('POST', 'ipc/send', {'channel': 'a', 'args': ['sent']})
        calls = []
        wait_until(lambda: calls.extend(self.extra('GET', 'ipc/calls')) or len(calls) == 2)
        self.assertEqual([(call['method'], call['args']) for call in calls],
                         [('invoke', [2]), ('send', ['sent'])])
        self.extra('POST', 'ipc/mock', {'channel': 'a', 'value': 3})
        self.assertEqual(self.extra('POST', 'ipc/invoke', {'channel': 'a'}), 3)
        self.extra('POST', 'ipc/unmock', {})
        self.assertEqual(self.extra('GET', 'menu'), [])

    def test_messages(self):
        self.extra('POST', 'ipc/mock', {'channel': 'said', 'value': {'b': [1]}})
        self.extra('POST', 'ipc/send', {'channel': 'said', 'args': ['before']})
        self.extra('POST', 'ipc/invoke', {'channel': 'said', 'args': [2]})
        sent = self.extra('POST', 'ipc/wait', {'channel': 'said'})
        self.assertEqual((sent['kind'], sent['args']), ('send', ['before']))
        answer = self.extra('POST', 'ipc/wait', {'channel': 'said', 'direction': 'to-page'})
        self.assertEqual((answer['kind'], answer['args']), ('reply', [{'b': [1]}]))
        self.extra('POST', 'ipc/unmock', {})

        status, answer = self.server.request(
            'POST', f'/session/{self.driver.session_id}/mullion/ipc/wait',
            {'channel': 'said', 'timeout': 50})
        self.assertEqual((status, answer['value']['error']), (500, 'timeout'))

        lines = [json.loads(line) for line in self.extra('GET', 'recording').splitlines()]
        self.assertEqual(lines[0]['app'], 'io.github.mullion.Driven')
        self.assertIn(['before'], [line.get('args') for line in lines])

    def test_bad_extras(self):
        cases = [
            ('ipc/invoke', {}, 400, 'invalid argument', 'channel must be a string'),
            ('ipc/invoke', {'channel': 5}, 400, 'invalid argument', 'channel must be a string'),
            ('ipc/invoke', {'channel': 'a', 'args': 5}, 400, 'invalid argument',
             'args must be a list'),
            ('ipc/invoke', {'channel': 'nobody'}, 500, 'javascript error',
             "No handler registered for 'nobody'"),
            ('ipc/mock', {'value': 5}, 400, 'invalid argument', 'channel must be a string'),
            ('ipc/unmock', {'channel': 'a'}, 400, 'invalid argument', 'is not mocked'),
            ('ipc/wait', {}, 400, 'invalid argument', 'channel must be a string'),
            ('ipc/wait', {'channel': 'a', 'direction': 'up'}, 400, 'invalid argument',
             'direction must be'),
            ('menu/activate', {}, 400, 'invalid argument', 'item must be an id'),
            ('menu/activate', {'item': 'x'}, 400, 'invalid argument', 'has no item "x"'),
            ('menu/activate', {'item': [5]}, 400, 'invalid argument', 'has no item [5]'),
            ('dialog/answer', {}, 400, 'invalid argument', ''),
        ]
        for name, body, status, error, part in cases:
            with self.subTest(name=name, body=body):
                got, answer = self.server.request(
                    'POST', f'/session/{self.driver.session_id}/mullion/{name}', body)
                self.assertEqual((got, answer['value']['error']), (status, error))
                self.assertIn(part, answer['value']['message'])

    def test_picture(self):
        picture = base64.b64decode(self.extra('GET', 'screenshot'))
        self.assertTrue(picture.startswith(b'\x89PNG'))
        width, height = struct.unpack('>II', picture[16:24])
        self.assertGreaterEqual((width, height), (800, 600))

    def test_print(self):
        def sizes(**options):
            text = base64.b64decode(self.driver.execute('printPage', options)['value'])
            self.assertTrue(text.startswith(b'%PDF-'))
            return [tuple(round(float(part)) for part in box.split())
                    for box in re.findall(rb'/MediaBox \[ ?0 0 ([\d.]+ [\d.]+) ?\]', text)]

        self.assertEqual(set(sizes()), {(612, 792)})
        self.assertEqual(sizes(pageRanges=[1, '2-2']), 2 * [(612, 792)])
        self.assertEqual(sizes(orientation='landscape', page={'width': 10.16, 'height': 20.32},
                               margin={'top': 0, 'bottom': 0}, pageRanges=['1']), [(576, 288)])
        for options in [{'orientation': 'up'}, {'page': 5}, {'page': {'width': 'wide'}},
                        {'margin': {'top': -1}}, {'margin': 1}, {'scale': 5}, {'scale': 'x'},
                        {'background': 1}, {'pageRanges': 'all'}, {'pageRanges': ['x']},
                        {'pageRanges': [[1]]}, {'shrinkToFit': 'yes'}]:
            with self.subTest(options=options), \
                    self.assertRaises(exceptions.InvalidArgumentException):
                self.driver.execute('printPage', options)

    def test_bad_actions(self):
        path = f'/session/{self.driver.session_id}/actions'
        move = {'type': 'pointerMove', 'x': 1, 'y': 1}
        mouse = {'type': 'pointer', 'id': 'm'}
        cases = [
            ({}, 400, 'invalid argument'),
            ({'actions': 5}, 400, 'invalid argument'),
            ({'actions': [5]}, 400, 'invalid argument'),
            ({'actions': [{'type': 'none', 'actions': []}]}, 400, 'invalid argument'),
            ({'actions': [{**mouse, 'actions': [{'type': 'keyDown'}]}]}, 400, 'invalid argument'),
            ({'actions': [{**mouse, 'actions': [{**move, 'x': 'left'}]}]}, 400, 'invalid argument'),
            ({'actions': [{**mouse, 'actions': [{**move, 'duration': -1}]}]}, 400,
             'invalid argument'),
            ({'actions': [{**mouse, 'actions': [{**move, 'origin': 'moon'}]}]}, 400,
             'invalid argument'),
            ({'actions': [{**mouse, 'actions': [{**move, 'x': 99999}]}]}, 500,
             'move target out of bounds'),
            ({'actions': [{**mouse, 'actions': [{'type': 'pointerDown', 'button': 9}]}]}, 400,
             'invalid argument'),
            ({'actions': [{**mouse, 'parameters': {'pointerType': 'touch'}, 'actions': []}]}, 500,
             'unsupported operation'),
            ({'actions': [{'type': 'key', 'id': 'k', 'actions': [
                {'type': 'keyDown', 'value': 'ab'}]}]}, 400, 'invalid argument'),
        ]
        for body, status, name in cases:
            with self.subTest(body=body):
                got, answer = self.server.request('POST', path, body)
                self.assertEqual((got, answer['value']['error']), (status, name))


class Protocol(unittest.TestCase):
    """What is said wrongly, to a server without a session."""

    @classmethod
    def setUpClass(cls):
        cls.server = Server()

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def expect(self, method, path, body, status, name):
        got, answer = self.server.request(method, path, body)
        self.assertEqual((got, answer['value']['error']), (status, name))
        self.assertIsInstance(answer['value']['message'], str)
        self.assertIsInstance(answer['value']['stacktrace'], str)

    def test_status(self):
        status, answer = self.server.request('GET', '/status')
        self.assertEqual(status, 200)
        self.assertIs(answer['value']['ready'], True)

    def test_paths(self):
        for method, path, status, name in [
                ('GET', '/', 404, 'unknown command'),
                ('GET', '/nonsense', 404, 'unknown command'),
                ('GET', '/session', 405, 'unknown method'),
                ('POST', '/status', 405, 'unknown method'),
                ('GET', '/session/none/url', 404, 'invalid session id'),
                ('DELETE', '/session/none', 404, 'invalid session id')]:
            with self.subTest(method=method, path=path):
                self.expect(method, path, '{}' if method == 'POST' else None, status, name)

    def test_new_session(self):
        def always(capabilities):
            return {'capabilities': {'alwaysMatch': capabilities}}

        for body, status, name in [
                (None, 400, 'invalid argument'),
                ('{', 400, 'invalid argument'),
                ('[]', 400, 'invalid argument'),
                ({}, 400, 'invalid argument'),
                ({'capabilities': 5}, 400, 'invalid argument'),
                ({'capabilities': {'firstMatch': []}}, 400, 'invalid argument'),
                ({'capabilities': {'firstMatch': [5]}}, 400, 'invalid argument'),
                ({'capabilities': {'alwaysMatch': {'browserName': 'mullion'},
                                   'firstMatch': [{'browserName': 'mullion'}]}}, 400,
                 'invalid argument'),
                (always({'nonsense': True}), 400, 'invalid argument'),
                (always({'browserName': 'firefox'}), 500, 'session not created'),
                (always({}), 500, 'session not created'),
                (always({'mullion:options': 'text'}), 400, 'invalid argument'),
                (always({'mullion:options': {}}), 400, 'invalid argument'),
                (always({'mullion:options': {'binary': 5}}), 400, 'invalid argument'),
                (always({'mullion:options': {'binary': 'a', 'folder': 'b'}}), 400,
                 'invalid argument'),
                (always({'mullion:options': {'binary': 'a', 'args': 'b'}}), 400,
                 'invalid argument'),
                (always({'mullion:options': {'binary': 'a', 'args': [5]}}), 400,
                 'invalid argument'),
                (always({'mullion:options': {'binary': 'a', 'env': {'A': 5}}}), 400,
                 'invalid argument'),
                (always({'mullion:options': {'binary': '/there/is/none'}}), 500,
                 'session not created'),
                (always({'mullion:options': {'binary': '/bin/false'}}), 500,
                 'session not created'),
                (always({'mullion:options': {'folder': '/there/is/none'}}), 500,
                 'session not created')]:
            with self.subTest(body=body):
                self.expect('POST', '/session', body, status, name)
        self.assertEqual(descendants(self.server.process.pid), [])

    def test_no_window(self):
        app = {'binary': '/bin/sleep', 'args': ['1000']}
        self.expect('POST', '/session',
                    {'capabilities': {'alwaysMatch': {'mullion:options': app}}}, 500,
                    'session not created')
        wait_until(lambda: descendants(self.server.process.pid) == [])
        self.assertEqual(self.server.request('GET', '/status')[0], 200)

    def test_foreigners(self):
        for headers in [{'Origin': 'https://example.org'}, {'Origin': 'null'},
                        {'Host': 'example.org'}, {'Host': 'localhost.example.org'},
                        {'Host': f'127.0.0.1.example.org:{self.server.port}'}]:
            with self.subTest(headers=headers):
                status, _ = self.server.request('GET', '/status', headers=headers)
                self.assertEqual(status, 403)
        status, _ = self.server.request('GET', '/status',
                                        headers={'Host': f'localhost:{self.server.port}'})
        self.assertEqual(status, 200)


class Lives(unittest.TestCase):
    """Sessions that begin and end, and what is left of them."""

    def setUp(self):
        self.server = Server()
        self.addCleanup(self.server.close)

    def assert_ended(self, pids):
        wait_until(lambda: not any(map(is_running, pids)))

    def test_two_sessions(self):
        first = connect(self.server)
        second = connect(self.server)
        first.find_element(By.ID, 'text').send_keys('er')
        second.find_element(By.ID, 'check').click()
        self.assertEqual(first.find_element(By.ID, 'text').get_property('value'), 'older')
        self.assertFalse(first.find_element(By.ID, 'check').is_selected())
        self.assertTrue(second.find_element(By.ID, 'check').is_selected())
        first.quit()
        self.assertEqual(second.title, 'Driven')
        second.quit()
        self.assert_ended(descendants(self.server.process.pid))

    def test_quit(self):
        driver = connect(self.server)
        pids = descendants(self.server.process.pid)
        self.assertIn(driver.capabilities['mullion:processId'], pids)
        driver.quit()
        self.assert_ended(pids)
        status, answer = self.server.request('GET', f'/session/{driver.session_id}/url')
        self.assertEqual((status, answer['value']['error']), (404, 'invalid session id'))

    def test_crash(self):
        driver = connect(self.server)
        pids = descendants(self.server.process.pid)
        os.kill(driver.capabilities['mullion:processId'], signal.SIGKILL)
        self.assert_ended([driver.capabilities['mullion:processId']])
        with self.assertRaises(exceptions.InvalidSessionIdException):
            driver.find_element(By.ID, 'text').click()
        self.assert_ended(pids)

    def test_page_dies(self):
        driver = connect(self.server)
        handle = driver.current_window_handle
        for pid in descendants(driver.capabilities['mullion:processId']):
            if os.path.basename(name_of(pid)) == 'WebKitWebProcess':
                os.kill(pid, signal.SIGKILL)

        def has_died():
            try:
                return driver.title is None
            except exceptions.WebDriverException as error:
                # A command that the page was about to answer fails without a reason.
                return 'has died' in error.msg
        wait_until(has_died)
        self.assertNotIn(handle, driver.window_handles)
        self.assertEqual(driver.window_handles, [driver.current_window_handle])
        self.assertTrue(is_running(driver.capabilities['mullion:processId']))
        driver.quit()

    def test_kill_and_restart(self):
        driver = connect(self.server)
        first = descendants(self.server.process.pid)
        path = f'/session/{driver.session_id}/mullion/'
        driver.find_element(By.ID, 'check').click()
        status, _ = self.server.request('POST', path + 'restart', {})
        self.assertEqual(status, 200)
        self.assert_ended(first)
        self.assertFalse(driver.find_element(By.ID, 'check').is_selected())
        driver.find_element(By.ID, 'check').click()
        self.assertTrue(driver.find_element(By.ID, 'check').is_selected())

        second = descendants(self.server.process.pid)
        for body, status in [({'signal': 0}, 400), ({'signal': 'x'}, 400), ({}, 200)]:
            self.assertEqual(self.server.request('POST', path + 'kill', body)[0], status)
        self.assert_ended(second)
        with self.assertRaises(exceptions.InvalidSessionIdException):
            print(driver.title)

    def test_log(self):
        script = f'echo said at once; exec {LAUNCHER} {APP}'
        driver = connect(self.server, binary='/bin/sh', args=['-c', script])
        path = f'/session/{driver.session_id}/mullion/log'
        self.assertIn('said at once\n', self.server.request('GET', path)[1]['value'])
        self.assertNotIn('said at once', self.server.request('GET', path)[1]['value'])
        driver.quit()

    def test_hang(self):
        driver = connect(self.server)
        pids = descendants(self.server.process.pid)
        os.kill(driver.capabilities['mullion:processId'], signal.SIGSTOP)
        driver.quit()
        self.assert_ended(pids)

    def test_driver_ends(self):
        connect(self.server)
        pids = descendants(self.server.process.pid)
        self.server.process.terminate()
        self.assert_ended(pids)

    def test_driver_is_killed(self):
        connect(self.server)
        pids = descendants(self.server.process.pid)
        self.server.process.kill()
        self.assert_ended(pids)

    def test_binary(self):
        driver = connect(self.server, binary=LAUNCHER, args=[APP], env={'MULLION_DRIVEN': 'yes'})
        with open(f"/proc/{driver.capabilities['mullion:processId']}/environ",
                  encoding='utf-8') as environ:
            self.assertIn('MULLION_DRIVEN=yes', environ.read().split('\0'))
        driver.quit()


if __name__ == '__main__':
    unittest.main(argv=[sys.argv[0], '--verbose', *sys.argv[3:]])
