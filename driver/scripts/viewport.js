// SPDX-License-Identifier: LGPL-2.1-or-later

// Where the frame that is driven lies in its window.

return placeInWindow(0, 0);
