// SPDX-License-Identifier: LGPL-2.1-or-later
// The page of the windows that the page “Windows” of the Gallery opens. Which of them it is, its
// address says.
const { windows } = window.gallery;

const panes = {
  modal: ['A modal window', 'The one below waits until this is closed.'],
  frameless: ['No frame', 'Press anywhere beside the button, and move the window.'],
  overlay: ['The desktop’s buttons', 'They lie above this page. Move the window by the page.'],
  header: ['A header bar of GTK', 'Its button is a widget; what it says comes to this page.'],
  transparent: ['Behind the glass', 'The page paints this pane, and nothing beside it.'],
  views: ['The first page', 'Another one lies to the right of this.'],
  second: ['The second page', 'It has a view and a preload script of its own.'],
};

const kind = location.hash.replace(/^#\/?/, '');
const [title, text] = panes[kind] ?? panes.modal;
const heard = document.getElementById('pane-heard');
const close = document.getElementById('pane-close');

document.documentElement.dataset.kind = kind;
document.title = title;
document.getElementById('pane-title').textContent = title;
document.getElementById('pane-text').textContent = text;
heard.textContent = 'Nothing heard yet';

windows.onEvent((name) => {
  heard.textContent = name;
});
close.hidden = kind === 'second';
close.addEventListener('click', () => windows.close());
