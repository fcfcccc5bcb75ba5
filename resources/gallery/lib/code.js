// SPDX-License-Identifier: LGPL-2.1-or-later
// The code card: the very files that run, in three tabs, one for each side of the boundary.
import { el } from './dom.js';
import { highlight } from './highlight.js';

const cache = new Map();

/** Fetches a file of the app once. */
function load(path) {
  if (!cache.has(path)) {
    cache.set(path, fetch(path).then((response) => {
      if (!response.ok) {
        throw new Error(`${path}: ${response.status}`);
      }
      return response.text();
    }));
  }
  return cache.get(path);
}

/**
 * Cuts the named regions out of a source file.
 *
 * @param {string} source
 * @param {string[]} names what stands after `// #region`
 * @returns {{first: number, text: string}[]} the parts with the number of their first line
 */
export function cut(source, names) {
  const lines = source.split('\n');
  return names.map((name) => {
    const start = lines.indexOf(`// #region ${name}`);
    const end = lines.indexOf('// #endregion', start);
    if (start < 0 || end < 0) {
      throw new Error(`No part called ${name}`);
    }
    return { first: start + 2, text: lines.slice(start + 1, end).join('\n') };
  });
}

/** Fills a panel with a file, or with the asked regions of it. */
async function fill(panel, { path, language, regions }) {
  const source = await load(path);
  const parts = regions ? cut(source, regions) : [{ first: 1, text: source }];
  const code = el('code', {});
  parts.forEach((part, index) => {
    if (index > 0) {
      code.append(el('span', { class: 'gap', 'aria-hidden': 'true' }, '⋯'));
    }
    code.append(...highlight(part.text, language, part.first));
  });
  panel.replaceChildren(el('pre', { tabindex: 0, 'aria-label': `Code of ${path}` }, code));
}

function createTab(index, tab, select) {
  return el('button', {
    type: 'button', role: 'tab', id: `tab-${tab.side}`, class: `tab side-${tab.side}`,
    'aria-controls': `panel-${tab.side}`, onclick: () => select(index),
  }, tab.label);
}

function createPanel(tab) {
  return el('div', {
    role: 'tabpanel', id: `panel-${tab.side}`, class: `code is-${tab.language}`,
    'aria-labelledby': `tab-${tab.side}`,
  }, el('p', { class: 'code-wait' }, 'Loading…'));
}

/**
 * Makes the code card.
 *
 * @param {{side: string, label: string, path: string, language: string, regions?: string[]}[]} tabs
 * @returns {HTMLElement}
 */
export function createCode(tabs) {
  const file = el('span', { class: 'code-file' });
  const buttons = tabs.map((tab, index) => createTab(index, tab, (at) => select(at)));
  const panels = tabs.map(createPanel);
  const list = el('div', { role: 'tablist', 'aria-label': 'Code', class: 'tabs' }, buttons);

  function select(selected) {
    buttons.forEach((node, index) => {
      node.setAttribute('aria-selected', String(index === selected));
      node.tabIndex = index === selected ? 0 : -1;
      panels[index].hidden = index !== selected;
    });
    file.textContent = tabs[selected].path.replace('source/', 'app/gallery/');
    fill(panels[selected], tabs[selected]).catch((error) => {
      panels[selected].replaceChildren(el('p', { class: 'code-wait' }, error.message));
    });
  }

  list.addEventListener('keydown', (event) => {
    const now = buttons.indexOf(document.activeElement);
    const last = tabs.length - 1;
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -now, End: last - now }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = (now + step + tabs.length) % tabs.length;
      buttons[next].focus();
      select(next);
    }
  });

  select(0);
  return el('section', { class: 'card code-card', 'aria-label': 'The code' },
    el('div', { class: 'code-head' }, list, file), panels);
}
