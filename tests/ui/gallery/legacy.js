// SPDX-License-Identifier: LGPL-2.1-or-later
await go('legacy');
await shows('legacy-state', 'Off in this window.');
check(!$('legacy-set'), 'a window without remote has no controls for it');
check(!window.gallery.legacy.isEnabled(), 'the preload script has no remote');
click('legacy-open');
await shows('log', 'legacy:open-window');
return text('legacy-state');
