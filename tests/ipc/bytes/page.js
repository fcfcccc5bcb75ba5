// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

for (const name of bytes.names) {
  test(name, () => bytes.run(name));
}

test('bytes cross from the page itself, and back', async () => {
  const sent = new Uint8Array([1, 2, 3, 254]);
  const got = await bytes.echo(sent);
  equal(Object.getPrototypeOf(got), Uint8Array.prototype, 'the prototype');
  same([...got], [...sent]);
});
