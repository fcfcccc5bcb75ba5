// SPDX-License-Identifier: LGPL-2.1-or-later

// Clicks without a pointer: the events of one, which the page can tell from a person's, for they are
// not trusted. For displays that nobody can send input to.

const [element] = arguments;

const middle = element.getClientRects()[0];
const init = {
  bubbles: true,
  cancelable: true,
  composed: true,
  view: window,
  detail: 1,
  clientX: middle.left + middle.width / 2,
  clientY: middle.top + middle.height / 2,
};

const point = (type, buttons) => element.dispatchEvent(new PointerEvent(type,
  { ...init, buttons, pointerType: 'mouse', isPrimary: true }));
const mouse = (type, buttons) => element.dispatchEvent(new MouseEvent(type, { ...init, buttons }));

/** The nearest that takes the keyboard, as a mouse gives it on its way down. */
function giveFocus() {
  for (let at = element; at; at = at.parentElement) {
    at.focus({ preventScroll: true });
    if (at.getRootNode().activeElement === at) {
      return;
    }
  }
  document.activeElement?.blur();
}

point('pointerover', 0);
mouse('mouseover', 0);
point('pointermove', 0);
mouse('mousemove', 0);
const mayDefault = point('pointerdown', 1);
if (mouse('mousedown', 1) && mayDefault) {
  giveFocus();
}
point('pointerup', 0);
mouse('mouseup', 0);
element.click();
return { isClicked: true };
