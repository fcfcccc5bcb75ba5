// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// The frame takes the whole page along, if it can.
addEventListener('message', (event) => {
  top.location.href = event.data;
});
