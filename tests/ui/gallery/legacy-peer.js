// SPDX-License-Identifier: LGPL-2.1-or-later
// It runs in two windows: the first sets the property and opens the second, which reads it.
await until('the window shows the page', () => $('legacy-state'));
await shows('legacy-state', 'On in this window.');
click('legacy-get');
await until('something was read', () => text('legacy-shown') !== 'Not read yet');

if (text('legacy-shown') === 'default value') {
  type('legacy-value', 'written by the first window');
  click('legacy-set');
  await shows('legacy-shown', 'Set');
  click('legacy-open');
  return 'the first window set it';
}
check(text('legacy-shown') === 'written by the first window',
  'the second window reads what the first wrote');
return 'the second window read it';
