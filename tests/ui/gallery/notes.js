// SPDX-License-Identifier: LGPL-2.1-or-later
await go('notes');
const written = 'First line\nÄöü €\n<b>not markup</b>';

type('note-name', 'Test note');
type('note-text', written);
click('note-save');
await shows('note-status', 'Saved to /');
await shows('note-list', 'Test note');

type('note-text', 'something else');
click('note-read');
await shows('note-status', 'Read Test note back');
check($('note-text').value === written, 'what was written is read back as it was');

type('note-name', '../outside');
click('note-save');
await shows('note-status', 'A note cannot be called “../outside”');
check($('note-status').dataset.kind === 'error', 'a refusal is shown as an error');

type('note-name', 'There is no such note');
click('note-read');
await shows('note-status', 'No such file');

type('note-name', 'Second');
click('note-save');
await shows('note-list', 'Second');
document.querySelector('[aria-label="Delete Second"]').click();
await until('the second note is gone', () => !text('note-list').includes('Second'));
type('note-name', 'Test note');
return text('note-list');
