// SPDX-License-Identifier: LGPL-2.1-or-later
await go('binary');
const context = $('picture').getContext('2d');
const { width, height } = $('picture');
const read = () => context.getImageData(0, 0, width, height);
const before = read();

click('negative');
await shows('status', 'and back in');
const negative = read();
check(negative.data.every((value, at) =>
  (at % 4 === 3 ? value === 255 : value === 255 - before.data[at])),
'each byte came back as its negative');

click('again');
await shows('status', 'As it was painted');
click('grey');
await shows('status', 'and back in');
const { data } = read();
for (let at = 0; at < data.length; at += 4) {
  check(data[at] === data[at + 1] && data[at] === data[at + 2], `pixel ${at / 4} is grey`);
}

click('edges');
await until('the edges are found', () => read().data[0] < 40);

let refusal = '';
try {
  await window.gallery.binary.filter('grey', { width, height, data: 'no bytes' });
} catch (error) {
  refusal = error.message;
}
check(refusal.includes('Expected a filter and an ImageData'), 'what is no picture is refused');
return text('status');
