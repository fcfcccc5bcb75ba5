// SPDX-License-Identifier: LGPL-2.1-or-later
await go('errors');
const expected = {
  fails: "Error invoking remote method 'errors:fails': Error: The glass is broken",
  unknown: "Error invoking remote method 'errors:nobody-listens': "
    + "Error: No handler registered for 'errors:nobody-listens'",
  uncloneable: 'An object could not be cloned.',
  never: 'reply was never sent',
  throws: 'The preload script itself threw this',
};
for (const [id, part] of Object.entries(expected)) {
  click(`run-${id}`);
  await shows(`error-${id}`, part);
  check($(`error-${id}`).dataset.kind === 'error', `${id} is shown as an error`);
}
click('run-channel');
await until('a channel that is not a string is refused',
  () => $('error-channel').dataset.kind === 'error');

try {
  window.gallery.errors.throws();
} catch (error) {
  check(error instanceof Error, 'the error is one of this page');
  check(error.constructor === Error, 'it is a plain Error');
}
return text('error-channel');
