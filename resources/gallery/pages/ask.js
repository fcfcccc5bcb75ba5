// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, field, result, row } from '../lib/dom.js';

const { ask } = window.gallery;

function mount(stage, log) {
  const question = el('p', { class: 'quote', id: 'question' }, 'Nobody has asked yet.');
  const input = el('input', { id: 'input', type: 'text', maxlength: 200, disabled: true });
  const outcome = result('outcome', 'C has no answer yet');
  const begin = button('begin', 'Have this page asked', () => {
    log.out('ask:begin');
    ask.begin();
  }, 'suggested');
  const give = button('give', 'Answer', () => finish(() => pending.resolve(input.value)));
  const refuse = button('refuse', 'Throw an error', () => finish(() =>
    pending.reject(new Error('I will not say'))), 'flat');
  let pending = null;

  function setAsked(asked) {
    begin.disabled = asked;
    [input, give, refuse].forEach((control) => {
      control.disabled = !asked;
    });
  }

  function finish(settle) {
    if (pending) {
      settle();
      pending = null;
      setAsked(false);
    }
  }

  /** What this returns is the answer that the main process gets, once the promise resolves. */
  function onQuestion(text) {
    log.in('ask:question', text);
    question.textContent = text;
    outcome.show('C waits for ten seconds', '');
    setAsked(true);
    input.value = '';
    input.focus();
    return new Promise((resolve, reject) => {
      pending = { resolve, reject };
    });
  }

  setAsked(false);
  const stopAnswering = ask.answer(onQuestion);
  const stopListening = ask.onOutcome((text) => {
    finish(() => pending.resolve(null));
    outcome.show(text, text.startsWith('Error') ? 'error' : 'ok');
    log.in('ask:outcome', text);
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') {
      give.click();
    }
  });
  stage.append(row(begin), question, field('Your answer', input), row(give, refuse), outcome);
  return () => {
    finish(() => pending.reject(new Error('The page was left')));
    stopAnswering();
    stopListening();
  };
}

export default {
  id: 'ask',
  title: 'Main asks the page',
  icon: 'question',
  lead: 'The other way round: C calls a handler in the preload script and waits for its answer. No '
    + 'handler, an error, a page that is gone and a page that takes too long are each a `GError` '
    + 'of their own.',
  flow: {
    page: 'return answer',
    preload: 'ipcRenderer.handle()',
    main: 'mullion_web_contents_invoke_async()',
  },
  mount,
};
