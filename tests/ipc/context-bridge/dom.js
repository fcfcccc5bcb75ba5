// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// Nodes and Blobs cross as what they are, wrapped anew.

test('an element of the preload is the element of the page', () => {
  equal(api.getBody(), document.body);
  equal(Object.getPrototypeOf(api.getBody()), HTMLBodyElement.prototype);
});

test('any node crosses', () => {
  const [theDocument, body, text] = api.getNodes();
  equal(theDocument, document);
  equal(body, document.body);
  equal(Object.getPrototypeOf(text), Text.prototype);
  equal(text.data, 'text');
});

test('an element of the page is the element of the preload', () => {
  equal(api.isBody(document.body), true);
  same(api.describeNode(document.body), ['BODY', true, 'function']);
});

test('a detached element crosses, there and back', () => {
  const element = document.createElement('section');
  same(api.describeNode(element), ['SECTION', true, 'function']);
  equal(api.echo({ list: [element] }).list[0], element);
});

test('an element in a shadow tree crosses', () => {
  const host = document.createElement('div');
  document.body.append(host);
  const inner = document.createElement('p');
  host.attachShadow({ mode: 'closed' }).append(inner);
  equal(api.echo(inner), inner);
  host.remove();
});

test('an object that pretends to be a node is a plain object', () => {
  const fake = Object.create(HTMLElement.prototype);
  fake.own = 1;
  equal(api.own(fake), 'own');
});

test('a Blob crosses', async () => {
  const blob = api.getBlob();
  equal(Object.getPrototypeOf(blob), Blob.prototype);
  equal(blob.type, 'text/x-test');
  equal(await blob.text(), 'abcd');
});

test('a File crosses', async () => {
  const file = api.getFile();
  equal(Object.getPrototypeOf(file), File.prototype);
  equal(file.name, 'name.txt');
  equal(await file.text(), 'content');
});

test('a Blob of the page crosses', async () => {
  same(await api.readBlob(new Blob(['12', '45'])), ['1245', true]);
});

test('the page sees no event of a crossing node', () => {
  const seen = [];
  const original = EventTarget.prototype.dispatchEvent;
  EventTarget.prototype.dispatchEvent = function dispatchEvent(event) {
    seen.push(event);
    return original.call(this, event);
  };
  try {
    api.echo(document.body);
  } finally {
    EventTarget.prototype.dispatchEvent = original;
  }
  equal(seen.length, 0);
});
