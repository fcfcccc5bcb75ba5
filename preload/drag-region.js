// SPDX-License-Identifier: LGPL-2.1-or-later

// Regions that a window is moved by, as CSS has them: `--app-region: drag` and `no-drag`. It is a
// custom property because WebKit drops Chromium's `-webkit-app-region`, and like that it is
// inherited.

'use strict';

const {
  CSSStyleDeclarationGetPropertyValue,
  EventComposedPath,
  EventPreventDefault,
  EventStopImmediatePropagation,
  EventTargetAddEventListener,
  MouseEventGetButton,
  UIEventGetDetail,
  getComputedStyle,
} = require('./platform');
const { StringPrototypeTrim, globalThis } = require('./primordials');

const PRIMARY_BUTTON = 0;

/**
 * Whether an element is in a region that drags.
 *
 * @param {EventTarget} target
 * @returns {boolean}
 */
function isDragged(target) {
  try {
    const value = CSSStyleDeclarationGetPropertyValue(getComputedStyle(target), '--app-region');
    return StringPrototypeTrim(value) === 'drag';
  } catch {
    // The document, or what is no element of this realm.
    return false;
  }
}

/**
 * Tells the main process of a press at a drag region. The page hears nothing of that press, as in
 * Electron, and no page listens earlier: this runs before its first script.
 *
 * @param {{control: Function}} ipc
 */
function watchDragRegions(ipc) {
  EventTargetAddEventListener(globalThis, 'mousedown', (event) => {
    // `isTrusted` is each event's own, and nobody can put another in its place.
    if (!event.isTrusted || MouseEventGetButton(event) !== PRIMARY_BUTTON
        || !isDragged(EventComposedPath(event)[0])) {
      return;
    }
    EventPreventDefault(event);
    EventStopImmediatePropagation(event);
    ipc.control('window.drag', [UIEventGetDetail(event)]);
  }, true);
}

module.exports = { watchDragRegions };
