/**
 * Where one can go: every page that stands by itself, in the groups in which people look for it. One line a page; the
 * first tabs are those that an officer needs every hour. `nav` in the words holds what each is called.
 */
export const PLACES = [
  { group: 'answering', tab: 'desk', href: '/desk', first: true },
  { group: 'answering', tab: 'inbox', href: '/inbox', first: true },
  { group: 'answering', tab: 'cases', href: '/cases', first: true },
  { group: 'answering', tab: 'replies', href: '/replies', first: true },
  { group: 'answering', tab: 'contacts', href: '/contacts', first: false },
  { group: 'watching', tab: 'watch', href: '/rota', first: true },
  { group: 'watching', tab: 'sources', href: '/sources', first: false },
  { group: 'watching', tab: 'channels', href: '/channels', first: false },
  { group: 'watching', tab: 'coverage', href: '/watch/coverage', first: false },
  { group: 'seeing', tab: 'overview', href: '/overview', first: false },
  { group: 'seeing', tab: 'supervision', href: '/supervision', first: true },
  { group: 'seeing', tab: 'inspection', href: '/inspection', first: false },
  { group: 'seeing', tab: 'scores', href: '/scores', first: false },
  { group: 'seeing', tab: 'search', href: '/search', first: false },
  { group: 'seeing', tab: 'log', href: '/log', first: true },
  { group: 'writing', tab: 'briefs', href: '/briefs', first: false },
  { group: 'writing', tab: 'ledgers', href: '/ledgers', first: false },
  { group: 'writing', tab: 'keeping', href: '/keeping', first: false },
  { group: 'writing', tab: 'answers', href: '/answers', first: false },
  { group: 'house', tab: 'rules', href: '/rules', first: true },
  { group: 'house', tab: 'registers', href: '/registers', first: false },
  { group: 'house', tab: 'people', href: '/people', first: false },
  { group: 'house', tab: 'practice', href: '/practice', first: false },
  { group: 'house', tab: 'notices', href: '/notices', first: false },
  { group: 'house', tab: 'settings', href: '/settings', first: false },
] as const;
export type Place = (typeof PLACES)[number];
export type Tab = Place['tab'];
/** In the order in which they stand at the foot of every page. */
export const GROUPS = ['answering', 'watching', 'seeing', 'writing', 'house'] as const;
export const FIRST = PLACES.filter(p => p.first);
