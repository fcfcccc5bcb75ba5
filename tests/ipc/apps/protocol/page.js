// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

/** What a fetch came to, or the name of its error. */
window.tell = async (path, options) => {
  try {
    const response = await fetch(`notes://here/${path}`, options);

    return [response.status, response.headers.get('content-type'),
      response.headers.get('x-note'), await response.text()];
  } catch (error) {
    return error.name;
  }
};

/** The pieces of a stream, as they come, until one says "more". */
window.begin = async (path) => {
  const response = await fetch(`notes://here/${path}`);

  window.reader = response.body.getReader();
  return new TextDecoder().decode((await window.reader.read()).value);
};
window.goOn = async () => {
  const { value, done } = await window.reader.read();

  return done ? 'done' : new TextDecoder().decode(value);
};
