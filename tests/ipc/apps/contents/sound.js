// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// A tone for as long as the user wants it: "p" plays, "s" stops.

const RATE = 8000;

function makeTone() {
  const view = new DataView(new ArrayBuffer(44 + RATE));
  const write = (at, text) => [...text].forEach((c, i) => view.setUint8(at + i, c.charCodeAt(0)));
  write(0, 'RIFF');
  view.setUint32(4, 36 + RATE, true);
  write(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  write(36, 'data');
  view.setUint32(40, RATE, true);
  for (let i = 0; i < RATE; i++) {
    view.setUint8(44 + i, 128 + 60 * Math.sin(i / 3));
  }
  return URL.createObjectURL(new Blob([view.buffer], { type: 'audio/wav' }));
}

const tone = new Audio(makeTone());
tone.loop = true;
window.addEventListener('keydown', (event) => {
  if (event.key === 'p') {
    tone.play();
  } else if (event.key === 's') {
    tone.pause();
  }
});
