/** The site map: one line for each page and each action. */
import type { House } from './context.ts';
import { action, type App, page } from './visiting.tsx';
import * as door from './actions/door.tsx';
import * as desk from './actions/desk.tsx';
import * as inbox from './actions/inbox.tsx';
import * as coverage from './actions/coverage.tsx';
import * as evidence from './actions/evidence.tsx';
import * as keeping from './actions/keeping.tsx';
import * as learning from './actions/learning.tsx';
import * as concerns from './actions/concerns.tsx';
import * as triage from './actions/triage.tsx';
import * as contacts from './actions/contacts.tsx';
import * as cases from './actions/cases.tsx';
import * as caseNew from './actions/case-new.tsx';
import * as caseOrders from './actions/case-orders.tsx';
import * as casePassing from './actions/case-passing.tsx';
import * as caseClosing from './actions/case-closing.tsx';
import * as caseEvents from './actions/case-events.tsx';
import * as replyChannels from './actions/reply-channels.tsx';
import * as replyMore from './actions/reply-more.tsx';
import * as replies from './actions/replies.tsx';
import * as live from './actions/live.ts';
import * as search from './actions/search.tsx';
import * as rules from './actions/rules.tsx';
import * as watch from './actions/watch.tsx';
import * as burden from './actions/burden.tsx';
import * as ownChannels from './actions/own-channels.tsx';
import * as rota from './actions/rota.tsx';
import * as rotaPlan from './actions/rota-plan.tsx';
import * as rotaLeave from './actions/rota-leave.tsx';
import * as office from './actions/office.tsx';
import * as setup from './actions/setup.tsx';
import * as push from './actions/push.ts';
import * as sources from './actions/sources.tsx';
import * as notices from './actions/notices.tsx';
import * as papers from './actions/papers.tsx';
import * as information from './actions/information.tsx';
import * as looks from './actions/looks.tsx';
import * as briefs from './actions/briefs.tsx';
import * as ledgers from './actions/ledgers.tsx';
import * as scores from './actions/scores.tsx';
import * as answers from './actions/answers.tsx';
import * as security from './actions/security.tsx';
import * as api from './actions/api.ts';
import * as ways from './actions/ways.tsx';
import * as access from './actions/access.tsx';
import * as supervision from './actions/supervision.tsx';
import * as files from './actions/attachments.tsx';
import * as practice from './actions/practice.tsx';
import * as drafts from './actions/drafts.ts';
import * as registers from './actions/registers.tsx';
import * as overview from './actions/overview.tsx';
import * as offices from './actions/registers-offices.tsx';
import * as proofs from './actions/proofs.ts';

export function routes(app: App, house: House): void {
  app.get('/', c => c.redirect(c.get('user') ? '/desk' : '/sign-in'));
  app.get('/sign-in', door.showSignIn(house));
  app.post('/sign-in', door.signIn(house));
  app.get('/sign-in/second', security.showSecond(house));
  app.post('/sign-in/second', security.second(house));
  app.get('/sign-in/with/:way', ways.begin(house));
  app.get('/sign-in/back/:way', ways.back(house));
  app.post('/sign-out', door.signOut(house));
  app.get('/password', door.showPassword(house));
  app.post('/password', door.changePassword(house));
  app.post('/language', door.setLanguage);
  app.post('/office', action(house, door.chooseOffice, 'view'));

  app.get('/desk', page(house, desk.show));
  app.get('/search', page(house, search.show, 'view', 'read'));
  app.get('/live', live.stream(house));
  app.get('/live/now', live.now(house));

  app.get('/supervision', page(house, supervision.show));
  app.post('/supervision', action(house, supervision.remind));
  app.get('/reason/:duty', page(house, supervision.showReason, 'enter'));
  app.post('/reason/:duty', action(house, supervision.writeReason));

  app.get('/inbox', page(house, inbox.list));
  app.get('/inbox/new', page(house, inbox.showNew, 'enter'));
  app.post('/inbox/new', action(house, inbox.enter));
  app.get('/inbox/import', page(house, inbox.showImport, 'enter'));
  app.post('/inbox/import', action(house, inbox.importTable));
  app.get('/inbox/news', page(house, inbox.news));
  app.get('/inbox/growing', page(house, learning.growing));
  app.post('/inbox/growing', action(house, learning.takeGrowing));
  app.get('/inbox/topics', page(house, learning.topics));
  app.post('/inbox/topics', action(house, learning.makeTopics));
  app.get('/inbox/why-not', page(house, inbox.showWhyNot));
  app.post('/inbox/why-not', action(house, inbox.whyNot, 'view'));
  app.post('/inbox/undo', action(house, triage.undo));
  app.get('/inbox/:id', page(house, inbox.show, 'view', 'read'));
  app.post('/inbox/:id', action(house, triage.triage));
  app.get('/inbox/:id/evidence', page(house, evidence.show, 'view', 'read'));
  app.post('/inbox/:id/evidence', action(house, evidence.act));
  app.get('/inbox/:id/evidence/:n', page(house, evidence.body, 'view', 'read'));
  app.post('/inbox/:id/trend', action(house, triage.trend));

  app.get('/keeping', page(house, keeping.list, 'enter'));
  app.post('/keeping', action(house, keeping.erase, 'enter'));

  app.get('/contacts', page(house, contacts.list, 'enter'));
  app.get('/contacts/new', page(house, contacts.showNew, 'enter'));
  app.post('/contacts', action(house, contacts.change));

  app.get('/misses', page(house, learning.misses));
  app.post('/misses', action(house, learning.addMiss));
  app.get('/misses/new', page(house, learning.showMiss, 'enter'));
  app.get('/misses/drill', page(house, learning.drill, 'enter'));
  app.post('/misses/drill', action(house, learning.changeDrill));
  app.get('/routing', page(house, learning.routing));
  app.post('/routing', action(house, learning.changeRouting));

  app.get('/concerns', page(house, concerns.list));
  app.post('/concerns', action(house, concerns.change));
  app.get('/concerns/new', page(house, concerns.showNew, 'enter'));
  app.get('/concerns/:rule', page(house, concerns.show));
  app.post('/concerns/:rule', action(house, concerns.changeOne));

  app.get('/cases', page(house, cases.list));
  app.get('/cases/new', page(house, caseNew.show, 'enter'));
  app.post('/cases/new', action(house, caseNew.open));
  app.get('/cases/:case', page(house, cases.show));
  app.get('/cases/:case/orders', page(house, caseOrders.show));
  app.post('/cases/:case/orders', action(house, caseOrders.act));
  app.get('/cases/:case/passing', page(house, casePassing.show));
  app.post('/cases/:case/passing', action(house, casePassing.act));
  app.get('/cases/:case/events', page(house, caseEvents.show));
  app.post('/cases/:case/events', action(house, caseEvents.act));
  app.get('/cases/:case/close', page(house, caseClosing.show));
  app.post('/cases/:case/close', action(house, caseClosing.close));
  app.get('/do/:type', page(house, cases.showForm, 'enter'));
  app.post('/do/:type', action(house, cases.record));
  app.get('/cases/:case/do/:type', page(house, cases.showForm, 'enter'));
  app.post('/cases/:case/do/:type', action(house, cases.record));

  app.get('/cases/:case/papers', page(house, papers.list));
  app.get('/papers', page(house, papers.list));
  app.get('/papers/:paper', page(house, papers.show, 'view', 'read'));
  app.get('/papers/:paper/word', page(house, papers.word, 'view', 'export'));
  app.get('/papers/:paper/pdf', page(house, papers.pdf, 'view', 'export'));
  app.get('/cases/:case/archive', page(house, papers.archive, 'view', 'export'));
  app.get('/cases/:case/papers/:paper', page(house, papers.show, 'view', 'read'));
  app.get('/cases/:case/papers/:paper/word', page(house, papers.word, 'view', 'export'));
  app.get('/cases/:case/papers/:paper/pdf', page(house, papers.pdf, 'view', 'export'));

  app.get('/briefs', page(house, briefs.list));
  app.get('/briefs/new', page(house, briefs.begin, 'enter'));
  app.get('/briefs/:document', page(house, briefs.show, 'view', 'read'));
  app.post('/briefs/:document', action(house, briefs.change));
  app.get('/briefs/:document/behind/:figure', page(house, briefs.behind));
  app.get('/briefs/:document/word', page(house, briefs.word, 'view', 'export'));
  app.get('/briefs/:document/pdf', page(house, briefs.pdf, 'view', 'export'));

  app.get('/information', page(house, information.list));
  app.post('/information', action(house, information.pass));

  app.get('/replies', page(house, replies.list));
  app.get('/cases/:case/reply', page(house, replies.choose));
  app.get('/cases/:case/reply/new', page(house, replies.showEdit, 'enter'));
  app.get('/cases/:case/reply/:document', page(house, replies.show));
  app.get('/cases/:case/reply/:document/edit', page(house, replies.showEdit, 'enter'));
  app.post('/cases/:case/reply/:document/draft', action(house, replies.draft));
  app.get('/cases/:case/reply/:document/sign', page(house, replyMore.showSign));
  app.post('/cases/:case/reply/:document/sign', action(house, replies.sign, 'sign'));
  app.get('/cases/:case/reply/:document/preview', page(house, replyMore.preview));
  app.post('/cases/:case/reply/:document/oral', action(house, replyMore.oral));
  app.post('/cases/:case/reply/:document/check', action(house, replyMore.check, 'view'));
  app.post('/cases/:case/reply/:document/keep', action(house, replyMore.keep));
  app.post('/cases/:case/reply/:document/questions', action(house, replyMore.questions));
  app.get('/cases/:case/reply/:document/channels', page(house, replyChannels.show));
  app.post('/cases/:case/reply/:document/channels', action(house, replyChannels.act));
  app.get('/cases/:case/reply/:document/package', page(house, replyChannels.pack, 'view', 'export'));
  app.post('/cases/:case/reply/:document/confirm', action(house, replies.confirm));
  app.post('/cases/:case/reply/:document/override', action(house, replies.override));
  app.post('/cases/:case/reply/:document/publish', action(house, replies.publish, 'enter'));

  app.get('/rules', page(house, rules.show));
  app.get('/watch', page(house, watch.show));
  app.get('/watch/coverage', page(house, coverage.show));
  app.post('/watch/coverage', action(house, coverage.nameOffice, 'administer'));
  app.post('/watch', action(house, watch.record));
  app.get('/rota', page(house, rota.show));
  app.post('/rota', action(house, rota.act));
  app.get('/burden', page(house, burden.show));
  app.get('/channels', page(house, ownChannels.list));
  app.post('/channels', action(house, ownChannels.plan));
  app.get('/channels/new', page(house, ownChannels.showNew, 'enter'));
  app.post('/channels/new', action(house, ownChannels.register));
  app.get('/channels/:channel', page(house, ownChannels.show));
  app.post('/channels/:channel', action(house, ownChannels.change));
  app.get('/channels/:channel/items/:item', page(house, ownChannels.showItem));
  app.post('/channels/:channel/items/:item', action(house, ownChannels.judge));
  app.get('/rota/plan', page(house, rotaPlan.show, 'enter'));
  app.post('/rota/plan', action(house, rotaPlan.plan));
  app.get('/rota/leave', page(house, rotaLeave.show, 'enter'));
  app.post('/rota/leave', action(house, rotaLeave.record));
  app.get('/rota/hand-over/:event', page(house, rotaLeave.handOver));

  app.get('/log', page(house, office.log));
  app.get('/log/export', page(house, office.exportLog, 'administer', 'export'));
  app.get('/people', page(house, office.people));
  app.post('/people', action(house, office.changePeople, 'access'));
  app.get('/sources', page(house, sources.list));
  app.post('/sources/find', action(house, sources.find, 'view'));
  app.post('/sources/preview', action(house, sources.preview, 'view'));
  app.get('/sources/new', page(house, sources.showNew));
  app.post('/sources/new', action(house, sources.propose, 'view'));
  app.get('/sources/packs', page(house, sources.packs));
  app.get('/sources/opml', page(house, sources.showOpml));
  app.post('/sources/opml', action(house, sources.importOpml, 'view'));
  app.get('/sources/opml/file', page(house, sources.exportOpml));
  app.get('/sources/:key', page(house, sources.show));
  app.post('/sources/:key', action(house, sources.change, 'view'));
  app.post('/sources/:key/token', action(house, push.makePushToken, 'view'));
  app.post('/api/v1/items', push.receive(house));
  app.get('/settings', page(house, office.settings));
  app.post('/settings', action(house, office.changeSettings, 'administer'));

  app.get('/practice', page(house, practice.show));
  app.post('/practice', action(house, practice.change, 'view'));
  app.get('/drafts/:form', drafts.read(house));
  app.post('/drafts/:form', drafts.save(house));

  app.get('/files/of/:subject', page(house, files.list));
  app.post('/files/of/:subject', action(house, files.change));
  app.get('/files/:id', page(house, files.show, 'view', 'read'));
  app.get('/files/:id/take', page(house, files.take, 'view', 'export'));
  app.get('/files/:id/picture', page(house, files.picture));

  app.get('/overview', page(house, overview.show));
  app.get('/overview/list', page(house, overview.list));
  app.get('/overview/wall', page(house, overview.wall));

  app.get('/registers', page(house, registers.list));
  app.get('/registers/offices/handover', page(house, offices.showHandover, 'access'));
  app.get('/registers/:register', page(house, registers.show));
  app.get('/registers/:register/table', page(house, registers.workbook, 'view', 'export'));
  app.post('/registers/offices', action(house, offices.change, 'access'));
  app.post('/registers/map', action(house, registers.map, 'administer'));
  app.post('/registers/directory', action(house, registers.directory));
  app.post('/registers/training', action(house, registers.training));
  app.post('/registers/risk', action(house, registers.risk));
  app.post('/registers/readings', action(house, registers.readings, 'administer'));
  app.post('/registers/questions', action(house, registers.questions, 'administer'));
  app.post('/registers/locals', action(house, registers.figures, 'administer'));
  app.post('/registers/accounts', action(house, registers.accounts));

  app.get('/ledgers', page(house, ledgers.list));
  app.get('/ledgers/:ledger', page(house, ledgers.show));
  app.get('/ledgers/:ledger/import', page(house, ledgers.showImport, 'enter'));
  app.post('/ledgers/:ledger/import', action(house, ledgers.enter));
  app.get('/tables/:table', page(house, ledgers.workbook, 'view', 'export'));
  app.get('/scores', page(house, scores.list));
  app.post('/scores', action(house, scores.league, 'administer'));
  app.get('/scores/recompute', page(house, scores.recompute));
  app.get('/scores/:unit', page(house, scores.sheet));
  app.post('/scores/:unit', action(house, scores.dispute));

  app.get('/notices', page(house, notices.show));
  app.post('/notices', action(house, notices.act));
  app.get('/settings/notices', page(house, notices.settings, 'administer'));
  app.post('/settings/notices', action(house, notices.change, 'administer'));
  app.get('/rota/:feed', notices.rota(house));

  app.get('/api/v1/:what', api.read(house));
  app.get('/settings/security', page(house, security.show));
  app.post('/settings/security', action(house, security.change, 'view'));
  app.post('/settings/security/second', action(house, security.changeSecond, 'view'));
  app.post('/settings/security/join', action(house, ways.join, 'view'));
  app.get('/settings/access', page(house, access.show, 'access'));
  app.post('/settings/access', action(house, access.change, 'access'));
  app.get('/settings/audit', page(house, access.audit, 'inspect', 'read'));

  app.get('/settings/papers', page(house, looks.show, 'administer'));
  app.post('/settings/papers', action(house, looks.change, 'administer'));

  app.get('/setup', setup.show(house));
  app.post('/setup', setup.found(house));

  app.get('/answers', answers.list(house));
  app.get('/answers/rules', answers.rules(house));
  app.get('/answers/sources', answers.sources(house));
  app.get('/answers/:n', answers.show(house));
  app.get('/answers/:n/text', answers.plain(house));
  app.get('/answers/:n/files/:id', files.takePublic(house));
  app.get('/answers/:n/proof', answers.proof(house));

  app.get('/proofs/keys', proofs.keys(house));
  app.get('/proofs/checkpoint', proofs.checkpoint(house));
  app.get('/proofs/tile/:level/:path{.+}', proofs.tile(house));
  app.post('/proofs/witness/add-checkpoint', proofs.witness(house));
}
