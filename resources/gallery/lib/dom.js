// SPDX-License-Identifier: LGPL-2.1-or-later
// The few lines of DOM building that every page of the Gallery uses. Text always goes in as text
// nodes, so nothing that arrives from another process is ever read as HTML.

const SVG = 'http://www.w3.org/2000/svg';

/**
 * Sets one property of an element: a class, a listener or an attribute.
 *
 * @param {Element} node
 * @param {string} name `class`, `onclick` and its kin, or any attribute
 * @param {*} value `false`, `null` and `undefined` leave it out
 */
function setProperty(node, name, value) {
  if (value === false || value === null || value === undefined) {
    return;
  }
  if (name.startsWith('on')) {
    node.addEventListener(name.slice(2), value);
  } else {
    node.setAttribute(name, value === true ? '' : String(value));
  }
}

function build(node, properties, children) {
  for (const [name, value] of Object.entries(properties || {})) {
    setProperty(node, name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/**
 * Makes an HTML element.
 *
 * @param {string} tag
 * @param {Object} [properties] attributes, and listeners as `onclick`
 * @param {...(Node|string|Array)} children
 * @returns {HTMLElement}
 */
export function el(tag, properties, ...children) {
  return build(document.createElement(tag), properties, children);
}

/**
 * Makes an SVG element.
 *
 * @param {string} tag
 * @param {Object} [properties]
 * @param {...(Node|string|Array)} children
 * @returns {SVGElement}
 */
export function svg(tag, properties, ...children) {
  return build(document.createElementNS(SVG, tag), properties, children);
}

/**
 * Makes a push button.
 *
 * @param {string} id
 * @param {string} label
 * @param {Function} onclick
 * @param {string} [style] `suggested`, `flat` or `destructive`
 * @returns {HTMLButtonElement}
 */
export function button(id, label, onclick, style = '') {
  return el('button', { id, type: 'button', class: `button ${style}`.trim(), onclick }, label);
}

/**
 * Makes a labelled field: the label is tied to the control by its id.
 *
 * @param {string} label
 * @param {HTMLElement} control an input, textarea or select that has an id
 * @returns {HTMLElement}
 */
export function field(label, control) {
  return el('div', { class: 'field' }, el('label', { for: control.id }, label), control);
}

/**
 * Makes a row of controls that wraps when the window is narrow.
 *
 * @param {...Node} children
 * @returns {HTMLElement}
 */
export function row(...children) {
  return el('div', { class: 'row' }, ...children);
}

/**
 * Turns text with `code` between backticks into nodes.
 *
 * @param {string} text
 * @returns {Array<Node|string>}
 */
export function prose(text) {
  return text.split('`').map((part, index) => (index % 2 === 1 ? el('code', {}, part) : part));
}

/**
 * Makes the place where a result is shown, read aloud by screen readers when it changes.
 *
 * @param {string} id
 * @param {string} [text] what stands there at first
 * @returns {HTMLElement & {show: Function}} `show(text, kind)` with kind `ok`, `error` or ``
 */
export function result(id, text = 'Nothing yet') {
  const node = el('output', { id, class: 'result', role: 'status', 'aria-live': 'polite' }, text);
  node.show = (value, kind = 'ok') => {
    node.textContent = value;
    node.dataset.kind = kind;
  };
  return node;
}

/**
 * Says what went wrong, in the words that arrived.
 *
 * @param {*} error
 * @returns {string}
 */
export function message(error) {
  return error instanceof Error ? error.message : String(error);
}
