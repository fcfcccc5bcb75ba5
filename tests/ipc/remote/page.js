// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

for (const name of remote.names) {
  test(name, () => remote.run(name));
}
