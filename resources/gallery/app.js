// SPDX-License-Identifier: LGPL-2.1-or-later
// The shell of the Gallery: the list of pages, the hash router and the frame around each page.
import { createCode } from './lib/code.js';
import { el, prose } from './lib/dom.js';
import { icon } from './lib/icons.js';
import { createLog } from './lib/log.js';
import { groups } from './pages/index.js';

const pages = groups.flatMap((group) => group.pages);
const byId = (id) => document.getElementById(id);
const narrow = window.matchMedia('(max-width: 800px)');
let leave = null;

function createLink(page) {
  return el('li', {}, el('a', { class: 'nav-link', href: `#/${page.id}`, id: `nav-${page.id}` },
    icon(page.icon), el('span', {}, page.title)));
}

function createNavigation() {
  for (const [index, group] of groups.entries()) {
    byId('nav').append(
      el('h2', { class: 'nav-group', id: `group-${index}` }, group.title),
      el('ul', { class: 'nav-list', 'aria-labelledby': `group-${index}` },
        group.pages.map(createLink)));
  }
}

/** Lets a long C name break where its words end. */
function breakable(text) {
  return text.split(/(?<=[_(])/).flatMap((part) => [part, el('wbr')]);
}

/** The three sides that a message passes, with the name that each of them knows it by. */
function createFlow(flow) {
  const names = { page: 'Page', preload: 'Preload', main: 'Main, in C' };
  return el('ol', { class: 'flow', 'aria-label': 'The way of a message' },
    Object.entries(flow).map(([side, text]) => el('li', { class: `flow-step side-${side}` },
      el('span', { class: 'flow-side' }, names[side]), el('code', {}, breakable(text)))));
}

function createTabs(page) {
  return createCode([
    { side: 'page', label: 'Page', path: `pages/${page.id}.js`, language: 'js' },
    {
      side: 'preload', label: 'Preload', path: 'preload.js', language: 'js',
      regions: ['head', page.id, 'expose'],
    },
    { side: 'main', label: 'Main (C)', path: `source/${page.id}.c`, language: 'c' },
  ]);
}

/** Shows a page, which may be given a word; the one before it gets the chance to stop what it started. */
function show(page, word) {
  const title = el('h1', { tabindex: -1, id: 'title' }, page.title);
  const stage = el('div', { class: 'stage' });
  const log = page.log === false ? null : createLog('log');

  if (leave) {
    leave();
  }
  byId('content').replaceChildren(
    page.hero ? page.hero(title) : title,
    el('p', { class: 'lead' }, prose(page.lead)),
    page.flow ? createFlow(page.flow) : '',
    el('div', { class: 'columns' },
      el('div', { class: 'stack' },
        el('section', { class: 'card', 'aria-labelledby': 'try' },
          el('h2', { id: 'try', class: 'card-title' }, page.tryTitle || 'Try it'), stage),
        log ? log.node : ''),
      createTabs(page)));
  leave = page.mount(stage, log, word) || null;
  document.documentElement.dataset.page = page.id;
}

function markCurrent(page) {
  for (const link of document.querySelectorAll('.nav-link')) {
    if (link.id === `nav-${page.id}`) {
      link.setAttribute('aria-current', 'page');
      link.scrollIntoView({ block: 'nearest' });
    } else {
      link.removeAttribute('aria-current');
    }
  }
  byId('topbar-title').textContent = page.title;
  document.title = `${page.title} – Mullion Gallery`;
}

function openDrawer(open) {
  byId('sidebar').classList.toggle('is-open', open);
  byId('menu-toggle').setAttribute('aria-expanded', String(open));
  byId('scrim').hidden = !open;
  byId('content').inert = open;
  if (open) {
    document.querySelector('.nav-link[aria-current]')?.focus();
  }
}

/** Follows the address; `#content`, where the skip link leads, is not a page. */
function route(event) {
  const [id, word] = (location.hash.replace(/^#\/?/, '') || 'welcome').split('/');
  if (id === 'content') {
    byId('content').focus();
    return;
  }
  const page = pages.find((candidate) => candidate.id === id) || pages[0];
  openDrawer(false);
  show(page, word);
  markCurrent(page);
  window.scrollTo(0, 0);
  if (event) {
    byId('title').focus({ preventScroll: true });
  }
}

/** Up and down move through the list, as they do in a native sidebar. */
function moveInNavigation(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const links = [...document.querySelectorAll('.nav-link')];
  const at = links.indexOf(document.activeElement);
  if (step !== undefined && at >= 0) {
    event.preventDefault();
    links[(at + step + links.length) % links.length].focus();
  }
}

function start() {
  createNavigation();
  byId('menu-toggle').append(icon('drawer'));
  byId('menu-toggle').addEventListener('click', () => {
    openDrawer(!byId('sidebar').classList.contains('is-open'));
  });
  byId('scrim').addEventListener('click', () => openDrawer(false));
  byId('nav').addEventListener('keydown', moveInNavigation);
  narrow.addEventListener('change', () => openDrawer(false));
  window.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && byId('menu-toggle').getAttribute('aria-expanded') === 'true') {
      openDrawer(false);
      byId('menu-toggle').focus();
    }
  });
  window.addEventListener('hashchange', route);
  window.addEventListener('pagehide', () => leave && leave());
  route();
}

start();
