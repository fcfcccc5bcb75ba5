// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, field, result, row } from '../lib/dom.js';
import { follower } from '../lib/follow.js';

const { clipboard } = window.gallery;

function mount(stage, log) {
  const text = el('input', { id: 'clipboard-text', value: 'Clear glass' });
  const outcome = result('clipboard-outcome', 'Nothing copied yet');

  const follow = follower(log, outcome);

  stage.append(field('Text', text),
    row(button('clipboard-write', 'Copy', () => follow('clipboard:write',
      () => clipboard.write(text.value), () => 'Copied, as text and as HTML'), 'suggested'),
      button('clipboard-read', 'Read text', () => follow('clipboard:read-text',
        clipboard.readText, (value) => (value === '' ? 'There is no text' : value))),
      button('clipboard-html', 'Read HTML', () => follow('clipboard:read-html',
        clipboard.readHTML, (value) => (value === '' ? 'There is no HTML' : value))),
      button('clipboard-formats', 'Formats', () => follow('clipboard:formats',
        clipboard.formats, (formats) => (formats.length === 0 ? 'It is empty'
          : formats.join(', '))))),
    outcome);
}

export default {
  id: 'clipboard',
  title: 'Clipboard',
  icon: 'note',
  lead: 'One thing in two forms: a text editor pastes the text, a word processor the HTML. The '
    + 'page can read what is there only because this app lets it.',
  flow: {
    page: 'await gallery.clipboard.write(text)',
    preload: "ipcRenderer.invoke('clipboard:write', …)",
    main: 'mullion_clipboard_write()',
  },
  mount,
};
