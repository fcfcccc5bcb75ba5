// SPDX-License-Identifier: LGPL-2.1-or-later
await go('chat');
await until('this window knows its id', () => Number(text('chat-self')) > 0);
click('chat-open');
await until('the other window joined', () => !$('chat-relay').disabled);

type('chat-text', 'Hello by the main process');
click('chat-relay');
await shows('talk', 'Heard: Hello by the main process');

type('chat-text', 'Hello by sendTo');
click('chat-direct');
await shows('talk', 'Heard: Hello by sendTo');
await shows('talk', `from window ${$('chat-peer').value}, by sendTo`);
return text('talk');
