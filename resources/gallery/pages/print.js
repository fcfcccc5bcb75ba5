// SPDX-License-Identifier: LGPL-2.1-or-later
import { button, el, field, result, row } from '../lib/dom.js';
import { follower } from '../lib/follow.js';

const { print } = window.gallery;

const SIZES = ['A4', 'A5', 'Letter', 'Legal'];

function mount(stage, log) {
  const size = el('select', { id: 'print-size' }, ...SIZES.map((name) => el('option', {}, name)));
  const paper = result('print-outcome', 'Nothing printed yet');
  const needle = el('input', { id: 'find-text', value: 'print' });
  const found = result('find-outcome', 'Nothing searched for yet');
  const zoomed = result('zoom-outcome', 'Shown at 100 %');
  const picture = el('img', { id: 'capture', class: 'capture', alt: 'What this page looks like' });
  const taken = result('capture-outcome', 'No picture yet');
  let level = 0;

  const toPdf = (landscape) => follower(log, paper)('print:pdf',
    () => print.toPdf(size.value, landscape), (bytes) => {
      const head = new TextDecoder('latin1').decode(bytes.slice(0, 8));
      log.in('print:pdf', `${bytes.byteLength} bytes`);
      paper.show(`${size.value}: ${Math.ceil(bytes.byteLength / 1024)} KiB of ${head}`);
    });

  const onPaper = () => follower(log, paper)('print:paper', print.onPaper,
    (isPrinted) => (isPrinted ? 'It is on its way to the printer' : 'Nothing was printed'));

  const find = () => follower(log, found)('print:find', () => print.find(needle.value), () => {});
  const stop = () => follower(log, found)('print:stop-find', print.stopFind,
    () => found.show('No text is marked', ''));
  const unsubscribe = print.onFound((count) => {
    log.in('print:found', count);
    found.show(count === 1 ? 'It is there once: you have just typed it'
      : `It is there ${count} times, with what you typed`);
  });

  const zoom = (next) => follower(log, zoomed)('print:zoom', () => print.zoom(next), (factor) => {
    level = next;
    log.in('print:zoom', factor);
    zoomed.show(`Shown at ${Math.round(factor * 100)} %`);
  });

  const capture = () => follower(log, taken)('print:capture', () => {
    const { x, y, width, height } = stage.getBoundingClientRect();
    return print.capture(Math.max(x, 0), Math.max(y, 0), width, height);
  }, (bytes) => {
    log.in('print:capture', `${bytes.byteLength} bytes`);
    URL.revokeObjectURL(picture.src);
    picture.src = URL.createObjectURL(new Blob([bytes], { type: 'image/png' }));
  });

  picture.addEventListener('load', () => taken.show(
    `${picture.naturalWidth} by ${picture.naturalHeight} pixels of PNG`));
  picture.addEventListener('error', () => taken.show('That is no picture', 'error'));

  stage.append(
    el('h3', { class: 'minor' }, 'On paper'),
    field('Paper', size),
    row(button('print-pdf', 'Print to PDF', () => toPdf(false), 'suggested'),
      button('print-landscape', 'In landscape', () => toPdf(true)),
      button('print-paper', 'Print…', onPaper)), paper,
    el('h3', { class: 'minor' }, 'Find'),
    field('Text', needle),
    row(button('find-next', 'Find next', find), button('find-stop', 'Stop', stop, 'flat')), found,
    el('h3', { class: 'minor' }, 'Zoom'),
    row(button('zoom-out', 'Smaller', () => zoom(Math.max(level - 1, -4))),
      button('zoom-reset', 'As it was', () => zoom(0)),
      button('zoom-in', 'Larger', () => zoom(Math.min(level + 1, 4)))), zoomed,
    el('h3', { class: 'minor' }, 'A picture'),
    row(button('capture-take', 'Take a picture of this card', capture)), taken, picture);

  return () => {
    unsubscribe();
    URL.revokeObjectURL(picture.src);
  };
}

export default {
  id: 'print',
  title: 'Print and find',
  icon: 'printer',
  lead: 'The page as a thing to look at: as a PDF file, searched through, larger, and a picture of '
    + 'a part of it. The main process sees it all, the page only what it is given.',
  flow: {
    page: "await gallery.print.toPdf('A4', false)",
    preload: "ipcRenderer.invoke('print:pdf', …)",
    main: 'mullion_web_contents_print_to_pdf_async()',
  },
  mount,
};
