// SPDX-License-Identifier: LGPL-2.1-or-later

// The objects of the web platform that the structured clone algorithm takes, as tags with their
// bytes or numbers. What a script cannot look into, or not make anew at once, is not here and so
// cannot be sent: an ImageBitmap, a CryptoKey.

'use strict';

const {
  Error,
  ObjectHasOwn,
  RangeError,
  SafeMap,
  StringPrototypeCharCodeAt,
  TypedArrayPrototypeGetBuffer,
  Uint8Array,
} = require('./primordials');
const {
  Blob,
  DOMException,
  DataTransfer,
  File,
  FileGetName,
  ImageData,
  URL,
  XMLHttpRequest,
  bound,
  getter,
  method,
} = require('./platform');
const { checked, checkedText, isArrayBuffer, malformed } = require('./values-check');
const { GEOMETRY, readGeometry, writeGeometry } = require('./values-geometry');
const { numberText, quote } = require('./values-text');

const MAX_BLOB = 128 * 1024 * 1024;

// The text of one piece of a blob takes two bytes for each of its own.
const PIECE = 4 * 1024 * 1024;

const addItem = method(globalThis.DataTransferItemList, 'add');
const createObjectURL = bound(URL, 'createObjectURL');
const getBlobSize = getter(Blob, 'size');
const getBlobType = getter(Blob, 'type');
const getColorSpace = getter(ImageData, 'colorSpace');
const getFiles = getter(DataTransfer, 'files');
const getHeight = getter(ImageData, 'height');
const getItem = method(globalThis.FileList, 'item');
const getItems = getter(DataTransfer, 'items');
const getLastModified = getter(File, 'lastModified');
const getListLength = getter(globalThis.FileList, 'length');
const getPixels = getter(ImageData, 'data');
const getText = getter(XMLHttpRequest, 'responseText');
const getWidth = getter(ImageData, 'width');
const open = method(XMLHttpRequest, 'open');
const overrideMimeType = method(XMLHttpRequest, 'overrideMimeType');
const revokeObjectURL = bound(URL, 'revokeObjectURL');
const sendRequest = method(XMLHttpRequest, 'send');
const slice = method(Blob, 'slice');

// -- Blobs and files --

// A message must be whole when the call that sends it returns, or it would arrive after others that
// were sent later. Only a synchronous request reads a blob at once, and it gives text: in this
// encoding each character's lower byte is the byte that it was. The preload world is not bound by
// the page's policy for its connections.
function readPiece(piece) {
  const url = createObjectURL(piece);
  try {
    const request = new XMLHttpRequest();
    open(request, 'GET', url, false);
    overrideMimeType(request, 'text/plain; charset=x-user-defined');
    sendRequest(request);
    return getText(request);
  } catch {
    throw new Error('The content of a Blob could not be read.');
  } finally {
    revokeObjectURL(url);
  }
}

/**
 * Reads a blob's bytes, at once.
 *
 * @param {Blob} blob
 * @returns {ArrayBuffer}
 * @throws {Error} When the blob is too large or, being a file, has changed or gone.
 */
function readBytes(blob) {
  const size = getBlobSize(blob);
  if (size > MAX_BLOB) {
    throw new RangeError('A Blob of ' + size + ' bytes is over the limit of ' + MAX_BLOB +
      ' bytes');
  }
  const bytes = new Uint8Array(size);
  for (let start = 0; start < size; start += PIECE) {
    const text = readPiece(slice(blob, start, start + PIECE));
    if (text.length !== (size - start < PIECE ? size - start : PIECE)) {
      throw new Error('The content of a Blob could not be read.');
    }
    for (let i = 0; i < text.length; i++) {
      bytes[start + i] = StringPrototypeCharCodeAt(text, i);
    }
  }
  return TypedArrayPrototypeGetBuffer(bytes);
}

function writeBlob(writer, blob, level) {
  writer.put('{"$mullion":"blob","type":' + quote(getBlobType(blob)) + ',"data":');
  writer.value(readBytes(blob), level + 1);
  writer.put('}');
}

function writeFile(writer, file, level) {
  writer.put('{"$mullion":"file","name":' + quote(FileGetName(file)) +
    ',"lastModified":' + numberText(getLastModified(file)) +
    ',"type":' + quote(getBlobType(file)) + ',"data":');
  writer.value(readBytes(file), level + 1);
  writer.put('}');
}

function writeFileList(writer, list, level) {
  const length = getListLength(list);
  writer.put('{"$mullion":"filelist","files":[');
  for (let i = 0; i < length; i++) {
    writer.put(i === 0 ? '' : ',');
    writer.value(getItem(list, i), level + 2);
  }
  writer.put(']}');
}

function readData(reader, tag) {
  const data = reader.value(checked(tag, 'data', 'object'));
  if (!isArrayBuffer(data)) {
    throw malformed(tag);
  }
  return data;
}

const readBlob = (reader, tag, id) => reader.named(new Blob([readData(reader, tag)], {
  __proto__: null,
  type: checkedText(reader, tag, 'type'),
}), id);

const readFile = (reader, tag, id) => reader.named(
  new File([readData(reader, tag)], checkedText(reader, tag, 'name'), {
    __proto__: null,
    lastModified: checked(tag, 'lastModified', 'number'),
    type: checkedText(reader, tag, 'type'),
  }), id);

// No script can make a FileList, but a transfer that was never dragged has one.
function readFileList(reader, tag, id) {
  const files = checked(tag, 'files', 'array');
  const transfer = new DataTransfer();
  for (let i = 0; i < files.length; i++) {
    addItem(getItems(transfer), reader.value(files[i]));
  }
  return reader.named(getFiles(transfer), id);
}

// -- Pictures --

function writeImageData(writer, image, level) {
  const colorSpace = getColorSpace?.(image);
  writer.put('{"$mullion":"imagedata","width":' + getWidth(image) +
    ',"height":' + getHeight(image) + (colorSpace === undefined ? '' : ',"colorSpace":' + quote(colorSpace)) + ',"data":');
  writer.value(getPixels(image), level + 1);
  writer.put('}');
}

function readImageData(reader, tag, id) {
  const settings = ObjectHasOwn(tag, 'colorSpace')
    ? { __proto__: null, colorSpace: checked(tag, 'colorSpace', 'string') }
    : undefined;
  const width = checked(tag, 'width', 'number');
  const height = checked(tag, 'height', 'number');
  const pixels = reader.value(checked(tag, 'data', 'object'));
  return reader.named(new ImageData(pixels, width, height, settings), id);
}

// -- The tables --

const WRITERS = {
  __proto__: null,
  Blob: writeBlob,
  File: writeFile,
  FileList: writeFileList,
  ImageData: writeImageData,
};

const READERS = {
  __proto__: null,
  blob: readBlob,
  file: readFile,
  filelist: readFileList,
  geometry: readGeometry,
  imagedata: readImageData,
};

// Clones are made by the engine: the prototype of one is that of its class.
const kinds = new SafeMap();

kinds.set(DOMException.prototype, 'Exception');

for (const name in WRITERS) {
  kinds.set(globalThis[name].prototype, name);
}
for (const name in GEOMETRY) {
  WRITERS[name] = writeGeometry(name);
  kinds.set(globalThis[name].prototype, name);
}

/**
 * Names the kind of a platform object.
 *
 * @param {object} prototype The prototype of a structured clone of it.
 * @returns {string|undefined} A key of WRITERS, or Exception; undefined when it has no form.
 */
const kindOfClone = (prototype) => kinds.get(prototype);

module.exports = { READERS, WRITERS, kindOfClone };
