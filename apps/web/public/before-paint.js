/* Sets the colour scheme and the language of the page before its first paint. A file, since the CSP forbids inline scripts. */
(function () {
  var root = document.documentElement;
  var kept = function (key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  var scheme = kept('mantine-color-scheme-value');
  var dark = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  root.setAttribute(
    'data-mantine-color-scheme',
    scheme === 'light' || scheme === 'dark' ? scheme : dark,
  );
  var language = kept('lodestone.language');
  var preferred = /^ja\b/.test(navigator.language) ? 'ja' : 'en';
  root.lang = language === 'en' || language === 'ja' ? language : preferred;
})();
