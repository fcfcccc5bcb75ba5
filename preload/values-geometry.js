// SPDX-License-Identifier: LGPL-2.1-or-later

// Points, rectangles, quadrilaterals and matrices as tags: the name of the class and the numbers
// that its constructor takes.

'use strict';

const { getter } = require('./platform');
const { checked, malformed } = require('./values-check');
const { numberText } = require('./values-text');

const gettersOf = (Class, list) => {
  const getters = [];
  for (let i = 0; i < list.length; i++) {
    getters[i] = getter(Class, list[i]);
  }
  return getters;
};

const getPoint = gettersOf(globalThis.DOMPointReadOnly, ['x', 'y', 'z', 'w']);
const getRect = gettersOf(globalThis.DOMRectReadOnly, ['x', 'y', 'width', 'height']);
const getPoints = gettersOf(globalThis.DOMQuad, ['p1', 'p2', 'p3', 'p4']);
const getMatrix2D = gettersOf(globalThis.DOMMatrixReadOnly, ['a', 'b', 'c', 'd', 'e', 'f']);
const getMatrix = gettersOf(globalThis.DOMMatrixReadOnly, [
  'm11', 'm12', 'm13', 'm14', 'm21', 'm22', 'm23', 'm24',
  'm31', 'm32', 'm33', 'm34', 'm41', 'm42', 'm43', 'm44',
]);
const isMatrix2D = getter(globalThis.DOMMatrixReadOnly, 'is2D');

function readNumbers(object, getters, numbers = []) {
  for (let i = 0; i < getters.length; i++) {
    numbers[numbers.length] = getters[i](object);
  }
  return numbers;
}

function readQuad(quad) {
  const numbers = [];
  for (let i = 0; i < 4; i++) {
    readNumbers(getPoints[i](quad), getPoint, numbers);
  }
  return numbers;
}

const point = (v, at) => ({ __proto__: null, x: v[at], y: v[at + 1], z: v[at + 2], w: v[at + 3] });

const pointParts = {
  count: (n) => n === 4,
  read: (object) => readNumbers(object, getPoint),
  make: (Class, v) => new Class(v[0], v[1], v[2], v[3]),
};
const rectParts = { ...pointParts, read: (object) => readNumbers(object, getRect) };
const matrixParts = {
  count: (n) => n === 6 || n === 16,
  read: (object) => readNumbers(object, isMatrix2D(object) ? getMatrix2D : getMatrix),
  make: (Class, v) => new Class(v),
};
const quadParts = {
  count: (n) => n === 16,
  read: readQuad,
  make: (Class, v) => new Class(point(v, 0), point(v, 4), point(v, 8), point(v, 12)),
};

// The parts of a class: how many numbers it has, what they are, and an object made of them.
const GEOMETRY = {
  __proto__: null,
  DOMMatrix: matrixParts,
  DOMMatrixReadOnly: matrixParts,
  DOMPoint: pointParts,
  DOMPointReadOnly: pointParts,
  DOMQuad: quadParts,
  DOMRect: rectParts,
  DOMRectReadOnly: rectParts,
};

const CLASSES = { __proto__: null };
for (const name in GEOMETRY) {
  CLASSES[name] = globalThis[name];
}

/** Makes the function that writes objects of a class. */
const writeGeometry = (name) => (writer, object) => {
  const numbers = GEOMETRY[name].read(object);
  writer.put('{"$mullion":"geometry","type":"' + name + '","values":[');
  for (let i = 0; i < numbers.length; i++) {
    writer.put((i === 0 ? '' : ',') + numberText(numbers[i]));
  }
  writer.put(']}');
};

function readGeometry(reader, tag, id) {
  const name = checked(tag, 'type', 'string');
  const values = reader.value(checked(tag, 'values', 'array'));
  if (GEOMETRY[name] === undefined || !GEOMETRY[name].count(values.length)) {
    throw malformed(tag);
  }
  for (let i = 0; i < values.length; i++) {
    if (typeof values[i] !== 'number') {
      throw malformed(tag);
    }
  }
  return reader.named(GEOMETRY[name].make(CLASSES[name], values), id);
}

module.exports = { GEOMETRY, readGeometry, writeGeometry };
