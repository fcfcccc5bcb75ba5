// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

/**
 * The state of one conversion: cycles and shared references keep their shape.
 * Most values hold a single object, for which no Map is made.
 */

const { SafeMap } = require('./primordials');

/** A class, for the compiler: a literal without a prototype is much slower. */
class Pass {
  constructor(link, isFrozen) {
    this.link = link;
    this.isFrozen = isFrozen;
    this.first = undefined;
    this.firstCopy = undefined;
    this.copies = null;
  }
}

const recall = (pass, value) => {
  if (pass.first === value) {
    return pass.firstCopy;
  }
  return pass.copies === null ? undefined : pass.copies.get(value);
};

const remember = (pass, value, copy) => {
  if (pass.first === undefined) {
    pass.first = value;
    pass.firstCopy = copy;
    return copy;
  }
  if (pass.copies === null) {
    pass.copies = new SafeMap();
  }
  pass.copies.set(value, copy);
  return copy;
};

module.exports = { Pass, recall, remember };
