// SPDX-License-Identifier: LGPL-2.1-or-later

// The `url` module: the web's URL classes, the two ways between file URLs and paths, and Node's old
// parse, format and resolve for the code that still uses them.

'use strict';

const {
  Error,
  ObjectAssign,
  RegExpPrototypeExec,
  String,
  StringPrototypeCharCodeAt,
  StringPrototypeEndsWith,
  StringPrototypeIndexOf,
  StringPrototypeReplaceAll,
  StringPrototypeSlice,
  StringPrototypeStartsWith,
  StringPrototypeToLowerCase,
  TypeError,
  decodeURIComponent,
  encodeURIComponent,
} = require('./primordials');
const { URL, URLSearchParams } = require('./platform');

const ENCODED_SLASH = /%2f/i;

// scheme, slashes, user information, host name, port, path, query, fragment
const PARTS = new RegExp('^([a-z][a-z0-9.+-]*:)?(//)?(?:([^/?#@]*)@)?(\\[[^\\]/?#]*\\]|[^:/?#]*)' +
  '(?::([0-9]*))?([^?#]*)(\\?[^#]*)?(#.*)?$', 'is');
const PATH_PARTS = new RegExp('^([a-z][a-z0-9.+-]*:)?([^?#]*)(\\?[^#]*)?(#.*)?$', 'is');

const SLASHED = { __proto__: null, 'file:': 1, 'ftp:': 1, 'http:': 1, 'https:': 1, 'ws:': 1, 'wss:': 1 };

function typeError(code, message) {
  const error = new TypeError(message);
  error.code = code;
  return error;
}

/**
 * @param {string|URL} url
 * @returns {string} The path that a file URL means on this system.
 * @throws {TypeError} When it is no file URL, or names another host.
 */
function fileURLToPath(url) {
  const { protocol, hostname, pathname } = typeof url === 'string' ? new URL(url) : url;
  if (protocol !== 'file:') {
    throw typeError('ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file');
  }
  if (hostname !== '') {
    throw typeError('ERR_INVALID_FILE_URL_HOST',
      'File URL host must be "localhost" or empty on linux');
  }
  if (RegExpPrototypeExec(ENCODED_SLASH, pathname) !== null) {
    throw typeError('ERR_INVALID_FILE_URL_PATH',
      'File URL path must not include encoded / characters');
  }
  return decodeURIComponent(pathname);
}

// What a URL would read as something else than a piece of a path.
const ESCAPES = ['%', '\\', '\n', '\r', '\t', '?', '#'];

function hex(character) {
  const code = StringPrototypeCharCodeAt(character, 0);
  const digits = '0123456789ABCDEF';
  return '%' + digits[code >> 4] + digits[code & 15];
}

/**
 * @param {string} path An absolute path: there is no working folder here to start from.
 * @returns {URL}
 */
function pathToFileURL(path) {
  if (typeof path !== 'string') {
    throw typeError('ERR_INVALID_ARG_TYPE', 'The "path" argument must be of type string. Received ' +
      typeof path);
  }
  if (!StringPrototypeStartsWith(path, '/')) {
    throw new Error('The path must be absolute: a preload script has no working folder');
  }
  let escaped = path;
  for (let i = 0; i < ESCAPES.length; i++) {
    escaped = StringPrototypeReplaceAll(escaped, ESCAPES[i], hex(ESCAPES[i]));
  }
  return new URL('file://' + escaped);
}

function emptyUrl() {
  return {
    protocol: null,
    slashes: null,
    auth: null,
    host: null,
    port: null,
    hostname: null,
    hash: null,
    search: null,
    query: null,
    pathname: null,
    path: null,
    href: '',
  };
}

function queryObject(search) {
  const query = { __proto__: null };
  new URLSearchParams(search).forEach((value, key) => {
    const old = query[key];
    query[key] = old === undefined ? value : typeof old === 'string' ? [old, value] : [...old, value];
  });
  return query;
}

/**
 * Node's old parser: never throws on text, and leaves what is missing null.
 *
 * @param {string} text
 * @param {boolean} [parseQuery] Makes `query` an object instead of text.
 * @param {boolean} [slashesDenoteHost] Reads `//host/path` as a host and a path.
 * @returns {object}
 */
function parse(text, parseQuery, slashesDenoteHost) {
  if (typeof text !== 'string') {
    throw typeError('ERR_INVALID_ARG_TYPE', 'The "url" argument must be of type string. Received ' +
      typeof text);
  }
  const url = emptyUrl();
  const whole = RegExpPrototypeExec(PARTS, text);
  const scheme = whole?.[1] && StringPrototypeToLowerCase(whole[1]);
  // A scheme that Node does not know to need slashes has a host without them: mailto:me@host.
  const hasHost = scheme !== 'javascript:' && (whole?.[2] === undefined
    ? scheme !== undefined && !SLASHED[scheme]
    : scheme !== undefined || slashesDenoteHost === true);
  const parts = hasHost ? whole : RegExpPrototypeExec(PATH_PARTS, text);
  const first = hasHost ? 6 : 2;

  url.protocol = scheme ?? null;
  if (hasHost) {
    url.slashes = parts[2] === undefined ? null : true;
    url.auth = parts[3] === undefined ? null : decodeURIComponent(parts[3]);
    url.port = parts[5] || null;
    url.hostname = StringPrototypeToLowerCase(parts[4]);
    url.host = url.hostname + (url.port === null ? '' : ':' + url.port);
    if (StringPrototypeStartsWith(url.hostname, '[')) {
      url.hostname = StringPrototypeSlice(url.hostname, 1, -1);
    }
  }
  url.pathname = parts[first] || (hasHost && SLASHED[scheme] ? '/' : null);
  url.search = parts[first + 1] ?? null;
  url.hash = parts[first + 2] ?? null;
  url.path = url.pathname === null && url.search === null
    ? null : (url.pathname ?? '') + (url.search ?? '');
  url.query = url.search === null ? null : StringPrototypeSlice(url.search, 1);
  url.href = format(url);
  if (parseQuery) {
    url.query = queryObject(url.search ?? '');
    url.search ??= '';
  }
  return url;
}

function formatQuery(url) {
  if (typeof url.search === 'string' && url.search !== '') {
    return StringPrototypeStartsWith(url.search, '?') ? url.search : '?' + url.search;
  }
  if (typeof url.query === 'object' && url.query !== null) {
    const text = String(new URLSearchParams(url.query));
    return text === '' ? '' : '?' + text;
  }
  return url.query ? '?' + url.query : '';
}

function formatHost(url) {
  const auth = url.auth
    ? StringPrototypeReplaceAll(encodeURIComponent(url.auth), '%3A', ':') + '@' : '';
  if (url.host) {
    return auth + url.host;
  }
  if (!url.hostname) {
    return auth;
  }
  const isV6 = StringPrototypeIndexOf(url.hostname, ':') >= 0;
  return auth + (isV6 ? '[' + url.hostname + ']' : url.hostname) + (url.port ? ':' + url.port : '');
}

/**
 * The text of a URL, given as a URL, as what parse() returns, or as text.
 *
 * @param {URL|object|string} url
 * @param {{auth?: boolean, fragment?: boolean, search?: boolean}} [options] For a URL only.
 * @returns {string}
 */
function format(url, options) {
  if (typeof url === 'string') {
    return parse(url).href;
  }
  if (url instanceof URL) {
    const copy = new URL(String(url));
    ObjectAssign(copy, options?.auth === false && { password: '', username: '' },
      options?.fragment === false && { hash: '' }, options?.search === false && { search: '' });
    return String(copy);
  }
  let protocol = url.protocol ?? '';
  if (protocol !== '' && !StringPrototypeEndsWith(protocol, ':')) {
    protocol += ':';
  }
  const host = formatHost(url);
  const slashes = url.slashes || (SLASHED[protocol] && host !== '') ? '//' : '';
  let pathname = StringPrototypeReplaceAll(
    StringPrototypeReplaceAll(url.pathname ?? '', '?', '%3F'), '#', '%23');
  if (slashes !== '' && pathname !== '' && !StringPrototypeStartsWith(pathname, '/')) {
    pathname = '/' + pathname;
  }
  const hash = url.hash && !StringPrototypeStartsWith(url.hash, '#') ? '#' + url.hash : url.hash ?? '';
  return protocol + slashes + host + pathname + formatQuery(url) + hash;
}

/**
 * Where a link leads from a page, both as text.
 *
 * @param {string} from
 * @param {string} to
 * @returns {string}
 */
function resolve(from, to) {
  // A base without a scheme is resolved below one that can be taken off again.
  const base = new URL(from, 'resolve://host/');
  const result = new URL(to, base);
  if (result.protocol === 'resolve:') {
    const path = result.pathname + result.search + result.hash;
    return StringPrototypeStartsWith(from, '/') || StringPrototypeStartsWith(to, '/')
      ? path : StringPrototypeSlice(path, 1);
  }
  return String(result);
}

module.exports = { URL, URLSearchParams, fileURLToPath, format, parse, pathToFileURL, resolve };
