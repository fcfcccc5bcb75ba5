// SPDX-License-Identifier: LGPL-2.1-or-later
await go('notification');
// The bus of this test has no service that shows notifications, and the page says so.
click('notification-show');
await shows('notification-state', 'This desktop has no notification service');
return text('log');
