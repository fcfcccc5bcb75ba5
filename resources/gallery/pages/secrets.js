// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, field, result, row } from '../lib/dom.js';
import { follower } from '../lib/follow.js';

const { secrets } = window.gallery;

const KEY = 'secret';

const toText = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
const toBytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer;

function mount(stage, log) {
  const text = el('input', { id: 'secret-text', value: 'The key is under the mat' });
  const sealed = el('output', { id: 'secret-sealed', class: 'sealed' });
  const outcome = result('secret-outcome', 'Nothing is sealed yet');
  const follow = follower(log, outcome);

  const show = () => {
    sealed.textContent = localStorage.getItem(KEY) ?? '';
  };
  const seal = () => follow('secrets:encrypt', () => secrets.encrypt(text.value), (bytes) => {
    localStorage.setItem(KEY, toText(bytes));
    show();
    return `${bytes.byteLength} bytes are in the localStorage of this app`;
  });
  const open = () => follow('secrets:decrypt',
    () => secrets.decrypt(toBytes(localStorage.getItem(KEY) ?? '')), (value) => value);
  const spoil = () => {
    const kept = localStorage.getItem(KEY) ?? '';
    localStorage.setItem(KEY, kept.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A')));
    show();
    outcome.show('One letter of it is another now', '');
  };
  const forget = () => {
    localStorage.removeItem(KEY);
    show();
    outcome.show('Nothing is sealed', '');
  };

  stage.append(field('A secret', text),
    row(button('secret-seal', 'Seal it', seal, 'suggested'), button('secret-open', 'Open it', open),
      button('secret-spoil', 'Spoil it', spoil, 'flat'),
      button('secret-forget', 'Forget it', forget, 'destructive')),
    sealed, outcome);
  show();
}

export default {
  id: 'secrets',
  title: 'Secrets',
  icon: 'lock',
  lead: 'A text that only this user can read again. What the page keeps is worthless without the key, '
    + 'which is in the keyring of the desktop; a desktop without one says so.',
  flow: {
    page: 'await gallery.secrets.encrypt(text)',
    preload: "ipcRenderer.invoke('secrets:encrypt', …)",
    main: 'mullion_safe_storage_encrypt_string_async()',
  },
  mount,
};
