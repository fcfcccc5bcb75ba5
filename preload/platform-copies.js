// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

/**
 * Copies of what no JavaScript can copy: the platform makes them. @link is one
 * of converter.js, and what cannot cross is refused as there.
 */

const { NOT_CLONEABLE } = require('./crossing');

const rewrapNode = (node, { source, target }) => {
  // An overflow may have left a node there, which must not be taken for this one.
  target.takeNode();
  source.post(target.getMailboxName(), node);
  const wrapped = target.takeNode();
  if (wrapped === null) {
    // At the end of the stack the listener may not run, and events swallow that.
    throw NOT_CLONEABLE;
  }
  return wrapped;
};

const clone = (value, { target }) => {
  const copy = target.clone(value);
  if (copy === target.FAILED) {
    throw NOT_CLONEABLE;
  }
  return copy;
};

// A File stays the same one, so that webUtils knows it.
const copyBlob = (value, link) => link.target.rewrapFile(value) ?? clone(value, link);

module.exports = { clone, copyBlob, rewrapNode };
