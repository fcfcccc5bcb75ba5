// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, field, result, row } from '../lib/dom.js';
import { follower } from '../lib/follow.js';

const { session } = window.gallery;

const GLASS = [['Sky', '3584e4'], ['Leaf', '33a06f'], ['Amber', 'e5a50a'], ['Ruby', 'c01c28']];
const KEY = 'session-visits';

function describe(cookies) {
  return cookies.length === 0 ? 'There are no cookies of mullion.example'
    : cookies.map(({ name, value }) => `${name}=${value}`).join(', ');
}

function mount(stage, log) {
  const name = el('input', { id: 'cookie-name', value: 'theme' });
  const value = el('input', { id: 'cookie-value', value: 'dark' });
  const cookies = result('cookie-outcome', 'Nothing asked yet');
  const storage = result('storage-outcome');
  let turn = 0;
  const pane = el('img', { id: 'pane', class: 'pane', alt: 'Four panes of glass' });
  const glass = result('pane-outcome');

  const followGlass = follower(log, glass);
  const followCookies = follower(log, cookies);
  const followStorage = follower(log, storage);

  const unsubscribe = session.onCookie((cookie, cause, removed) => {
    log.in('session:cookie-changed', `${removed ? '-' : '+'}${cookie.name}=${cookie.value}`, cause);
  });

  const list = () => followCookies('session:cookies', session.cookies, describe);
  const set = async () => {
    await followCookies('session:set-cookie',
      () => session.setCookie(name.value, value.value), () => 'Set');
    if (cookies.dataset.kind !== 'error') {
      await list();
    }
  };
  const remove = async () => {
    await followCookies('session:remove-cookie',
      () => session.removeCookie(name.value), () => 'Removed');
    await list();
  };

  const showVisits = () => storage.show(`localStorage has ${localStorage.length} entries; `
    + `this page was here ${localStorage.getItem(KEY) ?? 0} times`, '');
  const visit = () => {
    localStorage.setItem(KEY, Number(localStorage.getItem(KEY) ?? 0) + 1);
    showVisits();
  };
  const clear = () => followStorage('session:clear-storage', session.clearStorage,
    () => 'All of it is gone, for every page of this app');

  // A picture that was there before is not asked for again: each has an address of its own.
  function paint(colour) {
    turn += 1;
    pane.src = `pane://glass/${turn}/${colour}`;
    log.out(`GET ${pane.src}`);
  }
  const block = async (isBlocked) => {
    await followGlass('session:block', () => session.block(isBlocked));
    paint(GLASS[0][1]);
  };
  pane.addEventListener('load', () => glass.show(`${pane.src}: drawn by the main process`));
  pane.addEventListener('error', () => glass.show(`${pane.src} did not come`, 'error'));

  stage.append(
    el('h3', { class: 'minor' }, 'Cookies'),
    row(field('Name', name), field('Value', value)),
    row(button('cookie-set', 'Set', set, 'suggested'), button('cookie-list', 'List', list),
      button('cookie-remove', 'Remove', remove)),
    cookies,
    el('h3', { class: 'minor' }, 'Storage'),
    row(button('storage-keep', 'Count a visit', visit),
      button('storage-clear', 'Clear localStorage', clear, 'destructive')),
    storage,
    el('h3', { class: 'minor' }, 'A scheme of the app'),
    pane,
    row(...GLASS.map(([label, colour]) => button(`pane-${colour}`, label, () => paint(colour))),
      button('pane-none', 'None such', () => paint('nothing'), 'flat')),
    row(button('pane-block', 'Block the scheme', () => block(true)),
      button('pane-allow', 'Let it through', () => block(false), 'flat')),
    glass);
  showVisits();
  paint(GLASS[0][1]);
  return unsubscribe;
}

export default {
  id: 'session',
  title: 'Session',
  icon: 'store',
  lead: 'What pages keep belongs to a session, and so do the schemes that the app answers itself: '
    + 'the picture below is no file, the main process draws it when the page asks for `pane://`. A '
    + 'content filter of the session says what pages shall not load.',
  flow: {
    page: "<img src='pane://glass/…'>",
    preload: 'not asked',
    main: 'mullion_session_handle_protocol()',
  },
  mount,
};
