// SPDX-License-Identifier: LGPL-2.1-or-later

// Tells the program how far its page is.

'use strict';

const { stage } = window.webkit.messageHandlers;

document.addEventListener('DOMContentLoaded', () => stage.postMessage('loaded'));
new PerformanceObserver((list, observer) => {
  observer.disconnect();
  stage.postMessage('painted');
}).observe({ type: 'paint', buffered: true });
