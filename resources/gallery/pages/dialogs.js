// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, result, row } from '../lib/dom.js';
import { follower } from '../lib/follow.js';

const { dialogs } = window.gallery;

function mount(stage, log) {
  const outcome = result('dialogs-outcome', 'Nothing asked yet');

  const follow = follower(log, outcome);

  const open = () => follow('dialogs:open', dialogs.open,
    (paths) => (paths.length > 0 ? `Chosen: ${paths.join(', ')}` : 'Closed with nothing chosen'));
  const save = () => follow('dialogs:save', dialogs.save,
    (path) => (path === null ? 'Not saved' : `To save as ${path}`));
  const ask = () => follow('dialogs:ask', dialogs.ask, (answer) => {
    const sides = answer.checkboxChecked ? 'both sides' : 'one side';
    return answer.response === 1 ? `Clean ${sides}` : 'They stay as they are';
  });

  stage.append(
    row(button('dialogs-open', 'Open…', open, 'suggested'),
      button('dialogs-save', 'Save…', save),
      button('dialogs-ask', 'Ask…', ask)),
    outcome);
}

export default {
  id: 'dialogs',
  title: 'Dialogs',
  icon: 'question',
  lead: "The desktop's own dialogs, modal to this window, with Electron's options. The page waits "
    + 'for the answer and stays alive meanwhile; a test answers them without a person.',
  flow: {
    page: 'await gallery.dialogs.open()',
    preload: "ipcRenderer.invoke('dialogs:open')",
    main: 'mullion_dialog_show_open_dialog_async()',
  },
  mount,
};
