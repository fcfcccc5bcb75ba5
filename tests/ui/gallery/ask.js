// SPDX-License-Identifier: LGPL-2.1-or-later
await go('ask');
check($('give').disabled, 'nothing can be answered before it was asked');

click('begin');
await shows('question', 'What is the bar between two panes called?');
type('input', 'a mullion');
click('give');
await shows('outcome', 'C was answered: a mullion');
check($('give').disabled, 'a question is answered once');

click('begin');
await until('it is asked again', () => !$('refuse').disabled);
click('refuse');
await shows('outcome', "Error invoking remote method 'ask:question': Error: I will not say");

click('begin');
await until('it is asked a third time', () => !$('give').disabled);
type('input', 'x'.repeat(201));
click('give');
await shows('outcome', 'C was answered nonsense');

// Who has left the page has no handler any more.
await go('welcome');
const outcome = new Promise((resolve) => {
  window.gallery.ask.onOutcome(resolve);
});
window.gallery.ask.begin();
check((await outcome).includes("No handler registered for 'ask:question'"), 'C is told so');
await go('ask');
return text('question');
