// SPDX-License-Identifier: LGPL-2.1-or-later
// What a style sheet cannot draw: a canvas, a video of that canvas, and a scrolled box.
const canvas = document.getElementById('canvas');
const context = canvas.getContext('2d');
const draw = () => {
  context.fillStyle = '#ff00ff';
  context.fillRect(0, 0, 200, 200);
  requestAnimationFrame(draw);
};
draw();
document.getElementById('video').srcObject = canvas.captureStream(10);
document.getElementById('scroll').scrollTop = 600;
