// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// The first script of the page: what it finds was there before any other.
window.foundAtFirst = { preload: typeof window.preload, names: Object.getOwnPropertyNames(window) };
window.pageSecret = 'of the page';
