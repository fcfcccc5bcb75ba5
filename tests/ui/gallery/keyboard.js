// SPDX-License-Identifier: LGPL-2.1-or-later
// The drawer of a narrow window, and the keys of the sidebar and of the tabs.
await go('welcome');
const press = (node, key) => {
  node.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
};
const expanded = () => $('menu-toggle').getAttribute('aria-expanded');

check(getComputedStyle($('sidebar')).visibility === 'hidden', 'the drawer is closed at first');
click('menu-toggle');
check(expanded() === 'true', 'the button says that the drawer is open');
await until('the focus is in the drawer', () => document.activeElement.id === 'nav-welcome');
press(document.activeElement, 'ArrowDown');
check(document.activeElement.id === 'nav-notes', 'arrow down goes to the next page');
press(document.activeElement, 'Escape');
check(expanded() === 'false', 'escape closes the drawer');
check(document.activeElement.id === 'menu-toggle', 'the focus is back on the button');

$('tab-page').focus();
press($('tab-page'), 'ArrowRight');
check(document.activeElement.id === 'tab-preload', 'arrow right goes to the next tab');
check(!$('panel-preload').hidden && $('panel-page').hidden, 'and shows it');
return 'by keyboard';
