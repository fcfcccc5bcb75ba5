// SPDX-License-Identifier: LGPL-2.1-or-later
await go('power');
await shows('power-source', 'It ');
click('power-stop');
await shows('power-outcome', 'Nothing kept it on');
return text('log');
