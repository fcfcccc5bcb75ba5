// SPDX-License-Identifier: LGPL-2.1-or-later

// Message ports that cross processes.
//
// A port of the web platform cannot leave its process; a socket can. So a port that is sent away
// stays here and is relayed: whatever comes to it goes through a socket, and the other way round. A
// socket that comes in is relayed to one end of a new message channel, and the script gets the other
// end. What a script does with its end, to start it, give it to a worker or another frame, is the
// engine's business and works as ever.

'use strict';

const { ArrayIsArray, Error, TypeError, structuredClone } = require('./primordials');
const {
  MessageChannel,
  MessageChannelGetPort1,
  MessageChannelGetPort2,
  MessageEventGetData,
  MessageEventGetPorts,
  MessagePortClose,
  MessagePortPostMessage,
  MessagePortSetOnMessage,
} = require('./platform');
const { isMessagePort } = require('./immediate');
const { report } = require('./report');
const { encode, parse, revive } = require('./values');
const { takeBytes } = require('./values-bytes');

// The kind of frame that a port has; ipc/mullion-wire.h has the same.
const PORT_MESSAGE = 64;

const MAX_PORTS = 200;

const invalid = () => new TypeError('Invalid value for transfer');

/**
 * Checks the list of ports that go with a message.
 *
 * @param {any} transfer
 * @returns {MessagePort[]} A copy of it.
 * @throws {TypeError} `Invalid value for transfer`, as Electron says.
 */
function readTransfer(transfer) {
  const ports = [];
  if (transfer === undefined) {
    return ports;
  }
  if (!ArrayIsArray(transfer)) {
    throw invalid();
  }
  for (let i = 0; i < transfer.length; i++) {
    ports[i] = transfer[i];
    if (!isMessagePort(ports[i])) {
      throw invalid();
    }
  }
  if (ports.length > MAX_PORTS) {
    throw new Error(ports.length + ' ports in one message are over the limit of ' + MAX_PORTS);
  }
  return ports;
}

/**
 * @param {object} sockets See createSockets().
 * @returns {{drop: Function, give: Function, take: Function}}
 */
function createPorts(sockets) {
  function send(socket, event) {
    const text = encode([MessageEventGetData(event)]);
    const bytes = takeBytes();
    socket.send(PORT_MESSAGE, text, bytes, give(MessageEventGetPorts(event)));
  }

  function receive(port, { bytes, kind, ports, text }) {
    if (kind !== PORT_MESSAGE) {
      throw new Error('A port got a frame of the unknown kind ' + kind);
    }
    const { value, tagged } = parse(text);
    const data = tagged ? revive(value, bytes) : value;
    const own = take(ports);
    MessagePortPostMessage(port, data[0], own);
  }

  // Each keeps the other alive until the socket is closed.
  function relay(port, socket) {
    socket.open({
      frame: (frame) => receive(port, frame),
      closed: () => MessagePortClose(port),
    });
    // This also starts the port.
    MessagePortSetOnMessage(port, (event) => {
      try {
        send(socket, event);
      } catch (error) {
        report(error);
      }
    });
  }

  /**
   * Takes ports away from whoever has them.
   *
   * @param {MessagePort[]} ports
   * @returns {Socket[]} What goes in their place.
   * @throws {TypeError} When one of them was sent away before, or is there twice; then none is taken.
   */
  function give(ports) {
    const theirs = [];
    const ours = [];
    if (ports.length === 0) {
      return theirs;
    }
    for (let i = 0; i < ports.length; i++) {
      const pair = sockets.make();
      ours[i] = pair[0];
      theirs[i] = pair[1];
    }
    let twins;
    try {
      // A clone of a port is the port itself in another object; this one cannot be used any more.
      twins = structuredClone(ports, { __proto__: null, transfer: ports });
    } catch {
      drop(ours);
      drop(theirs);
      throw invalid();
    }
    for (let i = 0; i < ports.length; i++) {
      relay(twins[i], ours[i]);
    }
    return theirs;
  }

  /**
   * Makes ports of what came.
   *
   * @param {Socket[]} list
   * @returns {MessagePort[]} They wait for start() or onmessage, as ports do.
   */
  function take(list) {
    const ports = [];
    for (let i = 0; i < list.length; i++) {
      const channel = new MessageChannel();
      relay(MessageChannelGetPort1(channel), list[i]);
      ports[i] = MessageChannelGetPort2(channel);
    }
    return ports;
  }

  /** Closes what nobody wants. */
  function drop(list) {
    for (let i = 0; i < list.length; i++) {
      list[i].close();
    }
  }

  return { drop, give, take };
}

module.exports = { createPorts, readTransfer };
