// SPDX-License-Identifier: LGPL-2.1-or-later

// The names of channels, as the JSON text that goes into a message.

'use strict';

const {
  JSONStringify,
  SafeMap,
  StringPrototypeIncludes,
  StringPrototypeIsWellFormed,
  TypeError,
} = require('./primordials');
const { conversionError } = require('./ipc-checks');

const MANY_CHANNELS = 256;

// A channel is used again and again: its JSON text is kept.
const texts = new SafeMap();

/**
 * The JSON text of a channel's name.
 *
 * @param {any} channel
 * @param {number} index Which argument of its function it is, for the error.
 * @returns {string}
 * @throws {TypeError} When it is no string, or has a character that C strings cannot carry.
 */
function channelText(channel, index) {
  if (typeof channel !== 'string') {
    throw conversionError(index, channel);
  }
  let text = texts.get(channel);
  if (text === undefined) {
    if (StringPrototypeIncludes(channel, '\0') || !StringPrototypeIsWellFormed(channel)) {
      throw new TypeError('The name of a channel has a character that cannot be sent');
    }
    text = JSONStringify(channel);
    if (texts.size < MANY_CHANNELS) {
      texts.set(channel, text);
    }
  }
  return text;
}

module.exports = { channelText };
