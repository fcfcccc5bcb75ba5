// SPDX-License-Identifier: LGPL-2.1-or-later

// What the runtime needs of the web platform and of the rarer built-ins, taken before any script
// ran, as primordials.js takes the rest. What an engine may lack is undefined here.

'use strict';

const { ReflectApply, ReflectGetOwnPropertyDescriptor, uncurryThis } = require('./primordials');

const method = (Class, name) => {
  const fn = Class?.prototype[name];
  return typeof fn === 'function' ? uncurryThis(fn) : undefined;
};

const getter = (Class, name) => {
  const found = Class && ReflectGetOwnPropertyDescriptor(Class.prototype, name);
  return found?.get && uncurryThis(found.get);
};

const setter = (Class, name) => {
  const found = Class && ReflectGetOwnPropertyDescriptor(Class.prototype, name);
  return found?.set && uncurryThis(found.set);
};

// Functions of the global object want it as their `this`.
const bound = (holder, name) => {
  const fn = holder[name];
  return (...args) => ReflectApply(fn, holder, args);
};

const { AbortController, AbortSignal, Document, EventTarget } = globalThis;
const { MessageChannel, MessagePort } = globalThis;
const { Blob, DOMException, DataTransfer, File, ImageData, XMLHttpRequest } = globalThis;
const TypedArray = Object.getPrototypeOf(Uint8Array);

module.exports = {
  AbortController,
  AbortControllerAbort: method(AbortController, 'abort'),
  AbortControllerGetSignal: getter(AbortController, 'signal'),
  AbortSignalGetAborted: getter(AbortSignal, 'aborted'),
  AbortSignalGetReason: getter(AbortSignal, 'reason'),
  BigInt64Array,
  BigUint64Array,
  Blob,
  CSSStyleDeclarationGetPropertyValue: method(globalThis.CSSStyleDeclaration, 'getPropertyValue'),
  CSSStyleSheet: globalThis.CSSStyleSheet,
  CSSStyleSheetReplaceSync: method(globalThis.CSSStyleSheet, 'replaceSync'),
  DOMException,
  DataTransfer,
  DataTransferGetFiles: getter(DataTransfer, 'files'),
  DocumentGetAdoptedStyleSheets: getter(Document, 'adoptedStyleSheets'),
  DragEventGetDataTransfer: getter(globalThis.DragEvent, 'dataTransfer'),
  ErrorIsError: Error.isError ?? ((value) => value instanceof Error),
  EvalError,
  Event: globalThis.Event,
  EventComposedPath: method(globalThis.Event, 'composedPath'),
  EventPreventDefault: method(globalThis.Event, 'preventDefault'),
  EventStopImmediatePropagation: method(globalThis.Event, 'stopImmediatePropagation'),
  EventTarget,
  EventTargetAddEventListener: method(EventTarget, 'addEventListener'),
  EventTargetDispatchEvent: method(EventTarget, 'dispatchEvent'),
  EventTargetRemoveEventListener: method(EventTarget, 'removeEventListener'),
  File,
  FileGetName: getter(File, 'name'),
  FileListGetLength: getter(globalThis.FileList, 'length'),
  FileListItem: method(globalThis.FileList, 'item'),
  FinalizationRegistry,
  FinalizationRegistryRegister: method(FinalizationRegistry, 'register'),
  FinalizationRegistryUnregister: method(FinalizationRegistry, 'unregister'),
  Float16Array: globalThis.Float16Array,
  Float32Array,
  Float64Array,
  ImageData,
  InputGetFiles: getter(globalThis.HTMLInputElement, 'files'),
  Int16Array,
  Int32Array,
  Int8Array,
  MessageChannel,
  MessageChannelGetPort1: getter(MessageChannel, 'port1'),
  MessageChannelGetPort2: getter(MessageChannel, 'port2'),
  MessageEventGetData: getter(globalThis.MessageEvent, 'data'),
  MessageEventGetPorts: getter(globalThis.MessageEvent, 'ports'),
  MessagePort,
  MessagePortClose: method(MessagePort, 'close'),
  MessagePortPostMessage: method(MessagePort, 'postMessage'),
  MessagePortSetOnMessage: setter(MessagePort, 'onmessage'),
  MouseEventGetButton: getter(globalThis.MouseEvent, 'button'),
  Proxy,
  ReferenceError,
  TextDecoder: globalThis.TextDecoder,
  TextDecoderDecode: method(globalThis.TextDecoder, 'decode'),
  TextEncoder: globalThis.TextEncoder,
  TextEncoderEncode: method(globalThis.TextEncoder, 'encode'),
  TypedArrayGetTag: getter(TypedArray, Symbol.toStringTag),
  UIEventGetDetail: getter(globalThis.UIEvent, 'detail'),
  URIError,
  URL: globalThis.URL,
  URLSearchParams: globalThis.URLSearchParams,
  Uint16Array,
  Uint32Array,
  Uint8ClampedArray,
  XMLHttpRequest,
  bound,
  clearInterval: bound(globalThis, 'clearInterval'),
  consoleError: bound(globalThis.console, 'error'),
  document: globalThis.document,
  getComputedStyle: bound(globalThis, 'getComputedStyle'),
  getter,
  method,
  performanceNow: bound(globalThis.performance, 'now'),
  setInterval: bound(globalThis, 'setInterval'),
};
