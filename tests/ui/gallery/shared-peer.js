// SPDX-License-Identifier: LGPL-2.1-or-later
await until('the second window shows the page', () => $('shared-database'));
await until('it sees the localStorage of the first',
  () => $('shared-local').value === 'local from the first window');
await until('it sees the database of the first',
  () => $('shared-database').value === 'database from the first window');
type('shared-main', 'main from the second window');
type('shared-local', 'local from the second window');
type('shared-database', 'database from the second window');
return 'the second window wrote';
