// SPDX-License-Identifier: LGPL-2.1-or-later
await until('the second window shows the page', () => $('talk'));
const ways = { 'chat-relay': 'Hello by the main process', 'chat-direct': 'Hello by sendTo' };
for (const [way, heard] of Object.entries(ways)) {
  await shows('talk', heard);
  type('chat-text', `Heard: ${heard}`);
  click(way);
}
return text('talk');
