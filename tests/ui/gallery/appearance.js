// SPDX-License-Identifier: LGPL-2.1-or-later
await go('appearance');
click('appearance-dark');
await shows('appearance-state', 'dark: dark');
await shows('appearance-style', 'prefers-color-scheme is dark');
click('appearance-light');
await shows('appearance-state', 'light: light');
await shows('appearance-style', 'prefers-color-scheme is light');
click('appearance-system');
await shows('appearance-state', 'system: ');
return text('log');
