import { assignedKey, orgKey, partyKeys, postKey } from '@plumbline/core/access'
import { sayInstant } from '@plumbline/core/kit'
import { lastDayOf, type Notice, type NoticeItem, noticeKinds } from '@plumbline/core/rectification'
import type { Message } from '../../base/notify.ts'

type Text = Pick<Message, 'kind' | 'level' | 'title' | 'body'>

/** The responsible unit: its people on the project, and its head office. */
export const unitKeys = ({ projectId, orgId }: Notice): string[] => partyKeys(projectId, orgId)

export const officerKeys = ({ projectId }: Notice): string[] => [assignedKey(projectId)]

export const supervisionKeys = ({ projectId, supervisionId }: Notice): string[] =>
  supervisionId ? [postKey(projectId, supervisionId)] : []

/** Everybody who was served: the unit, and those who got copies. */
export const servedKeys = (notice: Notice): string[] => [
  ...new Set([
    ...unitKeys(notice),
    ...supervisionKeys(notice),
    ...(notice.ownerId ? [postKey(notice.projectId, notice.ownerId)] : []),
  ]),
]

/** For the ladder and for warnings: the project, its company and the officers (REC-05). */
export const pressedKeys = (notice: Notice): string[] => [
  ...new Set([postKey(notice.projectId, notice.orgId), orgKey(notice.orgId), ...officerKeys(notice)]),
]

export const to = (recipients: readonly string[], notice: Notice, text: Text): Message[] =>
  recipients.map((recipient) => ({ recipient, caseId: notice.id, ...text }))

export const nameOf = ({ kind, number }: Notice): string => `${noticeKinds[kind]} ${number ?? ''}`.trim()

/** The first few items by name, and how many more there are. */
export function sayItems(items: readonly Pick<NoticeItem, 'text'>[], most = 3): string {
  const said = items.slice(0, most).map(({ text }) => text)
  return items.length > most ? `${said.join('；')}等${items.length}项` : said.join('；')
}

export const sayDue = ({ due }: Pick<NoticeItem, 'due'>): string => (due ? `${lastDayOf(due)} 24:00` : '未定')

export const served = (notice: Notice): Message[] =>
  to(servedKeys(notice), notice, {
    kind: 'served',
    level: 'first',
    title: `${nameOf(notice)} 已送达`,
    body: `${notice.projectName}：${notice.items.map((item) => `${item.text}（期限 ${sayDue(item)}）`).join('；')}`,
  })

export const warned = (notice: Notice, at: string): Message[] => {
  const late = notice.items.filter((item) => item.warnedAt === at)
  return to(pressedKeys(notice), notice, {
    kind: 'overdue',
    // A deadline is one level: it is warned of once, and a new deadline has its own warning.
    level: [...new Set(late.map(({ id, due }) => `${id} ${due}`))].sort().join(' ').slice(0, 400),
    title: `逾期未整改：${nameOf(notice)}`,
    body: `${notice.projectName}：${late.map((item) => `${item.text}（期限 ${sayDue(item)}）`).join('；')}`,
  })
}

export const yellowed = (notice: Notice): Message[] =>
  to(pressedKeys(notice), notice, {
    kind: 'yellow',
    level: `${notice.reopenings.length}`,
    title: `黄色提醒：${nameOf(notice)}`,
    body: `${notice.projectName}：${sayItems(notice.items.filter(({ state }) => state !== 'accepted'))} 尚未整改完毕，将于 ${notice.redAt ? sayInstant(new Date(notice.redAt)) : ''} 红色锁定`,
  })

export const locked = (notice: Notice): Message[] =>
  to(pressedKeys(notice), notice, {
    kind: 'red',
    level: `${notice.reopenings.length}`,
    title: `红色锁定：${nameOf(notice)}`,
    body: `${notice.projectName}：${sayItems(notice.items.filter(({ state }) => state !== 'accepted'))} 尚未整改完毕，该项目新业务暂不办理，整改完毕经复查确认后解除`,
  })
