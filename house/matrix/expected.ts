/** The columns of the matrix: everybody of the cast, and nobody. */
export const roles = [
  'guest',
  'admin',
  'inspectorA',
  'inspectorB',
  'inspectorC',
  'chief',
  'clerk',
  'leader',
  'manager',
  'safety',
  'engineer',
  'owner',
  'company',
  'rival',
  'citizen',
] as const
export type MatrixRole = (typeof roles)[number]

/**
 * What a cell must answer.
 *   y  let in, and sees what is looked for       e  let in, and sees nothing of it
 *   s  401, sign in first                        n  403 at the door: the same answer whatever is asked for
 *   h  403 at the desk: he sees the case, but the step is another's
 *   o  404, exactly as if it did not exist       x  409 for everybody, once the county has its first administrator
 */
export type Mark = 'y' | 'e' | 's' | 'n' | 'h' | 'o' | 'x'

/**
 * Who may: one line for each route, and one for each action of a route that carries out acts. Written from the design and
 * the law and from no line of the code under test; reviewed, not generated.
 * inspectorA and inspectorB supervise the project, inspectorC a neighbouring town; `company` is the contractor's head office;
 * `rival` manages the works of another unit on another project.
 * Columns: guest, admin, inspectors A B C, chief clerk leader, manager safety engineer owner company, rival citizen.
 */
const table = `
# The tools. Who is signed in has an inbox, a search and messages; each is cut by reach.
base.health                     y y yyy yyy yyyyy yy
# Who answers for the works of the house: administrator, chief and leader.
base.operations                 s y nnn yny nnnnn nn
# A leader looks on; administrator and chief see to it.
base.retryTimer                 s y nnn ynn nnnnn nn
# A served notice lies with the responsible unit's people on the project.
base.inbox                      s e eee eee yyeee ee
base.search                     s y yye yyy yyyyy ee
base.history                    s y yyo yyy yyyyy oo
base.holds                      s y yyo yyy yyyyy oo
base.districts                  s y yyy yyy yyyyy yy
# Service goes to the responsible unit, the supervision unit and the owner: their people there, and their head offices.
base.messages                   s e eee eee yyyyy ee
base.markRead                   s y yyy yyy yyyyy yy
base.upload                     s y yyy yyy yyyyy yy
# A photograph of a reply to a served notice is seen by those who see the notice.
base.file                       s y yyo yyy yyyyy oo
base.fileFacts                  s y yyo yyy yyyyy oo
base.thumb                      s y yyo yyy yyyyy oo
base.stream                     s y yyy yyy yyyyy yy

# The log itself holds digests, and is open to whoever would check it. An entry is shown to those who see its case.
evidence.log                    y y yyy yyy yyyyy yy
evidence.checkpoint             y y yyy yyy yyyyy yy
evidence.key                    y y yyy yyy yyyyy yy
evidence.tile                   y y yyy yyy yyyyy yy
# Who holds a paper may ask how it stands.
evidence.paper                  y y yyy yyy yyyyy yy
evidence.ofCase                 s y yyo yyy yyyyy oo
evidence.proof                  s y yyo yyy yyyyy oo

session.session                 y y yyy yyy yyyyy yy
session.signIn                  y y yyy yyy yyyyy yy
session.signOut                 y y yyy yyy yyyyy yy
# The manager's appointment is the manager's to choose.
session.choose                  s o ooo ooo yoooo oo
session.firstAdministrator      x x xxx xxx xxxxx xx
session.demoPeople              y y yyy yyy yyyyy yy
session.demoSignIn              y y yyy yyy yyyyy yy
session.changePassword          s y yyy yyy yyyyy yy
session.clock                   s y yyy yyy yyyyy yn

# Accounts and regional rules are the administrator's.
account.list                    s y nnn nnn nnnnn nn
account.get                     s y nnn nnn nnnnn nn
account.create                  s y nnn nnn nnnnn nn
account.act appoint             s y nnn nnn nnnnn nn
account.act dismiss             s y nnn nnn nnnnn nn
account.act disable             s y nnn nnn nnnnn nn
account.act enable              s y nnn nnn nnnnn nn
account.setPassword             s y nnn nnn nnnnn nn
account.rules                   s y yyy yyy yyyyy yn
account.enactRule               s y nnn nnn nnnnn nn

# The register of enterprises is open to all who work with it, and kept by the window and the administrator.
org.list                        s y yyy yyy yyyyy yn
org.get                         s y yyy yyy yyyyy yn
org.register                    s y nnn nyn nnnnn nn
org.act amend                   s y nnn nyn nnnnn nn
org.act join                    s y nnn nyn nnnnn nn
org.act leave                   s y nnn nyn nnnnn nn
org.act revoke                  s y nnn nyn nnnnn nn

# The register of people is the bureau's own; an officer of towns sees those who hold a post there.
person.list                     s y yye yyy nnnnn nn
person.get                      s y yyo yyy nnnnn nn
person.register                 s y nnn nyn nnnnn nn
person.act amend                s y nnn nyn nnnnn nn
person.act remove               s y nnn nyn nnnnn nn
person.reveal                   s y nnn nyn nnnnn nn

project.list                    s y yye yyy yyyyy en
project.counts                  s y yye yyy yyyyy en
project.sites                   s y yye yyy yyyyy en
project.export                  s y yye yyy yyyyy en
project.template                s y nnn yyn nnnnn nn
project.import                  s y nnn yyn nnnnn nn
project.get                     s y yyo yyy yyyyy on
project.register                s y nnn yyn nnnnn nn
project.amend amend             s y nnn yyn nnnnn nn
project.assign assign           s y nnn ynn nnnnn nn
# The window and the chief keep the project's states; works are stopped and resumed by the officers assigned alone.
project.act start               s n hho yyn nnnnn nn
project.act stop                s n yyo hhn nnnnn nn
project.act resume              s n yyo hhn nnnnn nn
project.act complete            s n hho yyn nnnnn nn
project.act terminate           s n hho yyn nnnnn nn
project.officers                s y nnn ynn nnnnn nn
project.county                  s y yye yyy yyyyy en
project.drawTowns               s y nnn yyn nnnnn nn

# Devices are entered by the station; every party of the project sees them and what they say.
device.list                     s y yye yyy yyyyy en
# Counts of what one reaches; who manages another's works sees only his own.
device.installed                s y yye yyy yyyyy en
device.unknown                  s y nnn ynn nnnnn nn
device.heldBack                 s y yye yyy yyyyy en
device.online                   s y yye yyy yyyyy en
device.onboarding               s y yye yyy yyyyy en
device.doors                    s y nnn ynn nnnnn nn
device.get                      s y yyo yyy yyyyy on
device.onboard                  s y nnn ynn nnnnn nn
device.act amend                s y nnn ynn nnnnn nn
device.act configure            s y nnn ynn nnnnn nn
device.act link                 s y nnn ynn nnnnn nn
device.act set_mode             s y nnn ynn nnnnn nn
device.act retire               s y nnn ynn nnnnn nn
device.setPassword              s y nnn ynn nnnnn nn
# Who answers for a device is the station's to say; what holds it up, the site's manager knows too. What counts as explained
# is an officer's word.
device.tend hand_over           s y hho ynn hhnnn on
device.tend note                s y yyo ynn yhnnn on
device.tend explain_offline     s y yyo ynn hhnnn on
# Whether a pump may start is for those who stand beside it: the site's manager and safety officer, and the officers there.
device.tend interlock           s h yyo hnn yynnn on
device.tend release             s h yyo hnn yynnn on
device.conversation             s y yyo yyy yyyyy on
telemetry.latest                s y yyo yyy yyyyy on
telemetry.series                s y yyo yyy yyyyy on
telemetry.commands              s y yyo yyy yyyyy on
telemetry.environment           s y yyo yyy yyyyy on
telemetry.online                s y yye yyy yyyyy en
telemetry.alarms                s y yye yyy yyyyy en
telemetry.alarm                 s y yyo yyy yyyyy on
telemetry.alarmCounts           s y yye yyy yyyyy en
telemetry.act acknowledge       s h yyo ynn yhnnn on
# What is shelved tells nobody: that is the officers' to decide, never the site's.
telemetry.act shelve            s h yyo ynn hhnnn on
telemetry.act unshelve          s h yyo ynn hhnnn on
telemetry.act judge             s h yyo ynn yhnnn on
# The station's own, and those on it: the sample sets inspectorA.
telemetry.roster                s y yee yyy eeeee en
telemetry.setRoster             s h nnn ynn nnnnn nn

# Who looks after the software switches no pump.
linkage.switch                  s h yyo ynn yynnn on
linkage.runs                    s y yyo yyy yyyyy on

# A truck is called by the officers of the place or by those on site; that it arrived is nobody's to say.
dispatch.list                   s y yye yyy yyyyy en
dispatch.get                    s y yyo yyy yyyyy on
dispatch.trucks                 s y yyo yyy yyyyy on
dispatch.call                   s h yyo ynn yynnn on
dispatch.act finish             s h yyo ynn yynnn on
dispatch.act cancel             s h yyo ynn yynnn on

# What the values of a device are read against, and what happened at it.
live.bearings                   s y yyo yyy yyyyy on
live.events                     s y yyo yyy yyyyy on
live.passages                   s y yyo yyy yyyyy on

# A pour order is asked for by the works, signed and resumed by the chief engineer, stopped by whoever answers for the site.
pour.list                       s y yye yyy yyyyy en
pour.get                        s y yyo yyy yyyyy on
pour.watchers                   s y yyo yyy yyyyy on
pour.apply                      s n hho hnn yhhnn on
pour.act sign                   s n hho hnn hhynn on
pour.act decline                s n hho hnn hhynn on
pour.act withdraw               s n hho hnn yhhnn on
pour.act start                  s n hho hnn yhhnn on
pour.act suspend                s n yyo ynn yyynn on
pour.act resume                 s n hho hnn hhynn on
pour.act finish                 s n hho hnn yhhnn on

# Figures stand behind the same wall as what they are made of: of a site out of reach there is none.
statistics.freshness            s y yye yyy yyyyy en
statistics.monitors             s y yye yyy yyyyy en
statistics.ranking              s y yye yyy yyyyy en
statistics.days                 s y yyo yyy yyyyy on
statistics.hours                s y yyo yyy yyyyy on
statistics.readings             s y yyo yyy yyyyy on
statistics.rose                 s y yyo yyy yyyyy on
statistics.windHours            s y yyo yyy yyyyy on
statistics.exceedances          s y yyo yyy yyyyy on
statistics.offline              s y yyo yyy yyyyy on
statistics.exitRates            s y yyo yyy yyyyy on
statistics.exits                s y yyo yyy yyyyy on
statistics.energy               s y yyo yyy yyyyy on
statistics.curing               s y yyo yyy yyyyy on
statistics.scores               s y yyo yyy yyyyy on
# Weather is no secret; it is entered by an officer of the place: the sample is a town of the east.
weather.forecasts               s y yyy yyy yyyyy yn
weather.forecast                s y yyy yyy yyyyy yn
weather.enter                   s n yyh yyn nnnnn nn
weather.act amend               s n yyh yyn nnnnn nn
weather.risks                   s y yyo yyy yyyyy on
# What is doubted is told to everybody who sees the device, the site's own people too: a doubt is no accusation.
credibility.device              s y yyo yyy yyyyy on
credibility.project             s y yyo yyy yyyyy on
credibility.suspects            s y yyo yyy yyyyy on
credibility.doubt               s y yyo yyy yyyyy on
# Whether a doubt is founded is for the officers of the place.
credibility.act confirm         s h yyo ynn hhnnn on
credibility.act dismiss         s h yyo ynn hhnnn on

# A record laid before the parties is seen by contractor and supervision; the owner is told by the order that follows it.
inspection.list                 s y yye yyy yyyey en
inspection.export               s y yye yyy yyyey en
# Whom an officer may take along is no party's business.
inspection.officers             s n yyo ynn nnnnn nn
inspection.get                  s y yyo yyy yyyoy on
inspection.start                s n yyo hnn hhhhn on
# A draft is the officers' own.
inspection.act save             s n yyo hnn oooon on
inspection.act submit           s n yyo hnn oooon on
# clause supervision.two_officers: the one who did not submit it puts his name to it.
inspection.act cosign           s n hyo hnn hhhon on
inspection.act sign             s n yyo hnn yyhon on
inspection.act refuse_sign      s n yyo hnn hhhon on
inspection.act revise           s n yyo hnn hhhon on
inspection.act void             s n yyo hnn hhhon on
inspection.ofProject            s y yyo yyy yyyey on
# Plans are the bureau's: a party must not know when it will be visited, and reaches none, not even one that is being made.
inspection.calendar             s y yye yyy eeeee en
inspection.plan                 s y yyo yyy ooooo on
inspection.propose              s n yyo hnn oooon on
inspection.planAct edit         s n yyo hnn oooon on
inspection.planAct adopt        s n hho ynn oooon on
inspection.planAct amend        s n hho ynn oooon on

# An application is between its owner and the window.
permit.list                     s y yye yyy eeeye en
permit.get                      s y yyo yyy oooyo on
permit.submit                   s n nnn nhn nnnyn nn
permit.act return               s n nnn nyn nnnhn nn
permit.act resubmit             s n nnn nhn nnnyn nn
permit.act accept               s n nnn nyn nnnhn nn
permit.act withdraw             s n nnn nhn nnnyn nn

# A legal order is drafted, issued and served by the officers assigned; a party reaches it by the act that serves it.
rectification.list              s y yye yyy yyyyy en
rectification.get               s y yyo yyy yyyyy on
rectification.draft             s n yyo hnn nnnnn nn
rectification.act amend         s n yyo hnn oooon on
rectification.act discard       s n yyo hnn oooon on
rectification.act issue         s n yyo hnn oooon on
rectification.act serve         s n yyo hnn oooon on
rectification.act acknowledge   s n hho hnn yyhhn on
rectification.act reply         s n hho hnn yyhhn on
rectification.act countersign   s n hho hnn hhyhn on
rectification.act review        s n yyo hnn hhhhn on
rectification.act extend        s n yyo hnn hhhhn on
rectification.act order_visit   s n yyo hnn hhhhn on
rectification.act visit         s n yyo hnn hhhhn on
# clause supervision.stop_work: the supervision unit's engineer gives the opinion; the owner only where none is engaged.
rectification.act recommend     s n hho hnn hhyhn on
rectification.act resume        s n yyo hnn hhhhn on
rectification.act withdraw      s n hho ynn hhhhn on
rectification.act reopen        s n yyo ynn hhhhn on
rectification.unordered         s y yyo yyy yyyoy on
rectification.ledger            s y yye yyy yyyyy en
rectification.ledgerExport      s y yye yyy yyyyy en
rectification.conservation      s y yye yyy yyyyy en
rectification.units             s y yye yyy yyyyy en
rectification.rates             s y yye yyy yyyyy en
`

/** The table by key: the mark of every role. Throws on a line that does not tell them all. */
export const expected: ReadonlyMap<string, Row> = new Map(
  table
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, key = '', marks = ''] = /^(\S+(?: \w+)?) {2,}([yesnhox ]+)$/.exec(line) ?? []
      return [key, readRow(marks)] as const
    }),
)

export type Row = readonly { role: MatrixRole; mark: Mark }[]

export function readRow(text: string): Row {
  const marks = [...text.replaceAll(' ', '')] as Mark[]
  if (marks.length !== roles.length) throw new Error(`${roles.length} marks are wanted: ${text}`)
  return roles.map((role, at) => ({ role, mark: marks[at]! }))
}
