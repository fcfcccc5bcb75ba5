// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

/*
 * Makes the function that compares a value with its structured clone, down to the last slot; it
 * throws where they differ. Run in the page and, from its text, in the preload world.
 */
function makeCompare() {
  const fail = (path, what) => { throw new Error(`${path}: ${what}`); };

  const show = (value) => String(value).slice(0, 200);

  const equal = (a, b, path) => {
    if (!Object.is(a, b)) {
      fail(path, `${show(b)} is not ${show(a)}`);
    }
  };

  // What is behind the properties of an object, by the name of its class.
  const bytesOf = (view) => [...new Uint8Array(view.buffer, view.byteOffset, view.byteLength)];
  const numbersOf = (object) => Object.values(object.toJSON());
  const slots = {
    Map: (map) => [...map],
    Set: (set) => [...set],
    Error: (error) => [error.message, error.stack, 'cause' in error, error.cause],
    DOMException: (exception) => [exception.name, exception.message, exception.code],
    RegExp: (regexp) => [regexp.source, regexp.flags],
    Date: (date) => [date.getTime()],
    Number: (number) => [number.valueOf()],
    String: (string) => [string.valueOf()],
    Boolean: (boolean) => [boolean.valueOf()],
    BigInt: (bigint) => [bigint.valueOf()],
    ArrayBuffer: (buffer) => bytesOf(new Uint8Array(buffer)),
    Blob: (blob) => [blob.type, blob.size],
    File: (file) => [file.type, file.size, file.name, file.lastModified],
    FileList: (list) => [...list],
    ImageData: (image) => [image.width, image.height, image.colorSpace, bytesOf(image.data)],
    DOMPoint: numbersOf,
    DOMPointReadOnly: numbersOf,
    DOMRect: numbersOf,
    DOMRectReadOnly: numbersOf,
    DOMMatrix: numbersOf,
    DOMMatrixReadOnly: numbersOf,
    DOMQuad: ({ p1, p2, p3, p4 }) => [p1, p2, p3, p4],
  };

  // The class of what a structured clone makes: instances of an app's classes are plain objects.
  const classOf = (object) => {
    const Class = Object.getPrototypeOf(object)?.constructor ?? Object;
    return globalThis[Class.name] === Class ? Class : Object;
  };

  const blobs = [];

  const compareSlots = (a, b, name, path, seen) => {
    const read = a instanceof Error && name !== 'DOMException' ? slots.Error : slots[name];
    if (read !== undefined) {
      alike(read(a), read(b), `${path}<${name}>`, seen);
    }
    if (ArrayBuffer.isView(a)) {
      equal(a.byteOffset, b.byteOffset, `${path}.byteOffset`);
      equal(a.byteLength, b.byteLength, `${path}.byteLength`);
      alike(a.buffer, b.buffer, `${path}.buffer`, seen);
    }
    if (a instanceof Blob) {
      blobs.push([a, b, path]);
    }
  };

  const hasMembers = (object) => !ArrayBuffer.isView(object) &&
    (slots[classOf(object).name] === undefined || object instanceof Map) &&
    !(object instanceof Error);

  const alike = (a, b, path, seen) => {
    if (typeof a !== 'object' || a === null) {
      equal(a, b, path);
      return;
    }
    if (typeof b !== 'object' || b === null) {
      fail(path, `${String(b)} is no object`);
    }
    if (seen.has(a)) {
      equal(seen.get(a), b, `the reference ${path}`);
      return;
    }
    seen.set(a, b);
    const Class = classOf(a);
    equal(Class.prototype, Object.getPrototypeOf(b), `the class of ${path}`);
    compareSlots(a, b, Class.name, path, seen);
    if (Array.isArray(a)) {
      equal(a.length, b.length, `${path}.length`);
    }
    if (hasMembers(a)) {
      const keys = Object.keys(a);
      equal(keys.join(), Object.keys(b).join(), `the keys of ${path}`);
      for (const key of keys) {
        alike(a[key], b[key], `${path}.${key}`, seen);
      }
    }
  };

  const compareBlobs = async () => {
    for (const [a, b, path] of blobs.splice(0)) {
      const [first, second] = await Promise.all([a.arrayBuffer(), b.arrayBuffer()]);
      alike(first, second, path, new Map());
    }
  };

  return async (a, b) => {
    alike(a, b, 'value', new Map());
    await compareBlobs();
  };
}
