// SPDX-License-Identifier: LGPL-2.1-or-later
await until('the second window shows the page', () => $('talk'));
for (const [way, heard] of [['chat-relay', 'Hello by the main process'], ['chat-direct', 'Hello by sendTo']]) {
  await shows('talk', heard);
  type('chat-text', `Heard: ${heard}`);
  click(way);
}
return text('talk');
