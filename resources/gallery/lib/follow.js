// SPDX-License-Identifier: LGPL-2.1-or-later
// A call of the main process, shown from its start to its end, whichever way it ends.
import { message } from './dom.js';

/**
 * Makes the function that calls and shows.
 *
 * @param {{out: Function, in: Function, error: Function}} log
 * @param {HTMLElement & {show: Function}} place where the outcome is shown
 * @returns {function(string, Function, Function=): Promise<void>} takes the channel for the log, the
 *   call, and what makes a text of its answer. Without a text it has shown the answer itself.
 */
export function follower(log, place) {
  return async (channel, call, describe = () => undefined) => {
    log.out(channel);
    try {
      const answer = await call();
      const text = describe(answer);
      if (text !== undefined) {
        log.in(channel, answer);
        place.show(text);
      }
    } catch (error) {
      log.error(message(error));
      place.show(message(error), 'error');
    }
  };
}
