// SPDX-License-Identifier: LGPL-2.1-or-later

// Gives the keyboard to an element, with the caret at the end of what it holds.
// https://www.w3.org/TR/webdriver2/#element-send-keys

const [element, text] = arguments;

// What a person does not type into, but chooses from something that opens.
const CHOSEN = ['color', 'date', 'datetime-local', 'month', 'range', 'time', 'week'];

function setValue() {
  element.focus();
  element.value = text;
  if (element.value !== text && element.type !== 'color') {
    return failure('invalid argument', `An input of type ${element.type} cannot hold “${text}”`);
  }
  element.dispatchEvent(new Event('input', { bubbles: true }));
  element.dispatchEvent(new Event('change', { bubbles: true }));
  return { isSet: true };
}

function moveCaretToEnd() {
  if (element.isContentEditable) {
    const range = document.createRange();
    range.selectNodeContents(element);
    range.collapse(false);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  } else if (typeof element.value === 'string') {
    try {
      element.setSelectionRange(element.value.length, element.value.length);
    } catch {
      // Inputs of type number and email have no caret that a script may set.
    }
  }
}

function focus() {
  if (element.localName === 'input' && element.type === 'file') {
    return { isFile: true };
  }
  element.scrollIntoView({ behavior: 'instant', block: 'nearest', inline: 'nearest' });
  if (element.getClientRects().length === 0 && element !== document.body) {
    return failure('element not interactable', `<${element.localName}> is not seen`);
  }
  if (element.localName === 'input' && CHOSEN.includes(element.type)) {
    return setValue();
  }
  const root = element.getRootNode();
  if (root.activeElement !== element) {
    element.focus();
    moveCaretToEnd();
  }
  const hasFocus = root.activeElement === element || element.shadowRoot?.activeElement
    || element === document.documentElement || element === document.body
    || (element.isContentEditable && root.activeElement?.contains(element));
  return hasFocus ? { isFocused: true }
    : failure('element not interactable', `<${element.localName}> takes no keys`);
}

return focus();
