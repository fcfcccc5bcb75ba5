// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, message, result, row } from '../lib/dom.js';

const { appearance } = window.gallery;

function mount(stage, log) {
  const state = result('appearance-state', 'Asking…');
  const media = matchMedia('(prefers-color-scheme: dark)');
  const style = result('appearance-style');
  const showStyle = () => style.show(`prefers-color-scheme is ${media.matches ? 'dark' : 'light'}`);

  function show(theme) {
    const looks = theme.shouldUseDarkColors ? 'dark' : 'light';
    const contrast = theme.shouldUseHighContrastColors ? ', with high contrast' : '';
    const accent = theme.accentColor === '' ? '' : `, accent #${theme.accentColor}`;
    state.show(`${theme.themeSource}: ${looks}${contrast}${accent}`);
  }

  const unsubscribe = appearance.onUpdated((theme) => {
    log.in('appearance:updated', theme);
    show(theme);
  });

  async function choose(source) {
    log.out('appearance:set-source', source);
    try {
      await appearance.setSource(source);
    } catch (error) {
      log.error(message(error));
      state.show(message(error), 'error');
    }
  }

  stage.append(
    row(button('appearance-system', 'System', () => choose('system'), 'suggested'),
      button('appearance-light', 'Light', () => choose('light')),
      button('appearance-dark', 'Dark', () => choose('dark'))),
    state, style,
    el('p', { class: 'hint' }, 'The style sheet of this page only asks for ',
      el('code', {}, 'prefers-color-scheme'), '.'));
  media.addEventListener('change', showStyle);
  showStyle();
  appearance.state().then(show, (error) => state.show(message(error), 'error'));
  return () => {
    media.removeEventListener('change', showStyle);
    unsubscribe();
  };
}

export default {
  id: 'appearance',
  title: 'Light and dark',
  icon: 'image',
  lead: 'What the user likes comes from the settings portal, to the windows and to the pages. An '
    + 'app may decide for itself.',
  flow: {
    page: "await gallery.appearance.setSource('dark')",
    preload: "ipcRenderer.invoke('appearance:set-source', …)",
    main: 'mullion_native_theme_set_theme_source()',
  },
  mount,
};
