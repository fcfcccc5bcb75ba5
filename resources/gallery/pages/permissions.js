// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, message, result } from '../lib/dom.js';

const stop = (stream) => stream.getTracks().forEach((track) => track.stop());

function locate() {
  return new Promise((resolve, reject) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve(`${coords.latitude.toFixed(3)}, ${coords.longitude.toFixed(3)}`),
      (error) => reject(new Error(error.message)), { timeout: 10000 });
  });
}

async function record(constraints) {
  const stream = await navigator.mediaDevices.getUserMedia(constraints);
  const names = stream.getTracks().map(({ label }) => label).join(', ');
  stop(stream);
  return names;
}

async function readClipboard() {
  const items = await navigator.clipboard.read();
  return `${items.length} things are there`;
}

async function lockPointer(target) {
  await target.requestPointerLock();
  return 'The pointer is hidden; Esc brings it back';
}

// What a person sees, and the web's own function for it.
const wishes = [
  ['location', 'Where this is', 'navigator.geolocation', locate],
  ['microphone', 'The microphone', 'getUserMedia ({ audio })', () => record({ audio: true })],
  ['camera', 'The camera', 'getUserMedia ({ video })', () => record({ video: true })],
  ['notifications', 'Notifications', 'Notification.requestPermission ()',
    () => Notification.requestPermission()],
  ['clipboard', 'The clipboard', 'navigator.clipboard.read ()', readClipboard],
  ['pointer', 'The pointer', 'requestPointerLock ()', (event) => lockPointer(event.target)],
];

function mount(stage, log) {
  const outcome = result('permissions-outcome', 'Nothing was asked for');

  async function ask(label, call, wish, event) {
    log.out(call);
    outcome.show(`${label}: asking…`, '');
    try {
      const answer = await wish(event);
      log.in(call, answer);
      outcome.show(`${label}: ${answer}`);
    } catch (error) {
      log.error(message(error));
      outcome.show(`${label}: ${message(error)}`, 'error');
    }
  }

  stage.append(el('dl', { class: 'choices' }, wishes.flatMap(([id, label, call, wish]) => [
    el('dt', {}, label),
    el('dd', {}, button(`ask-${id}`, 'Ask for it', (event) => ask(label, call, wish, event))),
  ])), outcome,
  el('p', { class: 'hint' }, 'What was denied is not asked again until the page is loaded anew.'));
}

export default {
  id: 'permissions',
  title: 'Permissions',
  icon: 'hand',
  lead: 'What is the user’s, a page gets only if the main process lets it. Here it asks you; without a '
    + 'handler the answer is always no.',
  flow: {
    page: 'navigator.geolocation',
    preload: 'not asked',
    main: 'mullion_permission_request_allow()',
  },
  mount,
};
