// SPDX-License-Identifier: LGPL-2.1-or-later

// Types without a keyboard into what has the focus: the events of keys, which are not trusted, and
// what a key does where it edits. For displays that nobody can send input to.

const [, text] = arguments;

const NAMED = {
  '\uE001': 'Cancel', '\uE002': 'Help', '\uE003': 'Backspace', '\uE004': 'Tab', '\uE005': 'Clear',
  '\uE006': 'Enter', '\uE007': 'Enter', '\uE008': 'Shift', '\uE009': 'Control', '\uE00A': 'Alt',
  '\uE00B': 'Pause', '\uE00C': 'Escape', '\uE00D': ' ', '\uE00E': 'PageUp', '\uE00F': 'PageDown',
  '\uE010': 'End', '\uE011': 'Home', '\uE012': 'ArrowLeft', '\uE013': 'ArrowUp',
  '\uE014': 'ArrowRight', '\uE015': 'ArrowDown', '\uE016': 'Insert', '\uE017': 'Delete',
  '\uE03D': 'Meta', '\n': 'Enter', '\r': 'Enter', '\t': 'Tab',
};
const MODIFIERS = ['Shift', 'Control', 'Alt', 'Meta'];
const RELEASE_ALL = '\uE000';

const held = new Set();

function fire(type, key) {
  const target = document.activeElement ?? document.body;
  return target.dispatchEvent(new KeyboardEvent(type, {
    key,
    bubbles: true,
    cancelable: true,
    composed: true,
    view: window,
    shiftKey: held.has('Shift'),
    ctrlKey: held.has('Control'),
    altKey: held.has('Alt'),
    metaKey: held.has('Meta'),
  }));
}

const isPressed = (target) => target.localName === 'button' || target.localName === 'summary'
  || (target.localName === 'input'
    && ['button', 'checkbox', 'radio', 'reset', 'submit'].includes(target.type));

function pressEnter(target) {
  if (isPressed(target) || target.localName === 'a') {
    target.click();
  } else if (target.localName === 'input') {
    target.form?.requestSubmit();
  } else {
    document.execCommand(target.localName === 'textarea' ? 'insertText' : 'insertParagraph', false,
      '\n');
  }
}

/** What the key does, unless the page prevents it. */
function act(key) {
  const target = document.activeElement ?? document.body;
  if (held.has('Control') || held.has('Alt') || held.has('Meta')) {
    if (key === 'a' && held.has('Control')) {
      document.execCommand('selectAll');
    }
  } else if (key === 'Enter') {
    pressEnter(target);
  } else if (key === ' ' && isPressed(target)) {
    target.click();
  } else if (key === 'Backspace') {
    document.execCommand('delete');
  } else if (key === 'Delete') {
    document.execCommand('forwardDelete');
  } else if ([...key].length === 1) {
    document.execCommand('insertText', false, key);
  }
}

function press(key) {
  if (fire('keydown', key) && (key.length > 1 && key !== 'Enter' || fire('keypress', key))) {
    act(key);
  }
  fire('keyup', key);
}

function toggle(key) {
  if (held.delete(key)) {
    fire('keyup', key);
  } else {
    held.add(key);
    fire('keydown', key);
  }
}

function releaseAll() {
  [...held].forEach(toggle);
}

for (const character of text) {
  const key = NAMED[character] ?? character;
  if (character === RELEASE_ALL) {
    releaseAll();
  } else if (MODIFIERS.includes(key)) {
    toggle(key);
  } else {
    press(key);
  }
}
releaseAll();
return { isTyped: true };
