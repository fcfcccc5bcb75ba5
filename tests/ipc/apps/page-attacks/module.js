// SPDX-License-Identifier: LGPL-2.1-or-later

// What the page would like its preload script to have instead of Mullion's own modules.
export default 'of the page';
