// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

function fail() {
  throw new Error('boom in the preload');
}

fail();
