// SPDX-License-Identifier: LGPL-2.1-or-later
await go('streams');

const MIB = 2 ** 20;
const size = (id) => parseFloat(text(`${id}-text`)) * MIB;

// Slowly: what C has made is never far ahead of what was read.
click('start');
await until('the stream is read', () => size('read') > 2 * MIB);
check(size('made') <= size('read') + 6 * MIB, 'C makes no more than what is wanted');
click('stop');
await shows('status', 'Stopped after');

click('hash');
// Of 32 MiB of zeros.
await shows('digest', 'SHA-256 83ee47245398adee79bd9c0a8bc57b821e92aba10f5f9ade8a5d1fae4d8c4302');
return text('read-text');
