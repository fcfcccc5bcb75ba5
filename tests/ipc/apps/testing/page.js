// SPDX-License-Identifier: LGPL-2.1-or-later
const input = document.querySelector('input');
const button = document.querySelector('button');

button.addEventListener('click', (event) => {
  const answer = document.createElement('p');

  answer.id = 'answer';
  answer.textContent = `Hello ${input.value}`;
  answer.dataset.trusted = event.isTrusted;
  requestAnimationFrame(() => document.body.append(answer));
  window.api.say(input.value, 42);
});
