// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

history.replaceState(null, '', 'routed');
