// SPDX-License-Identifier: LGPL-2.1-or-later
// A key and value table in IndexedDB. All windows of an app have one origin, so they share it.

const NAME = 'gallery';
const TABLE = 'values';

function settle(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

let opened = null;

function open() {
  if (!opened) {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(TABLE);
    opened = settle(request);
  }
  return opened;
}

/**
 * Reads a value.
 *
 * @param {string} key
 * @returns {Promise<*>}
 */
export async function get(key) {
  const database = await open();
  return settle(database.transaction(TABLE).objectStore(TABLE).get(key));
}

/**
 * Writes a value, and resolves when the transaction is complete.
 *
 * @param {string} key
 * @param {*} value
 * @returns {Promise<void>}
 */
export async function set(key, value) {
  const database = await open();
  const transaction = database.transaction(TABLE, 'readwrite');
  transaction.objectStore(TABLE).put(value, key);
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onerror = () => reject(transaction.error);
  });
}
