// SPDX-License-Identifier: LGPL-2.1-or-later
// What an app without C can do, tried from its page. The outcome of each step
// goes into result.json in the app's data folder, where the test reads it; then
// the page closes its window, which ends the app.
const api = window.app;
const results = {};

/** Keeps what a step gave, or the message it was rejected with. */
async function step(name, promise) {
  try {
    const value = await promise;
    results[name] = value === undefined ? 'undefined' : value;
  } catch (error) {
    results[name] = `rejected: ${error.message}`;
  }
}

async function tryTextFiles() {
  await step('write', api.writeText('notes/ä.txt', 'Grüße\n'));
  await step('read', api.readText('notes/ä.txt'));
  await step('list', api.listTexts('notes').then((all) => all.map((one) => one.name)));
  await step('remove', api.removeText('notes/ä.txt'));
  await step('read-removed', api.readText('notes/ä.txt'));
  await step('read-parent', api.readText('../secret'));
  await step('read-absolute', api.readText('/etc/passwd'));
  await step('read-number', api.readText(7));
  await step('read-nul', api.readText('a\0b'));
  await step('read-extra', api.writeText('a', 'b').then(() => api.removeText('a')));
  await step('write-object', api.writeText('a', {}));

  // Calls that were not awaited happen in the order in which they were made.
  const writes = [];
  for (let i = 0; i < 20; i += 1) writes.push(api.writeText('order.txt', String(i)));
  writes.push(api.readText('order.txt'));
  await step('order', Promise.all(writes).then((all) => all.at(-1)));
}

async function tryOthers() {
  await step('app', api.appInfo());
  await step('app-extra', api.appInfo(1));
  await step('system', api.systemInfo());
  await step('ask-bad', api.ask({ message: 1 }));
  await step('choose-bad', api.chooseFile({ properties: ['openAnything'] }));
  await step('external', api.openExternal('https://example.org'));
}

async function tryProcesses() {
  await step('program', api.greet('Müllion $HOME'));
  await step('topic', api.publish('Grüße'));
}

async function run() {
  results.argv = api.argv;
  await tryTextFiles();
  await tryOthers();
  await tryProcesses();
  await api.writeText('result.json', JSON.stringify(results));
  document.getElementById('state').textContent = 'done';
  // Left alone without this argument, to have its picture taken.
  if (api.argv.includes('--quit')) window.close();
}

run();
