// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, field, message, result, row } from '../lib/dom.js';

const { bus } = window.gallery;

const ENGINES = [
  ['local', 'This machine: no server'],
  ['redis', 'Redis: for several machines'],
];

function mount(stage, log, wanted) {
  const engine = el('select', { id: 'bus-engine' },
    ...ENGINES.map(([value, label]) => el('option', { value }, label)));
  const text = el('input', { id: 'bus-text', type: 'text', value: 'Anybody there?', maxlength: 500 });
  const state = result('bus-state', 'Not joined');
  const heard = el('ol', {
    id: 'bus-heard', class: 'talk', tabindex: 0,
    role: 'log', 'aria-live': 'polite', 'aria-label': 'Heard',
  });
  const another = button('bus-another', 'Start a second instance', () => startInstance());
  const say = button('bus-say', 'Publish', () => publish(text.value), 'suggested');

  let process = 0;

  say.disabled = true;
  another.disabled = true;

  function fail(error) {
    state.show(message(error), 'error');
    log.error(message(error));
  }

  async function join() {
    say.disabled = true;
    another.disabled = true;
    state.show('Connecting…', '');
    log.out('bus:join', engine.value);
    try {
      process = await bus.join(engine.value);
    } catch (error) {
      fail(error);
    }
  }

  async function publish(line) {
    log.out('gallery', line);
    try {
      await bus.publish(line);
    } catch (error) {
      fail(error);
    }
  }

  async function startInstance() {
    log.out('bus:start-instance', engine.value);
    try {
      await bus.startInstance(engine.value);
    } catch (error) {
      fail(error);
    }
  }

  function showState(isConnected) {
    say.disabled = !isConnected;
    another.disabled = !isConnected;
    state.show(isConnected ? `Joined: ${engine.selectedOptions[0].label}` : 'The bus is lost',
      isConnected ? 'ok' : 'error');
    if (isConnected && wanted) {
      publish(`A second instance is here: process ${process}`);
    }
  }

  const unsubscribe = [
    bus.onState((name) => {
      showState(name === 'connected');
      log.info(name);
    }),
    bus.onMessage((line) => {
      heard.append(el('li', { class: 'bubble' }, el('span', {}, line)));
      heard.scrollTop = heard.scrollHeight;
      log.in('gallery', line);
    }),
    bus.onError((error) => {
      // Until its server is there, Redis is asked again and again.
      state.show(error, '');
      log.error(error);
    }),
  ];

  stage.append(
    field('Engine', engine),
    row(button('bus-join', 'Join', () => join()), another),
    state, field('Message', text), row(say), heard);
  if (ENGINES.some(([value]) => value === wanted)) {
    engine.value = wanted;
    join();
  }
  return () => {
    unsubscribe.forEach((stop) => stop());
    bus.leave();
  };
}

export default {
  id: 'bus',
  title: 'A message bus',
  icon: 'hub',
  lead: 'What one program publishes on a topic, all hear that have subscribed, this page too: try it with '
    + 'a second instance of this app. Without a server the processes of one user meet at a socket; with '
    + 'Redis, several machines do. For that this page starts a `redis-server`, if one is installed, and '
    + 'other programs can take part: `redis-cli -s $XDG_RUNTIME_DIR/mullion-gallery-redis publish '
    + 'mullion:topic:gallery \'"Hello"\'`.',
  flow: {
    page: 'gallery.bus.publish(text)',
    preload: "ipcRenderer.invoke('bus:publish', text)",
    main: 'mullion_message_bus_publish()',
  },
  mount,
};
