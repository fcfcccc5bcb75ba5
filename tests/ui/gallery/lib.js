// SPDX-License-Identifier: LGPL-2.1-or-later
// What the scenarios share. It is put before each of them, in one function body, and acts as a
// user would: by clicking and typing, and by looking at what the page shows.

const TIMEOUT = 30000;
const $ = (id) => document.getElementById(id);

/** Throws when something is not as it should be; the text names what. */
function check(condition, what) {
  if (!condition) {
    throw new Error(`Not so: ${what}`);
  }
}

/** Waits till the page shows something. */
function until(what, condition) {
  return new Promise((resolve, reject) => {
    const look = () => {
      const value = condition();
      if (value) {
        stop();
        resolve(value);
      }
    };
    const observer = new MutationObserver(look);
    // Values of controls change without a mutation: look at those in between too.
    const interval = setInterval(look, 20);
    const timeout = setTimeout(() => {
      stop();
      const shown = $('content').innerText.slice(0, 600);
      reject(new Error(`Waited in vain till ${what}; the page shows: ${shown}`));
    }, TIMEOUT);
    const stop = () => {
      observer.disconnect();
      clearInterval(interval);
      clearTimeout(timeout);
    };
    observer.observe(document, {
      attributes: true, characterData: true, childList: true, subtree: true,
    });
    look();
  });
}

function click(id) {
  check($(id), `there is #${id}`);
  check(!$(id).disabled, `#${id} can be clicked`);
  $(id).click();
}

function type(id, text) {
  $(id).value = text;
  $(id).dispatchEvent(new Event('input', { bubbles: true }));
}

const text = (id) => ($(id) ? $(id).textContent : '');
const shows = (id, part) => until(`#${id} shows “${part}”`, () => text(id).includes(part));

/** Goes to a page by its link, as a user does. */
async function go(page) {
  await until('the list of pages is there', () => $(`nav-${page}`));
  $(`nav-${page}`).click();
  await until(`the page ${page} is shown`, () => document.documentElement.dataset.page === page);
}
