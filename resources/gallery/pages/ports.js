// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, field, message, result, row } from '../lib/dom.js';

const { ports } = window.gallery;

/** A sum that C keeps for as long as the port is open. */
function createTally(log) {
  const number = el('input', { id: 'tally-number', type: 'number', value: 7 });
  const total = result('tally-total', 'No port is open');
  let port = null;

  const open = button('tally-open', 'Open a port', () => {
    port = ports.open();
    port.onmessage = ({ data }) => {
      log.in('the port', data);
      total.show(typeof data === 'number' ? `The total is ${data}` : data,
        typeof data === 'number' ? 'ok' : 'error');
    };
    total.show('A port is open', '');
    setOpen(true);
  }, 'suggested');
  const add = button('tally-add', 'Add', () => {
    log.out('the port', number.valueAsNumber);
    port.postMessage(number.valueAsNumber);
  });
  const close = button('tally-close', 'Close it', () => stop());

  function setOpen(isOpen) {
    open.disabled = isOpen;
    add.disabled = !isOpen;
    close.disabled = !isOpen;
  }

  function stop() {
    port?.postMessage(null);
    port?.close();
    port = null;
    setOpen(false);
  }

  setOpen(false);
  const forget = ports.onClosed((sum) => {
    log.in('ports:closed', sum);
    total.show(`C heard the end of it, at ${sum}`);
  });
  return {
    nodes: [field('Number', number), row(open, add, close), total],
    stop() {
      forget();
      stop();
    },
  };
}

/** A pane that two windows move, with nobody in between. */
function createLine(log) {
  const slider = el('input', { id: 'line-slider', type: 'range', min: 0, max: 100, value: 50 });
  const state = result('line-state', 'There is no other window');
  let line = null;

  const lose = () => {
    line = null;
    slider.disabled = true;
    state.show('There is no other window', '');
  };
  slider.addEventListener('input', () => line?.postMessage(slider.valueAsNumber));
  lose();

  const leave = ports.join((id, port) => {
    line?.close();
    line = port;
    slider.disabled = false;
    state.show(`Window ${id} has the other end`);
    log.in('ports:line', id, 'MessagePort');
    port.onmessage = ({ data }) => {
      if (data === null) {
        lose();
        return;
      }
      slider.value = Number(data);
      state.show(`Window ${id} moved it to ${slider.value}`);
    };
  });
  const open = button('line-open', 'Open another window', () => {
    ports.openPeer().catch((error) => log.error(message(error)));
  });
  return {
    nodes: [row(open), field('The mullion', slider), state],
    stop() {
      leave();
      line?.postMessage(null);
      line?.close();
      line = null;
    },
  };
}

function mount(stage, log) {
  const parts = [createTally(log), createLine(log)];
  stage.append(...parts.flatMap(({ nodes }) => nodes));
  return () => parts.forEach((part) => part.stop());
}

export default {
  id: 'ports',
  title: 'Message ports',
  icon: 'port',
  lead: 'A port is a conversation of its own, with no channel to name. One end goes to a handler in '
    + 'C; or C makes a channel and gives its two ends to two pages, which then talk '
    + 'without it.',
  flow: {
    page: 'port.postMessage(7)',
    preload: 'ipcRenderer.postMessage(channel, null, [port])',
    main: 'mullion_message_port_main_post_message()',
  },
  mount,
};
