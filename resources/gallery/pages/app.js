// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, field, message, result, row } from '../lib/dom.js';
import { follower } from '../lib/follow.js';

const { app } = window.gallery;

function fact(name, value) {
  return el('div', {}, el('dt', {}, name), el('dd', {}, value));
}

function createFacts({ locale, languages, paths }) {
  return [
    fact('Locale', locale), fact('Languages', languages.join(', ')),
    ...Object.entries(paths).map(([name, path]) => fact(name, path)),
  ];
}

function mount(stage, log) {
  const facts = el('dl', { class: 'facts is-long', id: 'app-facts' });
  const icon = result('app-icon-outcome', 'The icon shows nothing');
  const recent = result('app-recent-outcome', 'Nothing opened yet');
  const login = result('app-login-outcome', 'Asking…');
  const opened = result('app-opened', 'Start the Gallery again in a terminal');
  const followIcon = follower(log, icon);
  const followRecent = follower(log, recent);
  const followLogin = follower(log, login);
  const progress = el('input', {
    id: 'app-progress', type: 'range', min: 0, max: 100, value: 0,
    onchange: () => setProgress(progress.value / 100),
  });
  let badge = 0;

  const setBadge = (count) => followIcon('app:badge', () => app.setBadge(count), () => {
    badge = count;
    return count === 0 ? 'The icon shows nothing' : `The icon shows ${count}`;
  });
  const setProgress = (part) => followIcon('app:progress',
    () => app.setProgress(part === 0 ? -1 : part),
    () => (part === 0 ? 'No progress' : `The icon shows ${Math.round(part * 100)} %`));
  const showLogin = (opens) => (opens ? 'It starts with the session'
    : 'It starts when it is started');
  const setLogin = (opens) => followLogin('app:login', () => app.setLogin(opens),
    () => showLogin(opens));

  stage.append(
    el('h3', { class: 'minor' }, 'Its icon'),
    row(button('app-badge', 'One more', () => setBadge(badge + 1), 'suggested'),
      button('app-badge-none', 'None', () => setBadge(0))),
    field('Progress', progress), icon,
    el('h3', { class: 'minor' }, 'Recent files'),
    row(button('app-recent', 'Add one', () => followRecent('app:add-recent', app.addRecent,
      (paths) => paths.join(', '))),
      button('app-recent-clear', 'Clear', () => followRecent('app:clear-recent', app.clearRecent,
        () => 'The list is empty'))),
    recent,
    el('h3', { class: 'minor' }, 'The session'),
    row(button('app-login', 'Start with it', () => setLogin(true)),
      button('app-login-no', 'Do not', () => setLogin(false))),
    login,
    row(button('app-about', 'About…', () => followLogin('app:about', app.about)),
      button('app-relaunch', 'Start again', () => followLogin('app:relaunch', app.relaunch),
        'destructive')),
    el('h3', { class: 'minor' }, 'Other starts'), opened,
    el('h3', { class: 'minor' }, 'Where it is'), facts);

  const unsubscribe = app.onOpened((how, what) => {
    log.in('app:opened', how, what);
    opened.show(`${how}: ${what}`);
  });

  app.state().then((state) => {
    badge = state.badge;
    facts.replaceChildren(...createFacts(state));
    login.show(showLogin(state.openAtLogin), '');
  }, (error) => login.show(message(error), 'error'));
  return unsubscribe;
}

export default {
  id: 'app',
  title: 'The app',
  icon: 'app',
  lead: 'The app on the desktop: a number or a progress on its icon, the user’s recent files, a start '
    + 'with the session, and who made it.',
  flow: {
    page: 'await gallery.app.setBadge(count)',
    preload: "ipcRenderer.invoke('app:badge', …)",
    main: 'mullion_app_set_badge_count()',
  },
  mount,
};
