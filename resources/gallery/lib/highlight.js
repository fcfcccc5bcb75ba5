// SPDX-License-Identifier: LGPL-2.1-or-later
// Syntax colours for C and JavaScript: one pass with one regular expression a language, and text
// nodes only, so that shown code can never become running code.
import { el } from './dom.js';

const C_WORDS = 'break case char const continue default do double else enum extern float for goto '
  + 'if int long return short signed sizeof static struct switch typedef union unsigned void '
  + 'volatile while TRUE FALSE NULL';
const JS_WORDS = 'async await break case catch class const continue default delete else export '
  + 'extends false finally for from function if import in instanceof let new null of return '
  + 'static super switch this throw true try typeof undefined void while';

const COMMENT = String.raw`\/\*[\s\S]*?\*\/|\/\/[^\n]*`;
const STRING = String.raw`"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'`;
const TEMPLATE = '`(?:\\\\.|[^`\\\\])*`';
const NUMBER = String.raw`\b(?:0x[\da-fA-F]+|\d[\d_]*(?:\.\d+)?)\b`;
const CALL = String.raw`[A-Za-z_$][\w$]*(?=\s?\()`;
const NAME = String.raw`[A-Za-z_$][\w$]*`;

const LANGUAGES = {
  c: {
    pattern: new RegExp(
      `(?<comment>${COMMENT})|(?<string>${STRING}|<[\\w./-]+\\.h>)|(?<keyword>^#\\s*\\w+)`
      + `|(?<number>${NUMBER})|(?<call>${CALL})|(?<name>${NAME})`, 'gm'),
    words: new Set(C_WORDS.split(' ')),
    type: /^(?:g(?:boolean|pointer|size|u?int(?:8|16|32|64)?)|[A-Z][a-z]\w*[a-z]\w*|g_auto\w*)$/,
  },
  js: {
    pattern: new RegExp(
      `(?<comment>${COMMENT})|(?<string>${STRING}|${TEMPLATE})|(?<number>${NUMBER})`
      + `|(?<call>${CALL})|(?<name>${NAME})`, 'gm'),
    words: new Set(JS_WORDS.split(' ')),
    type: /^[A-Z][a-z]\w*$/,
  },
};

/** Decides how a match is coloured: words and types are told apart from plain names here. */
function classify(language, groups) {
  const kind = Object.keys(groups).find((name) => groups[name] !== undefined);
  if (kind !== 'name' && kind !== 'call') {
    return kind;
  }
  const text = groups[kind];
  if (language.words.has(text)) {
    return 'keyword';
  }
  if (language.type.test(text)) {
    return 'type';
  }
  return kind === 'call' ? 'call' : null;
}

/** Splits source text into `[kind, text]` pieces; kind is null for plain text. */
function tokenize(source, language) {
  const tokens = [];
  let end = 0;
  for (const match of source.matchAll(language.pattern)) {
    if (match.index > end) {
      tokens.push([null, source.slice(end, match.index)]);
    }
    tokens.push([classify(language, match.groups), match[0]]);
    end = match.index + match[0].length;
  }
  tokens.push([null, source.slice(end)]);
  return tokens;
}

/**
 * Turns source text into one element a line.
 *
 * @param {string} source
 * @param {'c'|'js'} name the language
 * @param {number} [first] the number of the first line in its file
 * @returns {HTMLElement[]}
 */
export function highlight(source, name, first = 1) {
  const lines = [];
  let line = null;
  const newLine = () => {
    line = el('span', { class: 'line', 'data-line': first + lines.length });
    lines.push(line);
  };

  newLine();
  for (const [kind, text] of tokenize(source.replace(/\n+$/, ''), LANGUAGES[name])) {
    text.split('\n').forEach((piece, index) => {
      if (index > 0) {
        newLine();
      }
      if (piece !== '') {
        if (line.childNodes.length === 0) {
          // A line that is too long goes on below its own beginning.
          line.style.setProperty('--indent', `${piece.match(/^ */)[0].length}ch`);
        }
        line.append(kind ? el('span', { class: `tok-${kind}` }, piece) : piece);
      }
    });
  }
  return lines;
}
