// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// What the page hears of the pointer.
const heard = [];
addEventListener('mousedown', (event) => heard.push(event.target.id), true);
