// SPDX-License-Identifier: LGPL-2.1-or-later
await go('shared');
await until('the main process has told its text', () => $('shared-main').value !== '');
type('shared-local', 'local from the first window');
type('shared-database', 'database from the first window');
await until('the database has it', () => text('log').includes('IndexedDB'));
click('shared-open');

// What the second window does is in shared-peer.js.
await until('the main process tells of the change',
  () => $('shared-main').value === 'main from the second window');
await until('the storage event comes',
  () => $('shared-local').value === 'local from the second window');
await until('the broadcast comes',
  () => $('shared-database').value === 'database from the second window');
return 'all three arrived';
