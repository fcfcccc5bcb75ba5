// SPDX-License-Identifier: LGPL-2.1-or-later

/*
 * The part of a kit that knows objects of the web platform: DOM nodes, signals
 * and exceptions. kit.js has the rest, and its rules.
 */
(() => {
  'use strict';

  const { apply, getOwnPropertyDescriptor } = Reflect;
  const { freeze } = Object;

  const { AbortController, AbortSignal, DOMException, EventTarget, FocusEvent, Node } = globalThis;
  const { addEventListener, dispatchEvent } = EventTarget?.prototype ?? {};
  const { abort: abortController } = AbortController?.prototype ?? {};

  const getter = (Class, name) => Class && getOwnPropertyDescriptor(Class.prototype, name).get;

  const getExceptionName = getter(DOMException, 'name');
  const getSignal = getter(AbortController, 'signal');
  const getAborted = getter(AbortSignal, 'aborted');
  const getReason = getter(AbortSignal, 'reason');

  const getNodeType = getter(Node, 'nodeType');
  const getOnMessage = getter(globalThis.MessagePort, 'onmessage');
  const getRelatedTarget = getter(FocusEvent, 'relatedTarget');

  const isNode = (value) => {
    try {
      return typeof apply(getNodeType, value, []) === 'number';
    } catch {
      return false;
    }
  };

  const isPort = (value) => {
    try {
      apply(getOnMessage, value, []);
      return true;
    } catch {
      return false;
    }
  };

  // A DOM node or message port has one wrapper per world and nothing in JavaScript converts one
  // into the other; an event does. Every kit listens on one private, shared
  // event target under its own name, and reads there what another kit posted.
  const mailbox = { __proto__: null, target: null, name: '', node: null };

  const openMailbox = (name, target) => {
    mailbox.name = name;
    mailbox.target = target;
    apply(addEventListener, target, [name, (event) => {
      mailbox.node = apply(getRelatedTarget, event, []);
    }]);
  };

  const send = (target, name, node) => {
    const event = new FocusEvent(name, { __proto__: null, relatedTarget: node });
    apply(dispatchEvent, target, [event]);
  };

  /** Makes the shared target. For the first kit only. */
  const createMailbox = (name) => openMailbox(name, new EventTarget());

  /**
   * Gives this kit's shared target to another kit, over the document that they
   * share: @listen is the other kit's listenForMailbox. @secret is a name that
   * no page script can have guessed, should one have run already.
   */
  const shareMailbox = (listen, secret, name) => {
    listen(secret, name);
    send(document, secret, mailbox.target);
  };

  const listenForMailbox = (secret, name) => {
    apply(addEventListener, document, [secret, (event) => {
      openMailbox(name, apply(getRelatedTarget, event, []));
    }, { __proto__: null, once: true }]);
  };

  const getMailboxName = () => mailbox.name;

  const post = (name, node) => mailbox.target !== null && send(mailbox.target, name, node);

  const takeNode = () => {
    const { node } = mailbox;
    mailbox.node = null;
    return node;
  };

  // A File has one wrapper per world, as a node has. What is put into a transfer of this world comes
  // out as this world's wrapper of the very same File, which a structured clone would not be.
  const { DataTransfer, DataTransferItemList, FileList } = globalThis;
  const getItems = getter(DataTransfer, 'items');
  const getFiles = getter(DataTransfer, 'files');
  const { add: addItem } = DataTransferItemList?.prototype ?? {};
  const { item: itemOf } = FileList?.prototype ?? {};

  /** This world's wrapper of a File of any world; null for anything else, without a trace. */
  const rewrapFile = (file) => {
    try {
      const transfer = new DataTransfer();
      apply(addItem, apply(getItems, transfer, []), [file]);
      return apply(itemOf, apply(getFiles, transfer, []), [0]);
    } catch {
      return null;
    }
  };

  const isSignal = (value) => {
    try {
      return typeof apply(getAborted, value, []) === 'boolean';
    } catch {
      return false;
    }
  };

  const makeController = () => new AbortController();

  const signalOf = (controller) => apply(getSignal, controller, []);

  const abort = (controller, reason) => apply(abortController, controller, [reason]);

  /**
   * Calls @aborted (reason) of the other realm once @signal is, at once if it is
   * already. An event of that name alone is not believed: anybody may dispatch
   * one.
   */
  const observeSignal = (signal, aborted) => {
    const pass = () => {
      try {
        if (apply(getAborted, signal, [])) {
          aborted(apply(getReason, signal, []));
        }
      } catch {
        // An overflow of the other realm: it ends here, as in observe().
      }
    };
    apply(addEventListener, signal, ['abort', pass]);
    pass();
  };

  const makeException = (message, name) => new DOMException(message, name);

  /** The name of a DOMException; undefined for anything else, without a trace. */
  const exceptionName = (value) => {
    try {
      return apply(getExceptionName, value, []);
    } catch {
      return undefined;
    }
  };

  return freeze({
    __proto__: null,
    isNode,
    isPort,
    createMailbox,
    shareMailbox,
    listenForMailbox,
    getMailboxName,
    post,
    takeNode,
    rewrapFile,
    isSignal,
    makeController,
    signalOf,
    abort,
    observeSignal,
    makeException,
    exceptionName,
  });
})()
