// SPDX-License-Identifier: LGPL-2.1-or-later

// Is put before the other scripts, in one function body: where the frame that is driven lies in its
// window. Nothing of the page is trusted to be as it was, but a test may break its own page.

const failure = (error, text) => ({ error, message: text });

/** Where a point of this frame is in the window, in CSS pixels; a failure when nobody can tell. */
function placeInWindow(x, y) {
  let frame = window;
  while (frame !== frame.top) {
    let owner = null;
    try {
      owner = frame.frameElement;
    } catch {
      // Another origin.
    }
    if (owner === null) {
      return failure('unsupported operation',
        'Where a frame of another origin lies in its window is not known');
    }
    const box = owner.getBoundingClientRect();
    x += box.left + owner.clientLeft;
    y += box.top + owner.clientTop;
    frame = frame.parent;
  }
  return { x, y, width: frame.innerWidth, height: frame.innerHeight };
}
