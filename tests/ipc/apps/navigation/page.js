// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// The ways in which a page goes to another address.
globalThis.ways = {
  assign: (url) => { location.href = url; },
  replace: (url) => location.replace(url),
  open: (url) => { window.open(url, '_self'); },
  frame: (url) => frames[0].postMessage(url, '*'),
  link: (url) => {
    const link = document.createElement('a');
    link.href = url;
    document.body.append(link);
    link.click();
  },
  refresh: (url) => {
    const meta = document.createElement('meta');
    meta.httpEquiv = 'refresh';
    meta.content = `0; url=${url}`;
    document.head.append(meta);
  },
  form: (url) => {
    const form = document.createElement('form');
    form.action = url;
    form.method = 'post';
    document.body.append(form);
    form.submit();
  },
};

globalThis.violation = () => new Promise((resolve) => {
  addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective));
});
