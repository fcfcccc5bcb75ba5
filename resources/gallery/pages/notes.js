// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, field, message, result, row } from '../lib/dom.js';

const { notes } = window.gallery;

function createNoteList(open, remove) {
  const list = el('ul', { class: 'note-list', id: 'note-list', 'aria-label': 'Notes' });
  const fill = (names) => {
    list.replaceChildren(...names.map((name) => el('li', {},
      el('button', { type: 'button', class: 'note-name', onclick: () => open(name) }, name),
      el('button', {
        type: 'button', class: 'button flat small', 'aria-label': `Delete ${name}`,
        onclick: () => remove(name),
      }, 'Delete'))));
    if (names.length === 0) {
      list.append(el('li', { class: 'hint' }, 'No notes yet. Write one and save it.'));
    }
  };
  return { list, fill };
}

function mount(stage, log) {
  const name = el('input', { id: 'note-name', type: 'text', value: 'Shopping', maxlength: 100 });
  const text = el('textarea', { id: 'note-text', rows: 5 }, 'Bread, butter, two panes of glass.');
  const status = result('note-status', 'Not saved yet');
  const { list, fill } = createNoteList(open, remove);

  /** Runs one action, and shows its error in the words of the main process. */
  async function attempt(action) {
    try {
      await action();
    } catch (error) {
      status.show(message(error), 'error');
      log.error(message(error));
    }
  }

  const refresh = async () => fill(await notes.list());

  const save = () => attempt(async () => {
    log.out('notes:save', name.value, `${text.value.length} characters`);
    const path = await notes.save(name.value, text.value);
    log.in(path);
    status.show(`Saved to ${path}`);
    await refresh();
  });

  function open(wanted) {
    attempt(async () => {
      log.out('notes:read', wanted);
      text.value = await notes.read(wanted);
      name.value = wanted;
      log.in(`${text.value.length} characters`);
      status.show(`Read ${wanted} back from its file`);
    });
  }

  function remove(wanted) {
    attempt(async () => {
      log.out('notes:remove', wanted);
      await notes.remove(wanted);
      status.show(`Deleted ${wanted}`);
      await refresh();
    });
  }

  stage.append(
    field('Name', name), field('Text', text),
    row(button('note-save', 'Save', save, 'suggested'),
      button('note-read', 'Read back', () => open(name.value))),
    status, el('h3', { class: 'minor' }, 'Saved notes'), list,
    el('p', { class: 'hint' }, 'Try a name such as ../elsewhere: the main process refuses it.'));
  attempt(refresh);
}

export default {
  id: 'notes',
  title: 'Notes editor',
  icon: 'note',
  lead: 'What you type goes to the main process, which writes it to a file in the data folder of '
    + 'the app: whole or not at all, as the new file takes the place of the old one only when it '
    + 'is complete. The page never learns to write files; it learns to save notes.',
  flow: {
    page: 'gallery.notes.save(name, text)',
    preload: "ipcRenderer.invoke('notes:save', …)",
    main: 'g_file_set_contents_full()',
  },
  mount,
};
