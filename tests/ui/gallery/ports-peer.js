// SPDX-License-Identifier: LGPL-2.1-or-later
await until('the first window has moved it', () => text('line-state').includes('moved it to 70'));
type('line-slider', '30');
return text('line-state');
