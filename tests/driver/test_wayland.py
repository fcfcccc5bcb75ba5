# SPDX-License-Identifier: LGPL-2.1-or-later
"""mullion-driver under Wayland compositors that show nothing: one that lets programs use a pointer and a
keyboard, and one that has none.

Usage: test_wayland.py DRIVER LAUNCHER
"""

import base64
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

from selenium.common import exceptions
from selenium.webdriver import ActionChains
from selenium.webdriver.common.actions.wheel_input import ScrollOrigin
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from harness import LAUNCHER, PATIENCE, Server, connect, wait_until


class Compositor:
    """A Wayland compositor of this test's own, on a session bus of its own."""

    DISPLAY = 'mullion-test'

    def __init__(self, *arguments):
        self.folder = tempfile.TemporaryDirectory()
        self.bus = subprocess.Popen(['dbus-daemon', '--session', '--nofork', '--print-address'],
                                    stdout=subprocess.PIPE, text=True, env=self.environment())
        self.address = self.bus.stdout.readline().strip()
        self.process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, env=self.environment())
        wait_until(lambda: os.path.exists(os.path.join(self.folder.name, self.DISPLAY)))

    def environment(self):
        env = {**os.environ, 'GDK_BACKEND': 'wayland', 'GSETTINGS_BACKEND': 'memory',
               'LIBGL_ALWAYS_SOFTWARE': '1', 'WAYLAND_DISPLAY': self.DISPLAY,
               'XDG_RUNTIME_DIR': self.folder.name,
               'DBUS_SESSION_BUS_ADDRESS': getattr(self, 'address', '')}
        env.pop('DISPLAY', None)
        return env

    def close(self):
        for process in (self.process, self.bus):
            process.terminate()
            process.wait(PATIENCE)
        self.bus.stdout.close()
        self.folder.cleanup()


class Weston(Compositor):
    """It has neither pointer nor keyboard."""

    def __init__(self):
        super().__init__('weston', '--backend=headless-backend.so', f'--socket={self.DISPLAY}',
                         '--idle-time=0', '--no-config', '--width=1280', '--height=800')


class Mutter(Compositor):
    """GNOME's: it lends its pointer and its keyboard to programs on the session bus."""

    def __init__(self):
        super().__init__('mutter', '--headless', '--wayland', '--no-x11',
                         '--virtual-monitor=1280x800', f'--wayland-display={self.DISPLAY}')
        subprocess.run(['gdbus', 'wait', '--session', f'--timeout={PATIENCE}',
                        'org.gnome.Mutter.RemoteDesktop'], env=self.environment(), check=True)


class Driven(unittest.TestCase):
    """An app under a compositor, begun once: each test begins with its page loaded anew."""

    COMPOSITOR = None

    @classmethod
    def setUpClass(cls):
        cls.compositor = cls.COMPOSITOR()
        cls.server = Server(cls.compositor.environment())
        cls.driver = connect(cls.server)

    @classmethod
    def tearDownClass(cls):
        cls.driver.quit()
        cls.server.close()
        cls.compositor.close()

    def setUp(self):
        self.driver.refresh()

    def find(self, name):
        return self.driver.find_element(By.ID, name)

    def heard(self, *types):
        return [event for event in self.driver.execute_script('return heard')
                if event['type'] in types]


@unittest.skipUnless(shutil.which('weston'), 'weston is not installed')
class Scripts(Driven):
    """Where nobody can press keys input is pretended, and says so."""

    COMPOSITOR = Weston

    def test_capability(self):
        self.assertEqual(self.driver.capabilities['mullion:input'], 'script')

    def test_click(self):
        self.find('check').click()
        self.assertTrue(self.find('check').is_selected())
        self.assertEqual([event['target'] for event in self.heard('mousedown')], ['check'])
        self.assertIs(self.heard('mousedown')[0]['trusted'], False)

    def test_keys(self):
        field = self.find('text')
        field.clear()
        field.send_keys('añ☃x', Keys.BACKSPACE, 'y')
        self.assertEqual(field.get_property('value'), 'añ☃y')
        field.send_keys(Keys.CONTROL, 'a', Keys.NULL, 'z')
        self.assertEqual(field.get_property('value'), 'z')
        self.assertEqual({event['trusted'] for event in self.heard('keydown')}, {False})

    def test_actions(self):
        with self.assertRaisesRegex(exceptions.WebDriverException, 'no display to press keys on'):
            ActionChains(self.driver).send_keys('x').perform()

    def test_screenshot(self):
        picture = base64.b64decode(self.driver.get_screenshot_as_base64())
        self.assertTrue(picture.startswith(b'\x89PNG'))


@unittest.skipUnless(shutil.which('mutter'), 'mutter is not installed')
class RemoteDesktop(Driven):
    """Input is the compositor's own, and pages trust it."""

    COMPOSITOR = Mutter
    INPUT = ('mousedown', 'mouseup', 'click', 'dblclick', 'contextmenu', 'keydown', 'keyup', 'wheel')

    def assert_trusted(self):
        self.assertEqual({event['trusted'] for event in self.heard(*self.INPUT)}, {True})

    def test_capability(self):
        self.assertEqual(self.driver.capabilities['mullion:input'], 'remote-desktop')

    def test_click(self):
        kinds = ('mousedown', 'mouseup', 'click')
        self.find('button').click()
        self.assertEqual([(event['type'], event['target'], event['button'])
                          for event in self.heard(*kinds)], [(kind, 'button', 0) for kind in kinds])
        self.assert_trusted()

    def test_click_scrolls(self):
        self.find('below').click()
        self.assertEqual([event['target'] for event in self.heard('click')], ['below'])

    def test_other_clicks(self):
        self.driver.execute_script('oncontextmenu = (event) => event.preventDefault()')
        ActionChains(self.driver).double_click(self.find('button')).perform()
        self.assertEqual([event['target'] for event in self.heard('dblclick')], ['button'])
        ActionChains(self.driver).context_click(self.find('plain')).perform()
        self.assertEqual([event['button'] for event in self.heard('contextmenu')], [2])
        ActionChains(self.driver).key_down(Keys.SHIFT).click(self.find('button')) \
            .key_up(Keys.SHIFT).perform()
        self.assertTrue(self.heard('click')[-1]['shift'])
        self.assert_trusted()

    def test_hover(self):
        self.driver.execute_script("""
            window.over = [];
            addEventListener('mouseover', (event) => over.push([event.target.id, event.isTrusted]));""")
        for name in ('handle', 'target'):
            ActionChains(self.driver).move_to_element(self.find(name)).perform()
            self.assertIn([name, True], self.driver.execute_script('return over'))
            self.assertTrue(self.driver.execute_script('return arguments[0].matches(":hover")',
                                                       self.find(name)))

    def test_drag(self):
        self.driver.execute_script("""
            window.path = [];
            addEventListener('mousemove', (event) => event.buttons && path.push(event.clientX));""")
        ActionChains(self.driver).drag_and_drop(self.find('handle'), self.find('target')).perform()
        self.assertEqual([event['target'] for event in self.heard('mousedown', 'mouseup')],
                         ['handle', 'target'])
        self.assertGreater(len(self.driver.execute_script('return path')), 2)
        self.assert_trusted()

    def test_wheel(self):
        origin = self.find('scroller')
        ActionChains(self.driver).scroll_to_element(origin).perform()
        self.driver.execute_script('arguments[0].scrollTop = 0', origin)
        ActionChains(self.driver).scroll_from_origin(ScrollOrigin.from_element(origin), 0, 200) \
            .perform()
        wait_until(lambda: origin.get_property('scrollTop') > 0)
        self.assert_trusted()

    def test_keys(self):
        field = self.find('text')
        field.clear()
        field.send_keys('Ab c!', Keys.BACKSPACE, Keys.HOME, 'x')
        self.assertEqual(field.get_property('value'), 'xAb c')
        field.send_keys(Keys.CONTROL, 'a', Keys.NULL, Keys.SHIFT, 'z')
        self.assertEqual(field.get_property('value'), 'Z')
        self.assertEqual([event['key'] for event in self.heard('keydown')][-2:], ['Shift', 'Z'])
        self.assert_trusted()

    def test_long_text(self):
        text = 'The quick brown Fox jumps over the lazy Dog. ' * 20
        self.find('area').send_keys(text)
        self.assertEqual(self.find('area').get_property('value'), text)

    def test_keys_that_the_keyboard_lacks(self):
        field = self.find('text')
        field.clear()
        field.send_keys('añ☃x', Keys.BACKSPACE, 'y😀')
        self.assertEqual(field.get_property('value'), 'añ☃y😀')
        with self.assertRaises(exceptions.InvalidArgumentException):
            field.send_keys('\ue0ff')

    def test_tab(self):
        self.find('text').send_keys(Keys.TAB)
        self.assertEqual(self.driver.switch_to.active_element.get_attribute('id'), 'date')

    def test_window_that_moves(self):
        """Maximized it is elsewhere, and nobody says where."""
        self.driver.maximize_window()
        self.find('button').click()
        self.driver.set_window_size(700, 500)
        self.find('button').click()
        self.assertEqual([event['target'] for event in self.heard('click')], ['button', 'button'])


@unittest.skipUnless(shutil.which('mutter'), 'mutter is not installed')
class Windows(unittest.TestCase):
    """Keys and clicks go to the window that is driven, wherever the compositor has put it."""

    def setUp(self):
        self.compositor = Mutter()
        self.addCleanup(self.compositor.close)
        self.server = Server(self.compositor.environment())
        self.addCleanup(self.server.close)
        self.driver = connect(self.server, binary=LAUNCHER)
        self.addCleanup(self.driver.quit)

    def find(self, name):
        wait_until(lambda: self.driver.find_elements(By.ID, name))
        return self.driver.find_element(By.ID, name)

    def open_window(self):
        known = self.driver.window_handles
        self.find('shared-open').click()
        wait_until(lambda: len(self.driver.window_handles) > len(known))
        return next(handle for handle in self.driver.window_handles if handle not in known)

    def test_three_windows(self):
        self.driver.execute_script("location.hash = 'shared'")
        windows = [self.driver.current_window_handle, self.open_window(), self.open_window()]
        for number in (0, 1, 2, 0):
            self.driver.switch_to.window(windows[number])
            field = self.find('shared-local')
            field.click()
            field.clear()
            field.send_keys(f'Window {number}')
            self.assertEqual(field.get_property('value'), f'Window {number}')
            self.assertTrue(self.driver.execute_script('return document.hasFocus()'))


class Hand:
    """A person's hand on the compositor's pointer, which needs nobody that answers."""

    def __init__(self, compositor):
        from gi.repository import Gio, GLib
        self.variant = GLib.Variant
        self.bus = Gio.DBusConnection.new_for_address_sync(
            compositor.address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        self.path = self.call('/org/gnome/Mutter/RemoteDesktop', '', 'CreateSession')[0]
        self.session('Start')

    def call(self, path, interface, method, types='()', *values):
        return self.bus.call_sync('org.gnome.Mutter.RemoteDesktop', path,
                                  f'org.gnome.Mutter.RemoteDesktop{interface}', method,
                                  self.variant(types, values), None, 0, PATIENCE * 1000, None)

    def session(self, method, types='()', *values):
        self.call(self.path, '.Session', method, types, *values)

    def move(self, x, y):
        self.session('NotifyPointerMotionRelative', '(dd)', x, y)

    def press(self, is_down):
        self.session('NotifyPointerButton', '(ib)', 0x110, is_down)

    def close(self):
        self.session('Stop')
        self.bus.close_sync()


DRAG_PAGE = """<!doctype html>
<style>
  div { position: fixed; inset: 0 50% 0 0; background: orange; }
  div + div { inset: 0 0 0 50%; background: teal; }
</style>
<div id="handle" draggable="true"></div><div id="target"></div>
<script src="page.js"></script>
"""

DRAG_SCRIPT = """
window.heard = [];
function startDrag() {
  desktop.drag.startDrag({ files: ['note.txt'] }).then(
    () => heard.push('drags'), (error) => heard.push(error.message));
}
handle.addEventListener('dragstart', (event) => {
  event.preventDefault();
  startDrag();
});
target.addEventListener('dragover', (event) => event.preventDefault());
target.addEventListener('drop', (event) => {
  event.preventDefault();
  heard.push(`drop ${event.dataTransfer.types.includes('text/uri-list')}`);
});
"""


@unittest.skipUnless(shutil.which('mutter') and importlib.util.find_spec('gi'),
                     'mutter or python3-gi is not installed')
class Drags(unittest.TestCase):
    """Files leave a page by the button that the compositor has seen go down."""

    APP_ID = 'io.github.mullion.Drags'
    MANIFEST = {'name': 'drags', 'mullion': {
        'appId': APP_ID, 'preload': 'mullion/desktop', 'capabilities': ['drag'],
        'window': {'frame': False, 'width': 600, 'height': 400}}}

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.write('app/package.json', json.dumps(self.MANIFEST))
        self.write('app/index.html', DRAG_PAGE)
        self.write('app/page.js', DRAG_SCRIPT)
        self.write(f'data/{self.APP_ID}/files/note.txt', 'note')
        self.compositor = Mutter()
        self.addCleanup(self.compositor.close)
        self.server = Server(self.compositor.environment())
        self.addCleanup(self.server.close)
        self.driver = connect(self.server, folder=os.path.join(self.folder, 'app'),
                              env={'XDG_DATA_HOME': os.path.join(self.folder, 'data')})
        self.addCleanup(self.driver.quit)
        self.hand = Hand(self.compositor)
        self.addCleanup(self.hand.close)

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)
        return path

    def heard(self, n):
        wait_until(lambda: self.driver.execute_script('return heard.length') >= n)
        return self.driver.execute_script('return heard')

    def pull(self):
        """A hand is never quite still."""
        self.hand.move(1, 0)
        return self.driver.execute_script('return heard.length') > 0

    def test_drop(self):
        self.driver.maximize_window()
        wait_until(lambda: self.driver.execute_script('return innerWidth') > 1000)
        self.hand.move(-10000, -10000)
        self.hand.move(200, 200)
        self.hand.press(True)
        wait_until(self.pull)
        self.assertEqual(self.heard(1), ['drags'])
        self.hand.move(700, 100)
        self.hand.move(1, 0)
        self.hand.press(False)
        self.assertEqual(self.heard(2), ['drags', 'drop true'])

    def test_no_button(self):
        self.driver.execute_script('startDrag()')
        self.assertIn('The user holds no button down', self.heard(1)[0])


if __name__ == '__main__':
    unittest.main(argv=[sys.argv[0], '--verbose', *sys.argv[3:]])
