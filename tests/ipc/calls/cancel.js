// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// What only the preload world sees is checked there.
for (const name of calls.names) {
  test(name, () => calls.check(name));
}
