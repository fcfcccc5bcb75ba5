// SPDX-License-Identifier: LGPL-2.1-or-later

// Where an element can be clicked: the middle of what is seen of it, after it was scrolled into view.
// https://www.w3.org/TR/webdriver2/#element-click

const [element, mustBeHit] = arguments;

const describe = (node) => {
  const id = node.id ? ` id="${node.id}"` : '';
  const names = typeof node.className === 'string' && node.className
    ? ` class="${node.className}"` : '';
  return `<${node.localName}${id}${names}>`;
};

function middleOfSeen(node) {
  const box = node.getClientRects()[0];
  if (!box) {
    return null;
  }
  const left = Math.max(0, Math.min(box.left, box.right));
  const right = Math.min(innerWidth, Math.max(box.left, box.right));
  const top = Math.max(0, Math.min(box.top, box.bottom));
  const bottom = Math.min(innerHeight, Math.max(box.top, box.bottom));
  return { x: (left + right) / 2, y: (top + bottom) / 2, isSeen: left < right && top < bottom };
}

/** What lies at a point, through all open shadow trees. */
function hitAt(x, y) {
  let hit = document.elementFromPoint(x, y);
  while (hit?.shadowRoot) {
    const deeper = hit.shadowRoot.elementFromPoint(x, y);
    if (!deeper || deeper === hit) {
      break;
    }
    hit = deeper;
  }
  return hit;
}

function contains(node, hit) {
  for (let at = hit; at; at = at.parentNode ?? at.host) {
    if (at === node) {
      return true;
    }
  }
  return false;
}

/** Whether a pointer in the window could be there now; a frame may be scrolled out of its page. */
function isReached(target, middle) {
  const place = placeInWindow(middle.x, middle.y);
  return middle.isSeen && place.x >= 0 && place.y >= 0 && place.x < place.width
    && place.y < place.height && (!mustBeHit || contains(target, hitAt(middle.x, middle.y)));
}

/** An option is no box of the page while its list is closed: it is chosen as by the keyboard. */
function choose(option) {
  const list = option.closest('select');
  const fire = (type, Kind, init) =>
    list.dispatchEvent(new Kind(type, { bubbles: true, cancelable: true, ...init }));
  fire('mouseover', MouseEvent);
  fire('mousemove', MouseEvent);
  // WebKit would open the list, and that would take the pointer.
  list.addEventListener('mousedown', (event) => event.preventDefault(), { once: true });
  fire('mousedown', MouseEvent);
  list.focus();
  if (!list.disabled && !option.disabled) {
    const was = option.selected;
    option.selected = list.multiple ? !was : true;
    if (option.selected !== was) {
      fire('input', Event, { cancelable: false });
      fire('change', Event, { cancelable: false });
    }
  }
  fire('mouseup', MouseEvent);
  fire('click', MouseEvent);
  return { isChosen: true };
}

function locate() {
  const isOption = element.localName === 'option' && element.closest('select');
  const target = isOption ? element.closest('select') : element;
  if (element.localName === 'input' && element.type === 'file' && mustBeHit) {
    return failure('invalid argument', 'A file input is given its files as keys');
  }
  let middle = middleOfSeen(target);
  if (middle && !isReached(target, middle)) {
    target.scrollIntoView({ behavior: 'instant', block: 'nearest', inline: 'nearest' });
    middle = middleOfSeen(target);
  }
  if (!middle || !middle.isSeen) {
    return failure('element not interactable', `${describe(target)} is not seen`);
  }
  if (isOption && mustBeHit) {
    return choose(element);
  }
  const hit = hitAt(middle.x, middle.y);
  if (mustBeHit && !contains(target, hit)) {
    return failure('element click intercepted', `${describe(target)} is not clickable at `
      + `(${Math.round(middle.x)}, ${Math.round(middle.y)}): `
      + `${hit ? describe(hit) : 'nothing'} is there`);
  }
  return placeInWindow(middle.x, middle.y);
}

return locate();
