interface Policies {
  createPolicy: (
    name: string,
    rules: { readonly createHTML: (text: string) => string; readonly createScriptURL: (url: string) => string },
  ) => unknown;
}
/** The one way from text to markup: parts of pages that our own server rendered, in which no script can stand. */
const policies = (window as { trustedTypes?: Policies }).trustedTypes;
if (policies)
  policies.createPolicy('default', {
    createHTML: text => {
      if (/<script|<iframe|<object|<embed/i.test(text)) throw new TypeError('no script stands in a part of a page');
      return text;
    },
    // The one script that is ever started from a script: the line all tabs share.
    createScriptURL: url => {
      if (url !== '/assets/live.js') throw new TypeError('no other script is started');
      return url;
    },
  });
