// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';

// Loaded before anything that breaks the policy, so that nothing is missed.
window.violations = [];
document.addEventListener('securitypolicyviolation', (event) => {
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI}`);
});
