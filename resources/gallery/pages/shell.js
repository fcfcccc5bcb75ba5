// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, field, result, row } from '../lib/dom.js';
import { follower } from '../lib/follow.js';

const { shell } = window.gallery;

function mount(stage, log) {
  const link = el('input', { id: 'shell-link', type: 'url', value: 'https://webkitgtk.org/' });
  const opened = result('shell-link-outcome', 'Nothing opened yet');
  const file = result('shell-file-outcome', 'There is no file yet');
  const followLink = follower(log, opened);
  const followFile = follower(log, file);
  const onFile = (channel, call, text) => followFile(`shell:${channel}`, call, () => text);

  stage.append(
    el('h3', { class: 'minor' }, 'A link'),
    field('Address', link),
    row(button('shell-open-link', 'Open in its program', () => followLink('shell:open-link',
      () => shell.openLink(link.value), () => 'The desktop has it'), 'suggested'),
      button('shell-bad-link', 'A link to a file', () => followLink('shell:open-link',
        () => shell.openLink('file:///etc/passwd'), () => 'It was opened'), 'flat')),
    opened,
    el('h3', { class: 'minor' }, 'A file'),
    row(button('shell-make', 'Write a note', () => followFile('shell:make', shell.make,
      (path) => path)),
      button('shell-open', 'Open it', () => onFile('open', shell.open, 'It is opened')),
      button('shell-show', 'Show in its folder', () => onFile('show', shell.show,
        'The file manager shows it')),
      button('shell-trash', 'Into the trash', () => onFile('trash', shell.trash,
        'It is in the trash'), 'destructive')),
    file,
    el('h3', { class: 'minor' }, 'A sound'),
    row(button('shell-beep', 'Beep', () => followFile('shell:beep', shell.beep))));
}

export default {
  id: 'shell',
  title: 'Files and links',
  icon: 'folder',
  lead: 'Links and files open in the program that the user has for them. The page names a link, whose '
    + 'scheme is checked, and never a file: which one is meant, the main process says.',
  flow: {
    page: 'await gallery.shell.openLink(url)',
    preload: "ipcRenderer.invoke('shell:open-link', …)",
    main: 'mullion_shell_open_external_async()',
  },
  mount,
};
