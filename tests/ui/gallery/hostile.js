// SPDX-License-Identifier: LGPL-2.1-or-later
// A page that says nonsense on every channel: each call ends, with an error where one is due, and
// the main process goes on. The test program makes any critical of GLib fatal.
await go('errors');
const api = window.gallery;
const nonsense = [
  undefined, null, true, NaN, Infinity, -0, 1e308, 2 ** 53, -1, 12n, '', '\0', '\ud800', '/',
  '..', '.hidden', 'a\nb', 'x'.repeat(3 * 1024 * 1024), [], [[[]]], {}, { $mullion: 'undefined' },
  { toString: 1 }, new Date(NaN), /x/, new Map([[1, 2]]), new Uint8Array(3),
];
const calls = [
  api.notes.read, api.notes.save, api.notes.remove, api.invoke.now,
  api.invoke.later, api.menu.popup, api.shared.set, api.chat.viaMain, api.errors.echo,
];
const listeners = [api.messages.send, api.push.startClock, api.chat.leave, api.chat.sendTo];

let rejected = 0;
for (const call of calls) {
  for (const value of nonsense) {
    // One argument too few, and two that fit nothing.
    for (const args of [[value], [value, value]]) {
      if (call === api.menu.popup && args.length === 2 && typeof value === 'number') {
        continue; // a point is no nonsense: it would open a menu
      }
      try {
        await call(...args);
      } catch (error) {
        check(error instanceof Error, 'what is thrown is an Error of the page');
        rejected += 1;
      }
    }
  }
}
for (const tell of listeners) {
  for (const value of nonsense) {
    try {
      tell(value, value);
    } catch (error) {
      check(error instanceof Error, 'what is thrown is an Error of the page');
    }
  }
}
api.push.stopClock();
check(rejected > 150, `most of it is refused, and ${rejected} were`);

const notes = await api.notes.list();
check(!notes.some((name) => name.includes('/') || name.startsWith('.') || name.includes('\n')),
  'no note has a name that it may not have');
for (const name of notes.filter((one) => one !== 'Test note')) {
  await api.notes.remove(name);
}
click('run-fails');
await shows('error-fails', 'The glass is broken');
return `${rejected} refused, ${notes.length} notes`;
